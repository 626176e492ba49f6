// node-rsa's build for browsers, which calculates with the engine's BigInt.
import NodeRsa from '../node_modules/node-rsa/dist/index.browser.js';
import { douyinBy } from './node-rsa.mjs';

export const name = 'node-rsa (BigInt)';
export const library = 'node-rsa';
export const portable = true;

export const douyin = douyinBy(NodeRsa);

// Node, and what Nodes before 20 lack.
import * as crypto from 'node:crypto';
import { createRequire } from 'node:module';
import '../../core/opener/node';
import { httpFetch } from './node-fetch';
import { runtime, sha256With } from './runtime';

runtime.crypto ??= crypto.webcrypto as unknown as Crypto;
runtime.fetch ??= httpFetch;
runtime.sha256 = sha256With(crypto);

// Bundlers do not follow this: who does not diagnose carries one module of the two. In a bundle the file is not there, and
// the option takes the function instead.
runtime.diagnose = () => {
  try {
    const require = createRequire(__filename);
    const file = require.resolve('./diagnosis-node.cjs');
    return (...suspect) => require(file).diagnose(...suspect);
  } catch {
    return undefined;
  }
};

export * from '../index';

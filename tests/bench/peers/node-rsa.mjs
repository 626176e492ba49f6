// node-rsa as Node gets it, in its mode that runs everywhere: it calculates with jsbn. It has no AES.
import NodeRsa from 'node-rsa';
import { checked } from './by-hand.mjs';

export const name = 'node-rsa';
export const library = 'node-rsa';
export const portable = true;

/** Either build's Douyin. */
export const douyinBy =
  (Build, options) =>
  ({ appId, privateKey }) => {
    const key = quietly(() => new Build(privateKey, 'pkcs8-private-pem', { encryptionScheme: 'pkcs1', ...options }));
    return ({ data }) => checked(key.decrypt(data, 'utf8'), appId);
  };

/** It warns that `environment` does nothing more than what it is used for here. */
function quietly(make) {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

export const douyin = douyinBy(NodeRsa, { environment: 'browser' });

// node-rsa's build for Node, in its portable mode, which calculates with jsbn. It has no AES.
import NodeRsa from 'node-rsa';
import { checked } from './by-hand.mjs';

export const name = 'node-rsa';
export const library = 'node-rsa';
export const portable = true;

/** The function for Douyin, for both builds of node-rsa. */
export const douyinBy =
  (Build, options) =>
  ({ appId, privateKey }) => {
    const key = quietly(() => new Build(privateKey, 'pkcs8-private-pem', { encryptionScheme: 'pkcs1', ...options }));
    return ({ data }) => checked(key.decrypt(data, 'utf8'), appId);
  };

/** Suppresses node-rsa's warning about the limited effect of the option `environment`, which is sufficient here. */
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

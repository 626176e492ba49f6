// The peers: the libraries with which the package is compared. A peer has a function for every workload that its library can do.
// The function takes the long-lived keys and returns a function that opens an input, synchronously or with a promise.
import { readFileSync } from 'node:fs';
import * as aesJs from './peers/aes-js.mjs';
import * as alipaySdk from './peers/alipay-sdk.mjs';
import * as cryptoJs from './peers/crypto-js.mjs';
import * as jsrsasign from './peers/jsrsasign.mjs';
import * as mpSdkRojer from './peers/mp-sdk-rojer.mjs';
import * as nobleCiphers from './peers/noble-ciphers.mjs';
import * as nodeCrypto from './peers/node-crypto.mjs';
import * as nodeCryptoPem from './peers/node-crypto-pem.mjs';
import * as nodeForge from './peers/node-forge.mjs';
import * as nodeRsa from './peers/node-rsa.mjs';
import * as nodeRsaBigInt from './peers/node-rsa-bigint.mjs';
import * as nodeRsaNoble from './peers/node-rsa-noble.mjs';
import * as webCrypto from './peers/webcrypto.mjs';

const MODULES = {
  'node-crypto': nodeCrypto,
  'node-crypto-pem': nodeCryptoPem,
  webcrypto: webCrypto,
  'noble-ciphers': nobleCiphers,
  'node-forge': nodeForge,
  'aes-js': aesJs,
  'crypto-js': cryptoJs,
  'node-rsa': nodeRsa,
  'node-rsa-bigint': nodeRsaBigInt,
  'node-rsa-noble': nodeRsaNoble,
  jsrsasign,
  'alipay-sdk': alipaySdk,
  'mp-sdk-rojer': mpSdkRojer,
};

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** The names of the libraries and their versions. */
export const versions = {};

/**
 * `{ id, name, libraries, portable, inBrowsers, file, wechat?, alipay?, douyin?, baidu? }`. A `portable` peer calculates in
 * JavaScript or WebAssembly, so it runs on every runtime.
 */
export const peers = Object.entries(MODULES).map(([id, { portable, library = [], inBrowsers = portable, ...peer }]) => {
  const libraries = [library].flat();
  for (const library of libraries) versions[library] = versionOf(library);
  return { ...peer, id, portable, inBrowsers, libraries, file: `peers/${id}.mjs` };
});

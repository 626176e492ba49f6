// Node, and replacements for functions that Node before 20 lacks.
import * as crypto from 'node:crypto';
import { createRequire } from 'node:module';
import '../../core/opener/node';
import { httpFetch } from './node-fetch';
import { runtime, sha256With } from './runtime';

runtime.crypto ??= crypto.webcrypto as unknown as Crypto;
runtime.fetch ??= httpFetch;
runtime.sha256 = sha256With(crypto);

// Bundlers do not follow this call, so that a bundle contains only the opener. In a bundle the file is missing: then
// `diagnose: true` is not possible, and the application passes the function `diagnose`.
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

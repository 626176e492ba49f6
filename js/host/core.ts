// The functions of the core that only the host needs.

import { caller } from '../core/call';
import { opener } from '../core/opener/load';
import type { Key, Platform } from '../core/types';
import { bounded } from './errors';
import { bare } from './own';

const callOpener = caller(opener);
const call: typeof callOpener = (...request) => {
  try {
    return callOpener(...request);
  } catch (error) {
    throw bounded(error);
  }
};

/** Throws `ERR_PLATFORM` where an answer of the platform is an error. */
export const checkAnswer = (platform: Platform, answer: string): void =>
  void call([platform, answer], (wasm) => wasm.checkAnswer());

/** Alipay's request signature: base64 of RSASSA-PKCS1-v1_5 with SHA-256. */
export const signRsa2 = (text: string, privateKey: Key): string =>
  call([text, privateKey], (wasm) => wasm.signRsa2())[0]!;

/** The node of a gateway answer, its signature verified over the answer's own text. */
export const openAlipayAnswer = (answer: string, method: string, alipayPublicKey: Key): Record<string, unknown> =>
  bare(JSON.parse(call([answer, method, alipayPublicKey], (wasm) => wasm.alipayAnswer())[0]!));

/** The serial numbers that Alipay's certificate mode sends. */
export const certificateSn = (certificate: string): string => call([certificate], (wasm) => wasm.alipayCertSn())[0]!;
export const rootCertificateSn = (bundle: string): string => call([bundle], (wasm) => wasm.alipayRootCertSn())[0]!;

// The functions of the core that only the host needs.
import { PhoneError, type Key, type Platform } from '../core/index';
import { caller } from '../core/call';

const call = caller((init) => new PhoneError(init));

/** Throws `ERR_PLATFORM` where an answer of the platform is an error. */
export const checkAnswer = (platform: Platform, answer: string): void => call((wasm) => wasm.checkAnswer({ platform, answer }));

/** Alipay's request signature: base64 of RSASSA-PKCS1-v1_5 with SHA-256. */
export const signRsa2 = (text: string, privateKey: Key): string => call((wasm) => wasm.signRsa2(text, privateKey));

/** The node of a gateway answer, its signature verified over the answer's own text. */
export const openAlipayAnswer = (answer: string, method: string, alipayPublicKey: Key): Record<string, unknown> =>
  call((wasm) => wasm.alipayAnswer({ answer, method }, { alipayPublicKey }));

/** The serial numbers that Alipay's certificate mode sends. */
export const certificateSn = (certificate: string): string => call((wasm) => wasm.alipayCertSn(certificate));
export const rootCertificateSn = (bundle: string): string => call((wasm) => wasm.alipayRootCertSn(bundle));

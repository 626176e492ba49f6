// The functions of the core for the server. Their errors contain no text from a platform or a client.

import { caller } from '../../core/call';
import * as core from '../../core/opener/functions';
import { opener } from '../../core/opener/load';
import type { Key, Platform } from '../../core/types';
import { withSafeText } from '../errors';
import { bare } from '../own-members';

const safely =
  <Arguments extends unknown[], Result>(work: (...parameters: Arguments) => Result) =>
  (...parameters: Arguments): Result => {
    try {
      return work(...parameters);
    } catch (error) {
      throw withSafeText(error);
    }
  };

export const openPhone = safely(core.openPhone);
export const readPhone = safely(core.readPhone);

const call = safely(caller(opener));

/** Throws `ERR_PLATFORM` if a platform's response is an error. */
export const checkResponse = (platform: Platform, response: string): void =>
  void call([platform, response], (wasm) => wasm.checkResponse());

/** Alipay's request signature: base64 of RSASSA-PKCS1-v1_5 with SHA-256. */
export const signRsa2 = (text: string, privateKey: Key): string =>
  call([text, privateKey], (wasm) => wasm.signRsa2())[0]!;

/**
 * Returns a gateway response's member for a method (`alipay_…_response`). Its signature is verified over the text of the
 * response.
 */
export const openAlipayResponse = (
  platformResponse: string,
  method: string,
  alipayPublicKey: Key,
): Record<string, unknown> =>
  bare(JSON.parse(call([platformResponse, method, alipayPublicKey], (wasm) => wasm.readAlipayResponse())[0]!));

/** The certificates' SNs (the MD5 of issuer and serial number), which requests in certificate mode contain. */
export const certificateSn = (certificate: string): string => call([certificate], (wasm) => wasm.alipayCertSn())[0]!;
export const rootCertificateSn = (bundle: string): string => call([bundle], (wasm) => wasm.alipayRootCertSn())[0]!;

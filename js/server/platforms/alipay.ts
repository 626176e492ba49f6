// Alipay: signed requests to its gateway, and signed responses. https://opendocs.alipay.com/open/02ailc

import type { AlipaySealed } from '../../core/types';
import { invalidInput } from '../errors';
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import { rsaSigner } from '../runtime/rsa-signer';
import { certificateSn, openAlipayResponse, openPhone, rootCertificateSn } from '../runtime/wasm';
import type { AlipayOptions } from '../types';
import type { ClientContext, PlatformClient } from './client';
import {
  NONSENSE,
  requireReadableKey,
  requireTexts,
  textIfPrivate,
  textIfPublic,
  tryPrivateKey,
  tryPublicKey,
} from './options';
import { optionalId } from './responses';
import { platformUnavailable } from './unavailable';

const GATEWAY = 'https://openapi.alipay.com/gateway.do';

export const optionNames: OptionNames<AlipayOptions> = {
  ...COMMON_OPTION_NAMES,
  appId: true,
  privateKey: true,
  alipayPublicKey: true,
  aesKey: true,
  appCertificate: true,
  alipayRootCertificate: true,
};

export function alipay(options: AlipayOptions, { http, events, open }: ClientContext): PlatformClient {
  requireTexts('alipay', options, ['appId', 'privateKey', 'alipayPublicKey', 'aesKey']);
  const { appId, privateKey, alipayPublicKey, aesKey, appCertificate, alipayRootCertificate } = options;
  const certified = appCertificate !== undefined || alipayRootCertificate !== undefined;
  if (certified) requireTexts('alipay', options, ['appCertificate', 'alipayRootCertificate']);
  requireReadableKey(
    'alipay',
    'privateKey',
    () => tryPrivateKey(privateKey),
    () => textIfPublic(privateKey),
  );
  requireReadableKey(
    'alipay',
    'alipayPublicKey',
    () => tryPublicKey(alipayPublicKey),
    () => textIfPrivate(alipayPublicKey),
  );
  const openUnsigned = () =>
    openPhone({ platform: 'alipay', response: NONSENSE }, { alipayPublicKey, aesKey }, { allowUnsigned: true });
  requireReadableKey('alipay', 'aesKey', openUnsigned);
  const certificates: Record<string, string> = {};
  if (certified) {
    requireReadableKey('alipay', 'appCertificate', () => (certificates.app_cert_sn = certificateSn(appCertificate!)));
    requireReadableKey(
      'alipay',
      'alipayRootCertificate',
      () => (certificates.alipay_root_cert_sn = rootCertificateSn(alipayRootCertificate!)),
    );
  }

  const signText = rsaSigner(privateKey);

  /** Calls a method of the gateway and returns the response's member for this method (`alipay_…_response`). */
  async function call(method: string, parameters: Record<string, string>): Promise<Record<string, unknown>> {
    const common = {
      method,
      app_id: appId,
      charset: 'utf-8',
      version: '1.0',
      sign_type: 'RSA2',
      timestamp: timeInChina(events.now()),
      ...certificates,
    };
    const all: Record<string, string> = { ...common, ...parameters };
    const text = Object.keys(all)
      .sort()
      .map((name) => `${name}=${all[name]}`)
      .join('&');
    const { text: platformResponse } = await http.requestUnchecked(GATEWAY, {
      query: { ...common, sign: await signText(text) },
      form: parameters,
    });
    return openAlipayResponse(platformResponse, method, alipayPublicKey);
  }

  return {
    app: appId,

    async login(code) {
      const response = await call('alipay.system.oauth.token', { grant_type: 'authorization_code', code });
      // Newer apps receive an open_id, older apps a user_id, and apps that migrate receive both for a while.
      // alipay_user_id is a field of Alipay's Python SDK, used if there is no user_id. Documented, unproven.
      const userId = optionalId(response.user_id) ?? optionalId(response.alipay_user_id);
      const openId = optionalId(response.open_id) ?? userId;
      if (!openId) throw platformUnavailable('alipay', 'EMPTY');
      return { openId, userId, unionId: optionalId(response.union_id) };
    },

    openSealed({ response, encryptedData, sign, sign_type, encrypt_type, charset }, _, checks) {
      if (!response && !encryptedData) throw invalidInput('detail.response', undefined, 'alipay');
      const sealed = {
        platform: 'alipay',
        response: response || encryptedData,
        sign,
        signType: sign_type,
        encryptType: encrypt_type,
        charset,
      };
      return open(sealed as AlipaySealed, { alipayPublicKey, aesKey }, checks);
    },

    // The payload has only the number: two users with the same number have the same fingerprint. The AES key prevents
    // guessing the number from its hash.
    fingerprint: ({ raw }) => `${appId}:${aesKey}:${raw.mobile}`,
  };
}

/** `2026-11-21 18:30:00`, in UTC+8 in every time zone. */
const timeInChina = (now: number) => new Date(now + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

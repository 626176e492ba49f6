// Alipay: the gateway openapi.alipay.com, and the devices.
//
// The errors are those of the page 公共错误码 (opendocs.alipay.com/open/common/105806), and for the results of
// my.getPhoneNumber those of AlipayDocs/open-docs, which spell subCode where the gateway spells sub_code.
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { form, jsonText, type PlatformResponse, type Request } from '../server/http';
import type { Device, EventDetail } from '../types';
import { type Certificate, certify } from '../world/certificate';
import { MINUTE } from '../world/clock';
import { ExpiringTokens } from '../world/expiring-tokens';
import { plaintext, sealCbc, signRsa } from '../world/seal';
import {
  type FailedEvents,
  failedEvent,
  type Person,
  PlatformError,
  type PlatformServer,
  type SimulatorContext,
} from './platform';

const MISSING = ['40001', 'Missing Required Arguments'] as const;
const INVALID = ['40002', 'Invalid Arguments'] as const;
const BUSY = ['20000', 'Service Currently Unavailable'] as const;

const ERRORS: Record<string, readonly [code: string, msg: string, subMsg: string]> = {
  'isv.missing-method': [...MISSING, '缺少方法名参数'],
  'isv.missing-app-id': [...MISSING, '缺少appId参数'],
  'isv.missing-timestamp': [...MISSING, '缺少时间戳参数'],
  'isv.missing-version': [...MISSING, '缺少版本参数'],
  'isv.missing-signature': [...MISSING, '缺少签名参数'],
  'isv.missing-signature-type': [...MISSING, '缺少签名类型参数'],
  'isv.missing-app-cert-sn': [...MISSING, '缺少应用公钥证书序列号'],
  'isv.missing-root-cert-sn': [...MISSING, '缺少支付宝根证书序列号'],
  'isv.invalid-method': [...INVALID, '不存在的方法名'],
  'isv.invalid-app-id': [...INVALID, '无效的AppID参数'],
  'isv.invalid-timestamp': [...INVALID, '非法的时间戳参数'],
  'isv.invalid-charset': [...INVALID, '字符集错误'],
  'isv.invalid-signature-type': [...INVALID, '无效的签名类型'],
  'isv.invalid-signature': [...INVALID, '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配'],
  'isv.app-cert-not-exist': [...INVALID, '应用公钥证书不存在'],
  'isv.root-cert-not-exist': [...INVALID, '支付宝根证书不存在'],
  'isv.grant-type-invalid': [...INVALID, 'grant_type参数不正确'],
  'isv.code-invalid': [...INVALID, '授权码code无效'],
  'isv.refresh-token-invalid': [...INVALID, '刷新令牌refresh_token无效'],
  'isp.unknow-error': [...BUSY, '服务暂不可用（业务系统不可用）'],
  'aop.unknow-error': [...BUSY, '服务暂不可用（网关自身的未知错误）'],
  'isv.insufficient-isv-permissions': ['40006', 'Insufficient Permissions', 'ISV权限不足'],
};

/** The first sub code that belongs to a main code, for faults that name only a main code such as 20000. */
const subCodeOf = (code: string): string =>
  Object.entries(ERRORS).find(([, [entry]]) => entry === code)?.[0] ?? 'isp.unknow-error';

const METHOD = 'alipay.system.oauth.token';

interface Login {
  openId: string;
  unionId?: string;
}

interface Keys {
  app: KeyPair;
  alipay: KeyPair;
  aesKey: Buffer;
}
interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

export function alipay({ url, clock, random }: SimulatorContext): PlatformServer {
  const appId = `2021${random.digits(12)}`;
  const certifiedAppId = `2021${random.digits(12)}`;
  const codes = new ExpiringTokens<Login>(clock);
  const refreshTokens = new ExpiringTokens<Login>(clock, 30 * 24 * 60 * MINUTE);

  const keys = once((): Keys => ({ app: newKeyPair(), alipay: newKeyPair(), aesKey: random.bytes(16) }));
  const certificates = once(() => makeCertificates(keys(), certifiedAppId, () => random.bytes(16)));

  /** All parameters of the URL and of the body, as the signature covers them. */
  const parametersOf = (request: Request): Map<string, string> => new Map([...request.query, ...form(request)]);

  function gatewayDo(request: Request): PlatformResponse {
    const parameters = parametersOf(request);
    checkCaller(parameters);
    if (parameters.get('method') !== METHOD) throw new PlatformError('isv.invalid-method');
    const login = loginOf(parameters);
    const { openId, unionId } = login;
    return signed(
      'alipay_system_oauth_token_response',
      {
        access_token: `authusrB${random.hex(32)}`,
        // A user id has 16 digits and begins with 2088. Newer apps receive an open id instead.
        ...(/^2088\d{12}$/.test(openId) ? { user_id: openId } : { open_id: openId }),
        ...(unionId ? { union_id: unionId } : {}),
        auth_start: beijing(clock.now()),
        expires_in: 1_296_000,
        re_expires_in: 2_592_000,
        refresh_token: refreshTokens.issue(`authusrB${random.hex(32)}`, login),
      },
      parameters,
    );
  }

  function loginOf(parameters: Map<string, string>): Login {
    const refreshing = parameters.get('grant_type') === 'refresh_token';
    if (!refreshing && parameters.get('grant_type') !== 'authorization_code')
      throw new PlatformError('isv.grant-type-invalid');
    const lookup = refreshing
      ? refreshTokens.spend(parameters.get('refresh_token'))
      : codes.spend(parameters.get('code'));
    if (lookup.state !== 'good') throw new PlatformError(refreshing ? 'isv.refresh-token-invalid' : 'isv.code-invalid');
    return lookup.value;
  }

  function checkCaller(parameters: Map<string, string>): void {
    for (const [name, code] of [
      ['method', 'isv.missing-method'],
      ['app_id', 'isv.missing-app-id'],
      ['timestamp', 'isv.missing-timestamp'],
      ['version', 'isv.missing-version'],
      ['sign_type', 'isv.missing-signature-type'],
      ['sign', 'isv.missing-signature'],
    ] as const) {
      if (!parameters.get(name)) throw new PlatformError(code);
    }
    const id = parameters.get('app_id');
    if (id !== appId && id !== certifiedAppId) throw new PlatformError('isv.invalid-app-id');
    if (parameters.get('sign_type') !== 'RSA2') throw new PlatformError('isv.invalid-signature-type');
    if (!/^utf-?8$/i.test(parameters.get('charset') ?? 'utf-8')) throw new PlatformError('isv.invalid-charset');
    // Alipay's documentation requires Beijing time, but Alipay's own SDK for Node sends the machine's time and is
    // served: only the form is checked.
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(parameters.get('timestamp')!))
      throw new PlatformError('isv.invalid-timestamp');
    if (id === certifiedAppId) checkCertificateSerials(parameters);
    const unsigned = [...parameters].filter(([name, value]) => name !== 'sign' && value !== '');
    // Sorted by bytes, like Java's sort for these names. The values are not percent-encoded here.
    const text = unsigned
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    if (!verify('sha256', Buffer.from(text), keys().app.publicKey, Buffer.from(parameters.get('sign')!, 'base64')))
      throw new PlatformError('isv.invalid-signature');
  }

  function checkCertificateSerials(parameters: Map<string, string>): void {
    for (const [name, sn, index] of [
      ['app_cert_sn', certificates().app.sn, 'app'],
      ['alipay_root_cert_sn', certificates().rootSn, 'root'],
    ] as const) {
      if (!parameters.get(name)) throw new PlatformError(`isv.missing-${index}-cert-sn`);
      if (parameters.get(name) !== sn) throw new PlatformError(`isv.${index}-cert-not-exist`);
    }
  }

  /** The signature covers the text of the member exactly as received. */
  function signed(member: string, value: object, parameters: Map<string, string>, code?: string): PlatformResponse {
    const text = JSON.stringify(value);
    const sn = parameters.get('app_id') === certifiedAppId ? `"alipay_cert_sn":"${certificates().alipay.sn}",` : '';
    return jsonText(`{"${member}":${text},${sn}"sign":"${signRsa(keys().alipay.privateKey, text)}"}`, { code });
  }

  function errorResponse(code: number | string, request: Request): PlatformResponse {
    const subCode = String(code) in ERRORS ? String(code) : subCodeOf(String(code));
    const [plain, msg, sub_msg] = ERRORS[subCode]!;
    return signed('error_response', { code: plain, msg, sub_code: subCode, sub_msg }, parametersOf(request), subCode);
  }

  function device(person: Person): Device {
    const { phone, countryCode, unionId } = person;
    const openId = person.openId ?? random.text(47);
    // Abroad: the country code, a hyphen and the number (open-docs, 获取会员手机号常见问题.md).
    const mobile = countryCode === '86' ? phone : `${countryCode}-${phone}`;
    const sealed = (payload: object | string) => {
      // The IV is 16 zeros. The signature covers the ciphertext including its quotes in JSON.
      const response = sealCbc(keys().aesKey, Buffer.alloc(16), plaintext(payload));
      return {
        response,
        sign: signRsa(keys().alipay.privateKey, `"${response}"`),
        sign_type: 'RSA2',
        encrypt_type: 'AES',
        charset: 'UTF-8',
      };
    };
    const events = (): FailedEvents => ({
      // The event of the button's onError. The wording is from memory.
      denied: { type: 'getAuthorize', errorMessage: '用户取消授权' },
      'no-permission': sealed({
        code: '40006',
        msg: 'Insufficient Permissions',
        subCode: 'isv.insufficient-isv-permissions',
        subMsg: 'ISV权限不足',
      }),
      'no-phone': sealed({ code: '10000', msg: 'Success', mobile: '' }),
    });
    return {
      platform: 'alipay',
      openId,
      unionId,
      phone,
      countryCode,
      async login() {
        return codes.issue(random.hex(32), { openId, unionId });
      },
      async tap({ form: shape = 'parsed', payload } = {}): Promise<EventDetail> {
        const event = sealed(payload ?? { code: '10000', msg: 'Success', mobile });
        if (shape === 'text') return { response: JSON.stringify(event) };
        return shape === 'event' ? { encryptedData: event.response, sign: event.sign } : event;
      },
      refuse: (reason) => failedEvent('alipay', events(), reason),
      sealed,
    };
  }

  return {
    config({ certificates: certified } = {}) {
      const { app, alipay, aesKey } = keys();
      const shared = {
        privateKey: base64(app.privateKey.export({ type: 'pkcs8', format: 'der' })),
        aesKey: base64(aesKey),
        baseUrl: url,
      };
      if (!certified)
        return { appId, ...shared, alipayPublicKey: base64(alipay.publicKey.export({ type: 'spki', format: 'der' })) };
      const { app: appCertificate, alipayText, rootText } = certificates();
      return {
        appId: certifiedAppId,
        ...shared,
        appCertificate: appCertificate.pem,
        alipayRootCertificate: rootText,
        alipayPublicKey: alipayText,
      };
    },
    device,
    routes: { '/gateway.do': gatewayDo },
    errorResponse,
    revokeToken: () => refreshTokens.forgetAll(),
    api: (request) => parametersOf(request).get('method'),
  };
}

const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** `yyyy-MM-dd HH:mm:ss` in UTC+8, like all times of Alipay. */
const beijing = (ms: number): string => new Date(ms + 8 * 60 * MINUTE).toISOString().slice(0, 19).replace('T', ' ');

const newKeyPair = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 });

function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

interface Certificates {
  app: Certificate;
  alipay: Certificate;
  /** Alipay's certificate, then its issuer's, in the order of the console's file. */
  alipayText: string;
  rootText: string;
  rootSn: string;
}

function makeCertificates({ app, alipay }: Keys, appId: string, serial: () => Buffer): Certificates {
  const authority = newKeyPair();
  const other = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const name = (common: string, unit = 'Certification Authority') => ({
    country: 'CN',
    organization: 'Simulated Ant Financial',
    unit,
    common,
  });
  const issuer = name('Simulated Ant Financial Certification Authority Class 2 R1');
  const root = (common: string, { publicKey, privateKey }: KeyPair, hash?: 'sha1') =>
    certify({
      subject: name(common),
      publicKey,
      issuer: name(common),
      issuerKey: privateKey,
      serial: serial(),
      hash,
      authority: true,
    });
  const leaf = (common: string, publicKey: KeyObject) =>
    certify({
      subject: name(common, 'Simulated'),
      publicKey,
      issuer,
      issuerKey: authority.privateKey,
      serial: serial(),
    });

  // The real bundle, too, has root certificates that are not signed with RSA, before and between the others.
  const roots = [
    root('Simulated EC Root', other),
    root('Simulated Root R1', authority),
    root('Simulated Root 2010', authority, 'sha1'),
  ];
  const intermediate = certify({
    subject: issuer,
    publicKey: authority.publicKey,
    issuer: name('Simulated Root R1'),
    issuerKey: authority.privateKey,
    serial: serial(),
    authority: true,
  });
  const own = leaf('Simulated Alipay', alipay.publicKey);
  return {
    app: leaf(appId, app.publicKey),
    alipay: own,
    alipayText: own.pem + intermediate.pem,
    rootText: roots.map(({ pem }) => pem).join(''),
    rootSn: roots
      .slice(1)
      .map(({ sn }) => sn)
      .join('_'),
  };
}

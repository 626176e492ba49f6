// The fields of the form for each platform: those of a payload and those of its keys, and where a user finds each key.
import type { Bilingual, Platform } from '../../core/types';

export interface Field {
  name: string;
  /** The page masks the field's text. */
  secret?: boolean;
  optional?: boolean;
  where?: Bilingual;
}

/** The fields of a platform's payload, and of the keys that open the payload. */
export interface Form {
  sealed: Field[];
  keys: Field[];
}

const sealedFields: Field[] = [{ name: 'encryptedData' }, { name: 'iv' }];

/** The session key of a login. `call` is the platform's function that returns the key. */
const sessionKey = (call: string): Field => ({
  name: 'sessionKey',
  secret: true,
  where: {
    en: `The session_key that ${call} returned to your server at this user's login. The key must have been valid at the tap.`,
    zh: `该用户登录时 ${call} 返回给你的服务端的 session_key，须是点击按钮时有效的 session_key。`,
  },
});

const appId = (en: string, zh: string, optional = false): Field => ({ name: 'appId', optional, where: { en, zh } });

const forms: Partial<Record<Platform, Form>> = {
  wechat: {
    sealed: sealedFields,
    keys: [
      appId(
        'mp.weixin.qq.com → Development → Development settings. The id begins with wx.',
        'mp.weixin.qq.com → 开发管理 → 开发设置。AppID 以 wx 开头。',
      ),
      sessionKey('jscode2session'),
    ],
  },
  alipay: {
    sealed: [{ name: 'response' }, { name: 'sign' }, { name: 'signType', optional: true }],
    keys: [
      {
        name: 'alipayPublicKey',
        where: {
          en:
            "Alipay's public key, not the public key of your app: open.alipay.com → your mini-program → " +
            "Development settings → signing method → view Alipay's public key.",
          zh: '支付宝公钥，不是应用公钥：open.alipay.com → 你的小程序 → 开发设置 → 接口加签方式 → 查看支付宝公钥。',
        },
      },
      {
        name: 'aesKey',
        secret: true,
        where: {
          en: 'The content encryption key: open.alipay.com → your mini-program → Development settings → content encryption.',
          zh: 'AES 密钥（接口内容加密密钥）：open.alipay.com → 你的小程序 → 开发设置 → 接口内容加密方式。',
        },
      },
    ],
  },
  baidu: {
    sealed: sealedFields,
    keys: [
      {
        name: 'appKey',
        where: {
          en: 'The App Key, not the numeric App ID: smartprogram.baidu.com → Settings → Development settings.',
          zh: 'App Key，不是纯数字的 App ID：smartprogram.baidu.com → 设置 → 开发设置。',
        },
      },
      sessionKey('getsessionkey'),
    ],
  },
  douyin: {
    sealed: sealedFields,
    keys: [
      appId(
        'developer.open-douyin.com → your mini-program → Development settings. The id begins with tt.',
        'developer.open-douyin.com → 你的小程序 → 开发设置。AppID 以 tt 开头。',
      ),
      sessionKey('jscode2session'),
    ],
  },
  kuaishou: {
    sealed: sealedFields,
    keys: [
      appId(
        'mp.kuaishou.com → Development settings. Checked only if the payload names its app.',
        'mp.kuaishou.com → 开发设置。仅在数据中写明应用时才核对。',
        true,
      ),
      sessionKey('code2session'),
    ],
  },
  xiaohongshu: {
    sealed: sealedFields,
    keys: [
      appId(
        'miniapp.xiaohongshu.com → Development. Checked only if the payload names its app.',
        'miniapp.xiaohongshu.com → 开发管理。仅在数据中写明应用时才核对。',
        true,
      ),
      sessionKey('rmp/session'),
    ],
  },
  wecom: {
    sealed: sealedFields,
    keys: [
      appId(
        'The corp id (corpid). It must be equal to the corpid in the payload.',
        '企业 ID（corpid），必须与数据中的 corpid 一致。',
      ),
      sessionKey('jscode2session'),
    ],
  },
};

/** Douyin's code flow: the `data` of the platform's response, encrypted for the app's own key pair. */
const douyinCode: Form = {
  sealed: [{ name: 'data' }],
  keys: [
    ...forms.douyin!.keys.slice(0, 1),
    {
      name: 'privateKey',
      secret: true,
      where: {
        en: 'The private key of your app. Its public key is in developer.open-douyin.com → Development settings → key settings.',
        zh: '应用私钥，与 developer.open-douyin.com → 开发设置 → 密钥设置中的公钥成对。',
      },
    },
  ],
};

const secretKeys = new Set(['sessionKey', 'privateKey', 'aesKey']);

/** Whether a field's text is masked on the page. */
export const isSecret = (name: string): boolean => secretKeys.has(name);

/**
 * Returns the form for pasted data: first the platform's own fields, under the names that the data uses, then all other
 * fields of the data. Returns `undefined` for a platform without sealed payloads.
 */
export function formOf(platform: Platform, sealed: object, keys: object): Form | undefined {
  const known =
    platform === 'douyin' && 'data' in sealed && !('encryptedData' in sealed) ? douyinCode : forms[platform];
  if (!known) return undefined;
  const named = known.sealed.map((field) => ({ ...field, name: alias(platform, field.name, sealed) }));
  return { sealed: withOthers(named, sealed), keys: withOthers(known.keys, keys) };
}

/**
 * Returns the name that the data uses for a field: Baidu's ciphertext may be named `data`, Alipay's `encryptedData`.
 */
function alias(platform: Platform, name: string, sealed: object): string {
  const others: Record<string, string> = { 'baidu encryptedData': 'data', 'alipay response': 'encryptedData' };
  const other = others[`${platform} ${name}`];
  return other && !(name in sealed) && other in sealed ? other : name;
}

function withOthers(fields: Field[], values: object): Field[] {
  const others = Object.keys(values).filter(
    (name) => name !== 'platform' && name !== 'code' && name !== 'use' && !fields.some((field) => field.name === name),
  );
  return [...fields, ...others.map((name) => ({ name, optional: true, secret: isSecret(name) }))];
}

// What a person has to give for each platform: its fields, and where each key is to be found.
import type { Bilingual, Platform } from '../../core/types';

export interface Field {
  name: string;
  /** Must not be read over a shoulder. */
  secret?: boolean;
  optional?: boolean;
  where?: Bilingual;
}

/** What a payload of a platform consists of, and what opens it. */
export interface Form {
  sealed: Field[];
  keys: Field[];
}

const sealedFields: Field[] = [{ name: 'encryptedData' }, { name: 'iv' }];

/** The key that a login brings; `call` is what answered it. */
const sessionKey = (call: string): Field => ({
  name: 'sessionKey',
  secret: true,
  where: {
    en: `The session_key of this user's login, as ${call} answered your server, and as it was when the button was tapped.`,
    zh: `该用户登录时 ${call} 返回给你服务端的 session_key，要用点击按钮那一刻有效的那个。`,
  },
});

const appId = (en: string, zh: string, optional = false): Field => ({ name: 'appId', optional, where: { en, zh } });

const forms: Partial<Record<Platform, Form>> = {
  wechat: {
    sealed: sealedFields,
    keys: [
      appId(
        'mp.weixin.qq.com → Development → Development settings; begins with wx.',
        'mp.weixin.qq.com → 开发管理 → 开发设置，以 wx 开头。',
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
            "Alipay's public key, not your app's: open.alipay.com → your mini-program → Development settings → " +
            "signing method → view Alipay's public key.",
          zh: '支付宝公钥，不是应用公钥：open.alipay.com → 你的小程序 → 开发设置 → 接口加签方式 → 查看支付宝公钥。',
        },
      },
      {
        name: 'aesKey',
        secret: true,
        where: {
          en: 'The content encryption key: open.alipay.com → your mini-program → Development settings → content encryption.',
          zh: '内容加密密钥：open.alipay.com → 你的小程序 → 开发设置 → 接口内容加密方式。',
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
        'developer.open-douyin.com → your mini-program → Development settings; begins with tt.',
        'developer.open-douyin.com → 你的小程序 → 开发设置，以 tt 开头。',
      ),
      sessionKey('jscode2session'),
    ],
  },
  kuaishou: {
    sealed: sealedFields,
    keys: [
      appId(
        'mp.kuaishou.com → Development settings. Compared where the payload names one.',
        'mp.kuaishou.com → 开发设置。数据中写明时才比较。',
        true,
      ),
      sessionKey('code2session'),
    ],
  },
  xiaohongshu: {
    sealed: sealedFields,
    keys: [
      appId(
        'miniapp.xiaohongshu.com → Development. Compared where the payload names one.',
        'miniapp.xiaohongshu.com → 开发管理。数据中写明时才比较。',
        true,
      ),
      sessionKey('rmp/session'),
    ],
  },
  wecom: {
    sealed: sealedFields,
    keys: [
      appId('The corp id. Compared where the payload names one.', '企业 ID（corpid）。数据中写明时才比较。', true),
      sessionKey('jscode2session'),
    ],
  },
};

/** Douyin's other way: its answer's `data`, encrypted for the app's own key pair. */
const douyinCode: Form = {
  sealed: [{ name: 'data' }],
  keys: [
    ...forms.douyin!.keys.slice(0, 1),
    {
      name: 'privateKey',
      secret: true,
      where: {
        en: 'The private key whose public key you gave Douyin: developer.open-douyin.com → Development settings → key settings.',
        zh: '与你提交给抖音的公钥成对的应用私钥：developer.open-douyin.com → 开发设置 → 密钥设置。',
      },
    },
  ],
};

const secretKeys = new Set(['sessionKey', 'privateKey', 'aesKey']);

/** Whether a field's text is masked on the page. */
export const isSecret = (name: string): boolean => secretKeys.has(name);

/** The form for what was pasted: the platform's own fields, under the names they came with, then whatever else there is. */
export function formOf(platform: Platform, sealed: object, keys: object): Form | undefined {
  const known =
    platform === 'douyin' && 'data' in sealed && !('encryptedData' in sealed) ? douyinCode : forms[platform];
  if (!known) return undefined;
  const named = known.sealed.map((field) => ({ ...field, name: alias(platform, field.name, sealed) }));
  return { sealed: withOthers(named, sealed), keys: withOthers(known.keys, keys) };
}

/** Baidu's ciphertext may be called `data`, Alipay's `encryptedData`. */
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

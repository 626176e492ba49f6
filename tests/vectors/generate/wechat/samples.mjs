import * as sample from '../../samples.mjs';
import { encoding, length, MAINLAND, NOW, phone, tel, throws } from '../shared.mjs';
import { decrypt, mainland, notPhone, OTHER_APP, of, official, open } from './cases.mjs';

export function samples() {
  // WeChat's own sample contains user info, so opening it correctly ends with ERR_NOT_PHONE.
  open(
    'sample',
    "WeChat's own sample opens and contains user info without a number.",
    official(),
    throws('ERR_NOT_PHONE', { action: 'enter-manually' }),
    'documentation',
  );
  open(
    'sample-of-another-app',
    'A payload of another app is rejected before its other members are checked.',
    official((_, own) => {
      own.appId = OTHER_APP;
    }),
    throws('ERR_APP_MISMATCH', { action: 'fix-config' }),
  );
  open(
    'sample-when-old',
    'The absence of a number is reported before the age.',
    official((_, own, options) => {
      options.now = NOW;
    }),
    notPhone,
  );
  open(
    'sample-in-lines',
    "WeChat's demo prints the sample in lines of 32 characters: line breaks and indentation are formatting.",
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.match(/.{1,32}/g).join('\n        ');
    }),
    notPhone,
  );
  open(
    'sample-plus-became-blank',
    'Form decoding turns a plus into a blank, which is never repaired silently.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.replaceAll('+', ' ');
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-percent-encoded',
    'A value that is still percent-encoded is not base64.',
    official((sealed) => {
      sealed.encryptedData = encodeURIComponent(sealed.encryptedData);
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-fields-exchanged',
    'If iv and encryptedData are exchanged, the iv is too long.',
    official((sealed) => {
      [sealed.iv, sealed.encryptedData] = [sealed.encryptedData, sealed.iv];
    }),
    length('iv'),
  );
  open(
    'sample-iv-of-zeros',
    'A wrong iv garbles only the first 16 bytes, which is enough to reject the payload.',
    official((sealed) => {
      sealed.iv = 'AAAAAAAAAAAAAAAAAAAAAA==';
    }),
    decrypt,
  );
  open(
    'sample-cut-on-a-block',
    'A ciphertext without its last block has no padding.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.slice(0, 512);
    }),
    decrypt,
  );
  open(
    'sample-cut-off-a-block',
    'A ciphertext that a column of 500 characters cut has an incomplete block.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.slice(0, 500);
    }),
    length('encryptedData'),
  );
  open(
    'sample-cut-within-base64',
    'A ciphertext that a column of 255 characters cut is not base64.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.slice(0, 255);
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-slashes-escaped',
    'Slashes that are still escaped as in JSON text are not base64.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.replaceAll('/', '\\/');
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-in-quotes',
    'A value with the quotes of its JSON text is not base64.',
    official((sealed) => {
      sealed.iv = `"${sealed.iv}"`;
    }),
    encoding('iv'),
  );
  open(
    'sample-base64url',
    'The alphabet is that of standard base64, not base64url.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.replaceAll('+', '-').replaceAll('/', '_');
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-iv-without-equals',
    "WeChat's iv has 24 characters, including its two =.",
    official((sealed) => {
      sealed.iv = sealed.iv.replaceAll('=', '');
    }),
    encoding('iv'),
  );
  open(
    'sample-key-and-iv-exchanged',
    'Session key and iv have the same length; if they are exchanged, nothing opens.',
    official((sealed, own) => {
      [sealed.iv, own.sessionKey] = [own.sessionKey, sealed.iv];
    }),
    decrypt,
  );

  // Payloads that another implementation sealed.
  const otherImplementation = ({ appId, sessionKey, encryptedData, iv }) => [
    { platform: 'wechat', encryptedData, iv },
    { appId, sessionKey },
    { now: 1634545735000 },
  ];
  const otherMark = { timestamp: 1634545675, appid: sample.wechatMainland.appId };
  open(
    'other-implementation-mainland',
    "A mainland number has no country code in phoneNumber (sealed by Python's cryptography).",
    otherImplementation(sample.wechatMainland),
    phone('wechat', MAINLAND, { ...mainland, watermark: otherMark }),
  );
  open(
    'other-implementation-hong-kong',
    "A foreign number has a plus and the country code in phoneNumber (sealed by Python's cryptography).",
    otherImplementation(sample.wechatHongKong),
    phone('wechat', tel('852', '51234567'), of('+85251234567', '51234567', '852', { watermark: otherMark })),
  );
  open(
    'other-implementation-country-as-number',
    "countryCode may be a JSON number (sealed by Python's cryptography).",
    otherImplementation(sample.wechatCountryNumber),
    phone('wechat', MAINLAND, of('13800138000', '13800138000', 86, { watermark: otherMark })),
  );
  open(
    'other-implementation-no-watermark',
    "A payload without a watermark does not prove its app (sealed by Python's cryptography).",
    otherImplementation(sample.wechatNoWatermark),
    throws('ERR_APP_MISMATCH'),
  );
}

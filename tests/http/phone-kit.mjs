// The installed package, and helpers of the tests in this folder.
import { install, requireIn } from '../support/installed.mjs';

/** @param name name of the folder in which to install: test files run in parallel */
export function phoneKit(name) {
  const folder = install(name);
  const require = requireIn(folder);
  return { folder, ...require('mp-phone/server'), ...require('mp-phone/simulator') };
}

/** Payloads that must be rejected, by their fault. The responses to them must be indistinguishable. */
export function rejectedPayloads(device, appId, now) {
  const seconds = Math.floor(now / 1000);
  const number = { phoneNumber: device.phone, purePhoneNumber: device.phone, countryCode: device.countryCode };
  const good = { ...number, watermark: { timestamp: seconds, appid: appId } };
  const flip = (base64, at) => {
    const bytes = Buffer.from(base64, 'base64');
    bytes[at < 0 ? bytes.length + at : at] ^= 0x40;
    return bytes.toString('base64');
  };
  const change = (name, with_) => {
    const sealed = device.sealed(good);
    const member = name in sealed ? name : 'response'; // Alipay's
    return { ...sealed, [member]: with_(sealed[member]) };
  };
  return {
    // The last byte of the second to last block is XORed with the last byte of the padding.
    'wrong padding': change('encryptedData', (text) => flip(text, -17)),
    'bad JSON': device.sealed('{"phoneNumber":"13800138000",'),
    'not text': change('iv', (text) => flip(text, 0)),
    'changed in the middle': change('encryptedData', (text) => flip(text, 20)),
    'of another app': device.sealed({ ...number, watermark: { timestamp: seconds, appid: 'wx0000000000000000' } }),
    'without an app': device.sealed(number),
    expired: device.sealed({ ...number, watermark: { timestamp: seconds - 86_400, appid: appId } }),
    'from the future': device.sealed({ ...number, watermark: { timestamp: seconds + 86_400, appid: appId } }),
    'not a phone': device.sealed({
      openId: device.openId,
      nickName: 'somebody',
      watermark: { timestamp: seconds, appid: appId },
    }),
    'an empty number': device.sealed({ ...good, phoneNumber: '', purePhoneNumber: '' }),
    'numbers that contradict each other': device.sealed({ ...good, phoneNumber: '+4915112345678' }),
    'half a block': change('encryptedData', (text) => Buffer.from(text, 'base64').subarray(0, -8).toString('base64')),
    'not base64': change('encryptedData', () => '*'.repeat(64)),
    'an iv that is not base64': change('iv', () => '*'.repeat(24)),
    'a short iv': change('iv', () => 'AAAA'),
  };
}

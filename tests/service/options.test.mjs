// Options that are wrong are refused when the service is made, by their names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PhoneError, serviceOf, simulator } from './service.mjs';

test('options that are missing or wrong are named', () => {
  const named = (options, field) => assert.throws(() => serviceOf({ now: Date.now }, options.platforms, options), (error) => error instanceof PhoneError && error.code === 'ERR_INPUT' && error.field === field, field);
  named({}, 'platforms');
  named({ platforms: {} }, 'platforms');
  named({ platforms: { wechat: { appId: 'wx' } } }, 'platforms.wechat.appSecret');
  named({ platforms: { wechat: { appSecret: 's' } } }, 'platforms.wechat.appId');
  named({ platforms: { qq: {} } }, 'platforms.qq');
  named({ platforms: { constructor: {} } }, 'platforms.constructor');
  named({ platforms: { alipay: { appId: '1', privateKey: 'k', alipayPublicKey: 'k', aesKey: 'k', appCertificate: 'c' } } }, 'platforms.alipay.alipayRootCertificate');
  const keys = { appId: '1', privateKey: 'bm90IGEga2V5', alipayPublicKey: 'bm90IGEga2V5', aesKey: 'k' };
  assert.throws(() => serviceOf({ now: Date.now }, { alipay: keys }), { code: 'ERR_KEY', field: 'privateKey' });
  assert.throws(() => serviceOf({ now: Date.now }, { douyin: { appId: '1', appSecret: 's', privateKey: 'bm90IGEga2V5' } }), { code: 'ERR_KEY', field: 'privateKey' });
  named({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, limits: { session: -1 } }, 'limits.session');
  named({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, limits: { sessionKeys: 17 } }, 'limits.sessionKeys');
  named({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, fetch: 1 }, 'fetch');
});

test('options that would fail only when they are needed are refused at start', () => {
  const wechat = { appId: 'wx', appSecret: 's' };
  const keys = { appId: '1', privateKey: 'k', alipayPublicKey: 'k', aesKey: 'k' };
  for (const [field, platforms, options] of [
    ['platforms.wechat', { wechat: 'x' }],
    ['platforms.wechat.token', { wechat: { ...wechat, token: 'stabel' } }],
    ['platforms.wechat.token', { wechat: { ...wechat, component: { appId: 'c', token: async () => 't' } } }],
    ['platforms.wechat.appId', { wechat: { ...wechat, component: {} } }],
    ['platforms.wechat.cloud', { wechat: { cloud: undefined } }],
    ['platforms.wechat.appId', { wechat: { ...wechat, appId: ['wx'] } }],
    ['platforms.wechat.baseUrl', { wechat: { ...wechat, baseUrl: 'nonsense' } }],
    ['platforms.huawei.way', { huawei: { clientId: '1', clientSecret: 's', way: 'onetap' } }],
    ['platforms.alipay.privateKey', { alipay: { ...keys, privateKey: [] } }],
    ['store', { wechat }, { store: {} }],
    ['onPhone', { wechat }, { onPhone: 1 }],
    ['logger', { wechat }, { logger: {} }],
    ['cors', { wechat }, { cors: {} }],
    ['limits.replay', { wechat }, { limits: { replay: Infinity } }],
    ['limits.timeout', { wechat }, { limits: { timeout: 3e6 } }],
  ]) {
    assert.throws(() => serviceOf({ now: Date.now }, platforms, options), { code: 'ERR_INPUT', field }, field);
  }
});

test('Alipay: an AES key that cannot be one is refused at start', async (t) => {
  const sim = await simulator(t);
  assert.throws(() => serviceOf(sim, { alipay: { ...sim.config('alipay'), aesKey: 'AAAA' } }), { field: 'aesKey' });
});

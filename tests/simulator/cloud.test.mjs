// WeChat's cloud functions: the unmodified wx-server-sdk sends its requests to the simulator's gateway, whose address
// it reads from environment variables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import cloud from 'wx-server-sdk';
import { MINUTE, postJson, simulate } from './client.mjs';

const simulator = await simulate();
const { appId } = simulator.config('wechat');

/** Cloud functions as developers write them. */
const byCode = async ({ code }) => {
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  return cloud.openapi.phonenumber.getPhoneNumber({ code });
};
const byCloudIds = async ({ list }) => {
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  return cloud.getOpenData({ list: list.list });
};
const echo = async (event) => event;
/** A list below the top level, where the simulator does not replace CloudIDs. */
const nested = (...list) => ({ list: { list } });

test('a code is exchanged for a number once, without an app secret', async () => {
  const device = simulator.device('wechat');
  const { code } = await device.tap();
  const { phoneInfo, errCode, errMsg } = await simulator.invoke(device, byCode, { code });
  assert.deepEqual([phoneInfo.purePhoneNumber, phoneInfo.watermark.appid, errCode], [device.phone, appId, 0]);
  assert.equal(errMsg, 'openapi.phonenumber.getPhoneNumber:ok');
  await assert.rejects(
    simulator.invoke(device, byCode, { code }),
    (error) => error.errCode === 40029 && /fail invalid code .*rid: /.test(error.errMsg),
  );
  assert.equal(simulator.count('wechat', 'phonenumber.getPhoneNumber'), 2);
});

test('a code older than five minutes, and a login code, are invalid', async () => {
  const device = simulator.device('wechat');
  const { code } = await device.tap();
  simulator.advance(5 * MINUTE);
  await assert.rejects(simulator.invoke(device, byCode, { code }), { errCode: 40029 });
  await assert.rejects(simulator.invoke(device, byCode, { code: await device.login() }), { errCode: 40029 });
});

test('the context of a function belongs to the user who called it', async () => {
  const device = simulator.device('wechat', { unionId: 'a union' });
  const context = await simulator.invoke(device, async () => cloud.getWXContext());
  assert.deepEqual([context.OPENID, context.APPID, context.UNIONID], [device.openId, appId, 'a union']);
  assert.equal(process.env.WX_OPENID, undefined, 'the environment variables are restored');
});

test('at most five CloudIDs at the top level are replaced; event.userInfo is added', async () => {
  const device = simulator.device('wechat');
  const cloudIds = [];
  for (let i = 0; i < 6; i++) cloudIds.push((await device.tap()).cloudID);
  const data = {
    ...Object.fromEntries(cloudIds.map((id, i) => [`x${i}`, id])),
    deep: { id: cloudIds[0] },
    other: 'text',
  };
  const event = await simulator.invoke(device, echo, data);
  assert.deepEqual(event.userInfo, { appId, openId: device.openId });
  assert.equal(event.x0.cloudID, cloudIds[0]);
  assert.equal(event.x4.data.phoneNumber, device.phone);
  assert.deepEqual([event.x5, event.deep, event.other], [cloudIds[5], { id: cloudIds[0] }, 'text']);
});

test('an expired CloudID is replaced by an error', async () => {
  const device = simulator.device('wechat');
  const { cloudID } = await device.tap();
  simulator.advance(5 * MINUTE);
  assert.deepEqual((await simulator.invoke(device, echo, { x: cloudID })).x, {
    cloudID,
    errCode: -601006,
    errMsg: 'cloudID expired.',
  });
});

test('getOpenData returns data or an error for each CloudID', async () => {
  const [device, stranger] = [simulator.device('wechat'), simulator.device('wechat')];
  const { cloudID: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  const [{ cloudID }, { cloudID: strange }] = [await device.tap(), await stranger.tap()];
  const { list } = await simulator.invoke(device, byCloudIds, nested(cloudID, old, 'nonsense', strange));
  assert.deepEqual(
    list.map((item) => item.data?.phoneNumber ?? item.errCode),
    [device.phone, -601006, -601005, -601007],
  );
});

test('the SDK reads an empty response as a success without a number', async () => {
  const device = simulator.device('wechat');
  simulator.fail('wechat', { endpoint: '/admin', empty: true });
  const response = await simulator.invoke(device, byCode, { code: 'any' });
  assert.equal(response.errCode, 0);
  assert.equal(response.phoneInfo, undefined);
});

test('the SDK reports the errors of the gateway', async () => {
  const device = simulator.device('wechat');
  for (const [fault, errCode] of [
    [{ code: -604101 }, -604101],
    [{ code: 40001 }, 40001],
    [{ code: -501001 }, -501001],
    [{ code: 'SYS_ERR' }, -501001],
    [{ status: 500 }, -501001],
  ]) {
    simulator.fail('wechat', { endpoint: 'phonenumber', ...fault });
    await assert.rejects(
      simulator.invoke(device, byCode, { code: 'any' }),
      (error) => error.errCode === errCode,
      JSON.stringify(fault),
    );
  }
  await assert.rejects(
    simulator.invoke(device, async () => cloud.openapi.security.getPhoneNumber({ code: 'any' })),
    { errCode: -604101 },
  );
});

test('functions run one after another, each with its own environment variables, even if a previous function fails', async () => {
  const [caller, other] = [simulator.device('wechat'), simulator.device('wechat')];
  const callersOpenId = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return process.env.WX_OPENID;
  };
  const [first, failed, second] = await Promise.allSettled([
    simulator.invoke(caller, callersOpenId),
    simulator.invoke(caller, () => Promise.reject(new Error('the function failed'))),
    simulator.invoke(other, callersOpenId),
  ]);
  assert.deepEqual(
    [first.value, failed.reason.message, second.value],
    [caller.openId, 'the function failed', other.openId],
  );
});

test('arguments and result of a function are converted to JSON and back; its context has the form of SCF', async () => {
  const device = simulator.device('wechat');
  const result = await simulator.invoke(
    device,
    (event, context) => ({
      date: new Date(0),
      none: undefined,
      input: event.input,
      id: typeof context.request_id,
      mine: context.mine,
    }),
    { input: { none: undefined } },
    { mine: 1 },
  );
  assert.deepEqual(result, { date: '1970-01-01T00:00:00.000Z', input: {}, id: 'string', mine: 1 });
  assert.equal(await simulator.invoke(device, () => undefined), undefined);
});

test('only WeChat devices can call the gateway, and a request without the credentials of the environment is rejected', async () => {
  assert.throws(() => simulator.gateway.env(simulator.device('baidu')), /WeChat/);
  assert.throws(() => simulator.invoke(simulator.device('baidu'), echo), /WeChat/);
  const { code, requestId } = await postJson(simulator.gateway.url, {});
  assert.equal(code, 'SIGN_PARAM_INVALID');
  assert.match(requestId, /^[0-9a-f]{32}$/);
});

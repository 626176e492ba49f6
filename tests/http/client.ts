// Client code with the types that openapi-typescript generates from the OpenAPI document. openapi.test.mjs compiles
// this file.
import createClient from 'openapi-fetch';
import type { components, paths } from './phone.js';

type Detail = components['schemas']['PhoneRequest']['detail'];

export async function run(baseUrl: string, code: string, detail: Detail) {
  const client = createClient<paths>({ baseUrl });
  const login = await client.POST('/login', { body: { platform: 'wechat', code } });
  if (!login.data) {
    const errorCode: 'invalid_request' | 'login_required' | 'refused' | 'unavailable' | 'internal' =
      login.error.error.code;
    throw new Error(errorCode + login.error.error.message.en);
  }
  const session: string | null = login.data.session;

  const phoneResponse = await client.POST('/phone', { body: { platform: 'wechat', session, detail } });
  if (!phoneResponse.data) throw new Error(phoneResponse.error.error.message.zh);
  const e164: string | null = phoneResponse.data.phone.e164;

  await client.POST('/logout', { body: { session: session! } });
  const after = await client.POST('/phone', { body: { platform: 'wechat', session, detail } });
  // For /phone the application may refuse with its own code; for /login all codes are those of the service.
  const afterwards: string | undefined = after.error?.error.code;

  // @ts-expect-error a platform that is not configured
  const wrong = await client.POST('/login', { body: { platform: 'taobao', code } });
  return { e164, afterwards, wrong: wrong.error?.error.action };
}

// The detail of an event, unchanged, with members that the service does not read.
const eventDetail = {
  errMsg: 'getPhoneNumber:ok',
  code: 'c',
  encryptedData: 'base64',
  iv: 'base64',
  cloudID: { cloudID: 'id', data: {} },
};

export const right: (() => unknown)[] = [
  () => createClient<paths>().POST('/phone', { body: { platform: 'wechat', session: 's', detail: eventDetail } }),
  // Alipay's response as an object.
  () =>
    createClient<paths>().POST('/phone', {
      body: {
        platform: 'alipay',
        session: 's',
        detail: { response: { response: 'base64', sign: 'base64', sign_type: 'RSA2' } },
      },
    }),
  () =>
    createClient<paths>().POST('/phone', {
      body: { platform: 'baidu', session: 's', detail: { data: 'base64', iv: 'base64' } },
    }),
];

export const wrong: (() => unknown)[] = [
  // @ts-expect-error no such path
  () => createClient<paths>().POST('/nothing', { body: {} }),
  // @ts-expect-error no such method
  () => createClient<paths>().GET('/login'),
  // @ts-expect-error no detail
  () => createClient<paths>().POST('/phone', { body: { platform: 'wechat' } }),
  // @ts-expect-error the code is text
  () => createClient<paths>().POST('/login', { body: { platform: 'wechat', code: 1 } }),
  // @ts-expect-error a session that is null cannot be ended
  () => createClient<paths>().POST('/logout', { body: { session: null } }),
];

// Huawei and HarmonyOS: a code and two requests, or one request. No cryptography. Documented, unproven.
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import { checkResponse, readPhone } from '../runtime/wasm';
import type { HuaweiOptions } from '../types';
import type { ClientContext, FetchedNumber, PlatformClient } from './client';
import { requireOption, requireTexts } from './options';
import { requiredTexts, userOf } from './responses';

const TOKEN = 'https://oauth-login.cloud.huawei.com/oauth2/v3/token';
const INFO = 'https://account.cloud.huawei.com/rest.php';
const ONE_TAP = 'https://account-api.cloud.huawei.com/oauth2/v6/quickLogin/getPhoneNumber';

export const optionNames: OptionNames<HuaweiOptions> = {
  ...COMMON_OPTION_NAMES,
  clientId: true,
  clientSecret: true,
  flow: true,
};

export function huawei(options: HuaweiOptions, { http, checks }: ClientContext): PlatformClient {
  requireTexts('huawei', options, ['clientId', 'clientSecret']);
  const { clientId, clientSecret, flow = 'button' } = options;
  requireOption('huawei', 'flow', flow, flow === 'button' || flow === 'one-tap', "'button' or 'one-tap'");

  function read(text: string): FetchedNumber {
    const { openID, openId = openID, unionID, unionId = unionID } = JSON.parse(text) as Record<string, unknown>;
    return { phone: readPhone({ platform: 'huawei', answer: text }, {}, checks()), user: userOf(openId, unionId) };
  }

  async function byButton(code: string): Promise<FetchedNumber> {
    const { json } = await http.request(TOKEN, {
      form: { grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret, code },
    });
    const { access_token } = requiredTexts('huawei', json, 'access_token');
    const response = await http.requestUnchecked(INFO, {
      query: { nsp_svc: 'GOpen.User.getInfo' },
      form: { access_token },
    });
    // Errors have status 200, and their code in a header.
    const status = response.header('NSP_STATUS');
    checkResponse('huawei', status ? JSON.stringify({ ...response.json, NSP_STATUS: status }) : response.text);
    return read(response.text);
  }

  return {
    app: clientId,
    exchangePhoneCode: async (code) =>
      flow === 'button'
        ? byButton(code)
        : read((await http.request(ONE_TAP, { json: { code, clientId, clientSecret } })).text),
  };
}

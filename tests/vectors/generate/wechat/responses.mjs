import { input, masked, NOW, number, phone, platformError, tel, throws } from '../shared.mjs';
import { APP, mainland, notPhone, OTHER_APP, read, watermark } from './cases.mjs';

export function answers() {
  // Plain responses of WeChat's servers.
  const info = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86', watermark };
  const match = phone('wechat', tel('86', '13580006666'), info);
  const responded = (response, own = { appId: APP }, options) => [
    { platform: 'wechat', answer: response },
    own,
    { now: NOW, ...options },
  ];
  const http = { errcode: 0, errmsg: 'ok', phone_info: info };
  const cloud = { errCode: 0, errMsg: 'openapi.phonenumber.getPhoneNumber:ok', phoneInfo: info };
  const cloudId = { cloudID: '28_AAAA', data: info };
  const expired = { cloudID: '28_BBBB', errCode: -601006, errMsg: 'cloudID expired.' };
  for (const [name, about, answer] of [
    ['answer', 'getuserphonenumber returns the number in phone_info.', http],
    ['answer-as-text', 'A response may be the text of the HTTP response.', JSON.stringify(http)],
    ['answer-cloud', 'A cloud call returns members in camel case.', cloud],
    [
      'answer-cloud-snake-case',
      'A cloud call without convertCase returns members in mixed case.',
      { errCode: 0, errMsg: cloud.errMsg, phone_info: info },
    ],
    ['answer-code-as-text', 'The errcode of a success may be text.', { ...http, errcode: '0' }],
    ['answer-number-itself', 'phone_info alone is accepted as a response.', info],
    ['answer-cloud-id', 'In a cloud function the platform replaces a CloudID with the opened data.', cloudId],
    [
      'answer-open-data-text',
      'getopendata returns JSON as text, according to the table of its page.',
      { errcode: 0, errmsg: 'ok', data_list: [{ cloud_id: '28_AAAA', json: JSON.stringify(cloudId) }] },
    ],
    [
      'answer-open-data-object',
      'getopendata returns JSON as an object, according to the example of its page.',
      { errcode: 0, errmsg: 'ok', data_list: [{ cloud_id: '28_AAAA', json: cloudId }] },
    ],
    [
      'answer-open-data-cloud',
      'The cloud call of getopendata names the list dataList.',
      {
        errCode: 0,
        errMsg: 'openapi.cloudbase.getOpenData:ok',
        dataList: [{ cloudId: '28_AAAA', json: JSON.stringify(cloudId) }],
      },
    ],
    ['answer-open-data-list', "The cloud SDK's getOpenData returns a list.", { list: [cloudId] }],
    [
      'answer-list-other-data-first',
      'A list may contain other open data before the number.',
      { list: [{ cloudID: '28_CCCC', data: { stepInfoList: [], watermark } }, cloudId] },
    ],
    [
      'answer-list-error-first',
      'An item with an error does not affect the number in another item.',
      { list: [expired, cloudId] },
    ],
  ])
    read(name, about, responded(answer), match);
  const overseas = { ...info, phoneNumber: '+85251234567', purePhoneNumber: '51234567', countryCode: 852 };
  read(
    'answer-country-as-number',
    "countryCode is a number in the example of getuserphonenumber's page, also for foreign numbers.",
    responded({ ...http, phone_info: overseas }),
    phone('wechat', tel('852', '51234567'), overseas),
  );
  const unmarked = { ...info, watermark: undefined };
  read('answer-without-app-id', 'The app is checked only if the keys have an app id.', responded(http, {}), match);
  read(
    'answer-without-watermark',
    'A response that the server requested itself needs no watermark.',
    responded({ ...http, phone_info: unmarked }, {}),
    phone('wechat', tel('86', '13580006666'), unmarked),
  );
  read(
    'answer-of-another-app',
    'A response for another app is rejected.',
    responded(http, { appId: OTHER_APP }),
    throws('ERR_APP_MISMATCH'),
  );
  read(
    'answer-old',
    'A response that is older than ten minutes is rejected.',
    responded(http, undefined, { now: NOW + 3600_000 }),
    throws('ERR_EXPIRED'),
  );
  read(
    'answer-old-any-age',
    'An infinite maxAge switches the check of the time off.',
    responded(http, undefined, { now: NOW + 3600_000, maxAge: number('Infinity') }),
    match,
  );
  read(
    'answer-masked',
    'A masked number in a response has masked: true.',
    responded({ ...http, phone_info: { phoneNumber: '138****8000', watermark } }),
    phone('wechat', masked(null, '138****8000'), { phoneNumber: '138****8000', watermark }),
  );

  const rid = '65a1b2c3-0d4e5f60-7a8b9c0d';
  for (const [name, about, answer, outcome] of [
    [
      'error-invalid-code',
      "Code 40029: the code was used before, has expired or is of another kind; the rid is for WeChat's support.",
      { errcode: 40029, errmsg: `invalid code, rid: ${rid}` },
      platformError('40029', 'ask-again', rid),
    ],
    [
      'error-code-as-text',
      'Older APIs return the error code as text.',
      { errcode: '40029', errmsg: 'invalid code' },
      platformError('40029', 'ask-again'),
    ],
    [
      'error-token-not-latest',
      'Code 40001: the access token is not the newest.',
      { errcode: 40001, errmsg: `invalid credential, access_token is invalid or not latest rid: ${rid}` },
      platformError('40001', 'refresh-token', rid),
    ],
    [
      'error-token-illegal',
      'Code 40014: the access token is invalid.',
      { errcode: 40014, errmsg: 'invalid access_token' },
      platformError('40014', 'refresh-token'),
    ],
    [
      'error-token-expired',
      'Code 42001: the access token has expired.',
      { errcode: 42001, errmsg: 'access_token expired' },
      platformError('42001', 'refresh-token'),
    ],
    ['error-busy', 'Code -1: WeChat is busy.', { errcode: -1, errmsg: 'system error' }, platformError('-1', 'retry')],
    [
      'error-too-often',
      'Code 45011: too many calls in this minute.',
      { errcode: 45011, errmsg: 'api minute-quota reach limit' },
      platformError('45011', 'retry'),
    ],
    [
      'error-unauthorized',
      'Code 48001: this kind of account has no permission for the API.',
      { errcode: 48001, errmsg: 'api unauthorized' },
      platformError('48001', 'fix-config'),
    ],
    [
      'error-component',
      'Code 61007: permission set 18 is not granted to the third-party platform.',
      { errcode: 61007, errmsg: 'api is unauthorized to component' },
      platformError('61007', 'fix-config'),
    ],
    [
      'error-body-format',
      'Code 47001: the code was sent as a form and not as JSON.',
      { errcode: 47001, errmsg: 'data format error' },
      platformError('47001', 'fix-config'),
    ],
    [
      'error-wrong-app',
      'Code 40013: the access token belongs to another app.',
      { errcode: 40013, errmsg: 'invalid appid' },
      platformError('40013', 'fix-config'),
    ],
    [
      'error-login-code-used',
      'Code 40163: the code of wx.login was used before.',
      { errcode: 40163, errmsg: 'code been used' },
      platformError('40163', 'login-again'),
    ],
    [
      'error-day-limit',
      'Code 45009: the daily limit of calls is reached; a retry does not help.',
      { errcode: 45009, errmsg: 'reach max api daily quota limit' },
      platformError('45009', 'fix-config'),
    ],
    [
      'error-code-of-no-type',
      'An errcode that is neither a number nor text is an unknown error.',
      { errcode: true, phone_info: mainland },
      input('answer'),
    ],
    [
      'error-as-text',
      'An error response may also be text.',
      '{"errcode":40029,"errmsg":"invalid code"}',
      platformError('40029', 'ask-again'),
    ],
    [
      'error-cloud',
      'A cloud call throws its error in camel case, with a hint before the rid.',
      { errCode: 40029, errMsg: `openapi.phonenumber.getPhoneNumber:fail invalid code hint: [AbCdEf] rid: ${rid}` },
      platformError('40029', 'ask-again', rid),
    ],
    [
      'error-cloud-id',
      'For an expired CloudID the response has an error in the place of the data.',
      expired,
      platformError('-601006', 'ask-again'),
    ],
    [
      'error-every-item',
      'If every item is an error, the error is reported.',
      { list: [expired, { ...expired, cloudID: '28_CCCC' }] },
      platformError('-601006', 'ask-again'),
    ],
    [
      'answer-empty-body',
      'The cloud SDK treats an empty body as a success without phoneInfo.',
      { contentType: '', buffer: { type: 'Buffer', data: [] }, errCode: 0 },
      notPhone,
    ],
    [
      'answer-without-number',
      'A success response without a number is rejected.',
      { errcode: 0, errmsg: 'ok' },
      notPhone,
    ],
    ['answer-list-empty', 'An empty list contains no number.', { list: [] }, notPhone],
    [
      'answer-list-other-data',
      'A list of other open data contains no number.',
      { list: [{ cloudID: '28_CCCC', data: { stepInfoList: [] } }] },
      notPhone,
    ],
    [
      'answer-not-json',
      'A response that is not JSON is an input error of the caller.',
      '<html>502 Bad Gateway</html>',
      input('answer'),
    ],
    [
      'answer-text-behind',
      'Text after the JSON object of a response is rejected.',
      `${JSON.stringify(http)}x`,
      input('answer'),
    ],
    [
      'answer-duplicate-key',
      'A response with duplicate keys is rejected.',
      '{"phoneNumber":"13580006666","phoneNumber":"13800138000"}',
      input('answer'),
    ],
    ['answer-not-an-object', 'A response must be an object.', '"13580006666"', input('answer')],
    ['answer-missing', 'A call without a response is rejected.', undefined, input('answer')],
    ['answer-a-number', 'A number is not a response.', 13580006666, input('answer')],
  ])
    read(name, about, responded(answer), outcome);
}

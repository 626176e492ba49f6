// DingTalk: payloads are not sealed; plain responses contain the number.
import { answers, MAINLAND, masked, phone, platformError, section, tel, throws } from './shared.mjs';

export function dingtalk() {
  const { read } = section('dingtalk');
  const user = { nick: '测试', openId: 'o0000000', unionId: 'u0000000' };
  const employee = { userid: 'user456', unionid: 'u0000000', mobile: '13800138000', state_code: '86' };
  const old = (result) => ({ errcode: 0, errmsg: 'ok', result, request_id: 'e8krly4vyiln' });
  const gives = (name, about, raw, number = MAINLAND) => [name, about, raw, phone('dingtalk', number, raw)];
  const notPhone = throws('ERR_NOT_PHONE');
  answers('dingtalk', read, [
    gives('mainland', 'stateCode is the country code, without a plus.', {
      ...user,
      mobile: '13800138000',
      stateCode: '86',
    }),
    gives(
      'abroad',
      'mobile of a foreign number is without the country code.',
      { ...user, mobile: '51234567', stateCode: '852' },
      tel('852', '51234567'),
    ),
    gives('no-country', 'A mainland number needs no country code.', { mobile: '13800138000' }),
    gives(
      'country-unknown',
      'The country of a number without a country code is not guessed.',
      { mobile: '51234567' },
      tel(null, '51234567'),
    ),
    gives(
      'masked',
      'A masked number has masked: true.',
      { ...user, mobile: '138****8000', stateCode: '86' },
      masked('86', '138****8000'),
    ),
    ['no-number', 'The response for a user who did not allow access to the number contains no number.', user, notPhone],
    ['empty-number', 'An empty number is not a number.', { ...user, mobile: '', stateCode: '86' }, notPhone],
    [
      'error',
      'The error code is a text; the request id is for the support.',
      {
        code: 'InvalidAuthentication',
        message: '不合法的access_token',
        requestid: '4F5C0000-0000-7000-8000-000000000000',
      },
      platformError('InvalidAuthentication', 'fix-config', '4F5C0000-0000-7000-8000-000000000000'),
    ],
    [
      'old-mainland',
      'The older API returns the user in result and names the country code state_code.',
      old(employee),
      phone('dingtalk', MAINLAND, employee),
    ],
    [
      'old-abroad',
      'The older API with a foreign number.',
      old({ ...employee, mobile: '51234567', state_code: '852' }),
      phone('dingtalk', tel('852', '51234567'), { ...employee, mobile: '51234567', state_code: '852' }),
    ],
    [
      'old-no-permission',
      'Without the permission for mobile numbers both members are missing.',
      old({ userid: 'user456', unionid: 'u0000000' }),
      notPhone,
    ],
    [
      'old-no-result',
      'A success without a user contains no number.',
      { errcode: 0, errmsg: 'ok', request_id: 'e8krly4vyiln' },
      notPhone,
    ],
    [
      'old-error-code',
      'errcode 40078: the auth code was used before, or is of another kind.',
      { errcode: 40078, errmsg: '不存在的临时授权码', request_id: '15rxlg21boeob' },
      platformError('40078', 'login-again', '15rxlg21boeob'),
    ],
    [
      'old-error-token',
      'errcode 40014: the token is invalid.',
      { errcode: 40014, errmsg: '不合法的access_token' },
      platformError('40014', 'refresh-token'),
    ],
    ['old-error-as-text', 'An errcode may be text.', { errcode: '42001' }, platformError('42001', 'refresh-token')],
    [
      'old-error-beside-a-number',
      'An error response is an error, even with other members.',
      { ...old(employee), errcode: 60011 },
      platformError('60011', 'fix-config', 'e8krly4vyiln'),
    ],
    [
      'old-sub-code',
      'With errcode 88, sub_code is the more precise error code.',
      {
        errcode: 88,
        sub_code: '60011',
        sub_msg: '没有调用该接口的权限',
        errmsg: 'ding talk error[subcode=60011,submsg=没有调用该接口的权限]',
        request_id: '5imjny7u9xwa',
      },
      platformError('60011', 'fix-config', '5imjny7u9xwa'),
    ],
    [
      'old-sub-code-token',
      'sub_code may also report an invalid token.',
      { errcode: 88, sub_code: '40014' },
      platformError('40014', 'refresh-token'),
    ],
    [
      'old-no-sub-code',
      'Without sub_code the error code is 88.',
      { errcode: 88, errmsg: 'x' },
      platformError('88', 'fix-config'),
    ],
  ]);
}

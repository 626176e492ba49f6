// DingTalk: nothing is sealed, plain responses hold the number.
import { answers, MAINLAND, masked, phone, platformError, section, tel, throws } from './shared.mjs';

export function dingtalk() {
  const { read } = section('dingtalk');
  const user = { nick: '测试', openId: 'o0000000', unionId: 'u0000000' };
  const employee = { userid: 'user456', unionid: 'u0000000', mobile: '13800138000', state_code: '86' };
  const old = (result) => ({ errcode: 0, errmsg: 'ok', result, request_id: 'e8krly4vyiln' });
  const gives = (name, about, raw, number = MAINLAND) => [name, about, raw, phone('dingtalk', number, raw)];
  const notPhone = throws('ERR_NOT_PHONE');
  answers('dingtalk', read, [
    gives('mainland', 'The country is stateCode, without a plus.', { ...user, mobile: '13800138000', stateCode: '86' }),
    gives(
      'abroad',
      'A foreign number is within its country.',
      { ...user, mobile: '51234567', stateCode: '852' },
      tel('852', '51234567'),
    ),
    gives('no-country', 'A mainland number needs no country.', { mobile: '13800138000' }),
    gives(
      'country-unknown',
      'A number without a country is not guessed.',
      { mobile: '51234567' },
      tel(null, '51234567'),
    ),
    gives(
      'masked',
      'A masked number is marked.',
      { ...user, mobile: '138****8000', stateCode: '86' },
      masked('86', '138****8000'),
    ),
    ['no-number', 'A user who did not let the app have the number has none.', user, notPhone],
    ['empty-number', 'An empty number is not a number.', { ...user, mobile: '', stateCode: '86' }, notPhone],
    [
      'error',
      'An error has a text as its code, and the id that the support asks for.',
      {
        code: 'InvalidAuthentication',
        message: '不合法的access_token',
        requestid: '4F5C0000-0000-7000-8000-000000000000',
      },
      platformError('InvalidAuthentication', 'fix-config', '4F5C0000-0000-7000-8000-000000000000'),
    ],
    [
      'old-mainland',
      'The old API has the user in result, and calls the country state_code.',
      old(employee),
      phone('dingtalk', MAINLAND, employee),
    ],
    [
      'old-abroad',
      'The same with a foreign number.',
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
      'Success without a user holds no number.',
      { errcode: 0, errmsg: 'ok', request_id: 'e8krly4vyiln' },
      notPhone,
    ],
    [
      'old-error-code',
      'errcode 40078: the auth code is spent, or of another kind.',
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
      'An error is one, whatever is beside it.',
      { ...old(employee), errcode: 60011 },
      platformError('60011', 'fix-config', 'e8krly4vyiln'),
    ],
    [
      'old-sub-code',
      'Of errcode 88 sub_code says more.',
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
      'The token, too, may be rejected there.',
      { errcode: 88, sub_code: '40014' },
      platformError('40014', 'refresh-token'),
    ],
    [
      'old-no-sub-code',
      'Without sub_code 88 is the code.',
      { errcode: 88, errmsg: 'x' },
      platformError('88', 'fix-config'),
    ],
  ]);
}

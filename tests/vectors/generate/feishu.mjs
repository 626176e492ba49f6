// Feishu: payloads are not sealed; plain responses contain the number.
import { answers, MAINLAND, masked, phone, platformError, section, tel, throws } from './shared.mjs';

export function feishu() {
  const { read } = section('feishu');
  const user = { name: '测试', open_id: 'ou_0000', mobile: '+8613800138000' };
  const match = (raw, number = MAINLAND) => phone('feishu', number, raw);
  const notPhone = throws('ERR_NOT_PHONE');
  const abroad = { ...user, mobile: '+85251234567' };
  const blotted = { ...user, mobile: '+86138****8000' };
  answers('feishu', read, [
    [
      'mainland',
      'The number has a plus and the country code; the response has the user in data.',
      { code: 0, msg: 'success', data: user },
      match(user),
    ],
    ['unwrapped', 'The response may be the user object itself.', user, match(user)],
    [
      'abroad',
      'A foreign number has its country code.',
      { code: 0, data: abroad },
      match(abroad, tel('852', '51234567')),
    ],
    [
      'masked',
      'A masked number has masked: true.',
      { code: 0, data: blotted },
      match(blotted, masked(null, '+86138****8000')),
    ],
    [
      'no-number',
      'The response for an app without the permission contains no number.',
      { code: 0, data: { name: '测试' } },
      notPhone,
    ],
    ['no-user', 'A success without a user contains no number.', { code: 0, msg: 'success' }, notPhone],
    [
      'error-token',
      'Code 99991663: the token is invalid; the log id may be in error.',
      { code: 99991663, msg: 'Invalid access token', error: { log_id: '2023111506132001' } },
      platformError('99991663', 'refresh-token', '2023111506132001'),
    ],
    [
      'error-code',
      'Code 10213: the login code belongs to another app, or was used before.',
      { code: 10213, msg: 'invalid code', log_id: '2023111506132001' },
      platformError('10213', 'login-again', '2023111506132001'),
    ],
    [
      'error-of-oauth',
      'OAuth errors may have only texts.',
      { error: 'invalid_grant', error_description: 'code expired' },
      platformError('invalid_grant', 'login-again'),
    ],
  ]);
}

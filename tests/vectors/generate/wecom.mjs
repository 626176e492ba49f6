// WeCom: sealed as WeChat seals; the payload names the corporation and the number of its directory.
import { base64, bytes } from '../../../js/samples/seal.mjs';
import { answers, input, kebab, length, MAINLAND, phone, platformError, section, session, throws } from './shared.mjs';

export function wecom() {
  const { open, read } = section('wecom');
  const CORP = 'ww0123456789abcdef';
  const member = { corpid: CORP, userid: 'zhangsan', mobile: '13800138000' };
  const qy = (name, payload, change) => session('wecom', name, payload, change, { appId: CORP });
  const opens = (name, about, payload, change) =>
    open(name, about, qy(name, payload, change), phone('wecom', MAINLAND, payload, { appId: payload.corpid ?? null }));
  const refuses = (name, about, payload, outcome, change) => open(name, about, qy(name, payload, change), outcome);

  opens('mobile', "wx.qy.getMobile seals as WeChat does; the number is the directory's.", member);
  refuses(
    'without-corporation',
    'A payload that names no corporation has lost its beginning.',
    { userid: 'zhangsan', mobile: '13800138000' },
    throws('ERR_APP_MISMATCH'),
  );
  refuses(
    'shape-user-info',
    'Members of user info belong to no phone payload.',
    { ...member, name: 'x', gender: '1' },
    throws('ERR_DECRYPT'),
  );
  refuses('shape-another-member', 'Nor does any other member.', { ...member, alias: 'x' }, throws('ERR_DECRYPT'));
  refuses(
    'shape-mobile-is-number',
    'mobile is a text: an integer needs no quotes.',
    { ...member, mobile: 13800138000 },
    throws('ERR_DECRYPT'),
  );
  refuses(
    'shape-number-first',
    'With the number in front the iv could choose its first digits.',
    { mobile: '13800138000', corpid: CORP, userid: 'zhangsan' },
    throws('ERR_DECRYPT'),
  );
  refuses(
    'shape-room-in-user',
    'A garbled block could hide in the id of the user, were it not an id.',
    { ...member, userid: 'uuuuuuuuaB3$ xY9&kL2 mN7' },
    throws('ERR_DECRYPT'),
  );
  opens('user-with-marks', 'The id of a user has digits, letters and four marks.', {
    ...member,
    userid: 'zhang.san_01-x@example.com',
  });
  opens('keys-second-is-right', 'Of several session keys the one that opens wins.', member, (sealed, own) => {
    own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
  });
  refuses(
    'another-corporation',
    'A member of another corporation is rejected.',
    member,
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appId = 'ww1111111111111111';
    },
  );
  refuses(
    'no-mobile',
    'A member whose entry has no number has none.',
    { ...member, mobile: '' },
    throws('ERR_NOT_PHONE'),
  );
  refuses(
    'stale-key',
    'A stale session key opens nothing.',
    member,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    },
  );
  refuses('key-of-24-bytes', 'A session key has 16 bytes.', member, length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('24', 24));
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appId'])
    refuses(
      `${kebab(field)}-is-missing`,
      `A call is rejected where ${field} is missing.`,
      member,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('wecom', read, [
    [
      'error',
      'errcode is the error, unless it is 0.',
      { errcode: 40029, errmsg: 'invalid code' },
      platformError('40029', 'fix-config'),
    ],
    [
      'answer-success',
      'WeCom exchanges no code for a number: it has no plain response.',
      { errcode: 0, ...member },
      input('answer'),
    ],
  ]);
}

// WeCom: sealed like WeChat; the payload contains the corporation's id and the number in the corporation's directory.
import { base64, bytes } from '../../../js/samples/seal.mjs';
import { answers, input, kebab, length, MAINLAND, phone, platformError, section, session, throws } from './shared.mjs';

export function wecom() {
  const { open, read } = section('wecom');
  const CORP = 'ww0123456789abcdef';
  const member = { corpid: CORP, userid: 'zhangsan', mobile: '13800138000' };
  const qy = (name, payload, change) => session('wecom', name, payload, change, { appId: CORP });
  const opens = (name, about, payload, change) =>
    open(name, about, qy(name, payload, change), phone('wecom', MAINLAND, payload, { appId: payload.corpid ?? null }));
  const rejects = (name, about, payload, outcome, change) => open(name, about, qy(name, payload, change), outcome);

  opens('mobile', 'wx.qy.getMobile seals as WeChat does; the number is from the directory.', member);
  rejects(
    'without-corporation',
    'A payload without corpid lacks its beginning.',
    { userid: 'zhangsan', mobile: '13800138000' },
    throws('ERR_APP_MISMATCH'),
  );
  rejects(
    'shape-user-info',
    'A phone payload has no members of user info.',
    { ...member, name: 'x', gender: '1' },
    throws('ERR_DECRYPT'),
  );
  rejects(
    'shape-another-member',
    'A phone payload has no unknown members.',
    { ...member, alias: 'x' },
    throws('ERR_DECRYPT'),
  );
  rejects(
    'shape-mobile-is-number',
    'mobile is a text: an integer has no quotes and could be a part of another text.',
    { ...member, mobile: 13800138000 },
    throws('ERR_DECRYPT'),
  );
  rejects(
    'shape-number-first',
    'mobile must not be the first member: a changed iv could change its first digits.',
    { mobile: '13800138000', corpid: CORP, userid: 'zhangsan' },
    throws('ERR_DECRYPT'),
  );
  rejects(
    'shape-user-id-is-no-id',
    'userid must be an id: other text could contain a garbled block.',
    { ...member, userid: 'uuuuuuuuaB3$ xY9&kL2 mN7' },
    throws('ERR_DECRYPT'),
  );
  opens('user-with-marks', 'userid may contain digits, letters and four punctuation characters.', {
    ...member,
    userid: 'zhang.san_01-x@example.com',
  });
  opens(
    'keys-second-is-right',
    'If several session keys are passed, the key that opens the payload is used.',
    member,
    (sealed, own) => {
      own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
    },
  );
  rejects(
    'another-corporation',
    'A member of another corporation is rejected.',
    member,
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appId = 'ww1111111111111111';
    },
  );
  rejects(
    'no-mobile',
    'A payload of a member without a number in the directory contains no number.',
    { ...member, mobile: '' },
    throws('ERR_NOT_PHONE'),
  );
  rejects(
    'stale-key',
    'A stale session key opens nothing.',
    member,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    },
  );
  rejects('key-of-24-bytes', 'A session key has 16 bytes.', member, length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('24', 24));
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appId'])
    rejects(
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
      'errcode is the error code, unless its value is 0.',
      { errcode: 40029, errmsg: 'invalid code' },
      platformError('40029', 'fix-config'),
    ],
    [
      'answer-success',
      'WeCom does not exchange codes for numbers, so no plain response exists.',
      { errcode: 0, ...member },
      input('answer'),
    ],
  ]);
}

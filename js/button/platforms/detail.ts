// The data of an event, as the service takes it.
import type { PhoneDetail } from '../types';
import type { Members } from '../untrusted';

/** The members that are texts and not empty. `names` are separated by spaces. */
export function pickTexts(members: Members, names: string): PhoneDetail {
  const picked: Members = {};
  for (const name of names.split(' '))
    if (members[name] && typeof members[name] === 'string') picked[name] = members[name];
  return picked;
}

/** A code, a CloudID, or data that is sealed under the session key, with its iv. */
export function codeOrSealed(members: Members): PhoneDetail | undefined {
  const detail = pickTexts(members, 'code encryptedData iv cloudID');
  return detail.code || detail.cloudID || (detail.encryptedData && detail.iv) ? detail : undefined;
}

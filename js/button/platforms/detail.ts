// The data of an event that the service needs.
import type { PhoneDetail } from '../types';
import type { Members } from '../untrusted';

/** Those of the members that are texts. */
export function pickTexts(members: Members, names: string): PhoneDetail {
  const found: Members = {};
  for (const name of names.split(' '))
    if (members[name] && typeof members[name] === 'string') found[name] = members[name];
  return found;
}

/** A code, or what is sealed under the session key and its iv. */
export function codeOrSealed(members: Members): PhoneDetail | undefined {
  const detail = pickTexts(members, 'code encryptedData iv cloudID');
  return detail.code || detail.cloudID || (detail.encryptedData && detail.iv) ? detail : undefined;
}

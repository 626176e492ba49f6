// Selects the members of an event that the service needs.
import type { PhoneDetail } from '../types';
import type { Members } from '../untrusted';

/** Returns those of the named members that are non-empty texts. `names` are separated by spaces. */
export function pickTexts(members: Members, names: string): PhoneDetail {
  const picked: Members = {};
  for (const name of names.split(' '))
    if (members[name] && typeof members[name] === 'string') picked[name] = members[name];
  return picked;
}

/**
 * Selects the members of an event that has a code, a CloudID, or both a ciphertext and its iv. Returns `undefined` for
 * any other event.
 */
export function codeOrSealed(members: Members): PhoneDetail | undefined {
  const detail = pickTexts(members, 'code encryptedData iv cloudID');
  return detail.code || detail.cloudID || (detail.encryptedData && detail.iv) ? detail : undefined;
}

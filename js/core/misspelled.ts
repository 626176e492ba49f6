// Rejects misspelled names. Otherwise a misspelled option or app id would be ignored silently, and with it a check.
import { PhoneError } from './errors';
import { nearestName } from './nearest-name';

const unknownMember = (subject: string, nearest: string | undefined): PhoneError =>
  new PhoneError({
    code: 'ERR_INPUT',
    // Constant texts only: the name itself is input.
    message: `${subject} has an unknown member${nearest ? `: did you mean ${nearest}?` : ''}`,
    action: 'fix-config',
    field: nearest ?? subject,
  });

/** @throws `ERR_INPUT` for a member whose name is not in `known` */
export function rejectUnknownOptions(options: unknown, known: readonly string[], subject = 'options'): void {
  for (const name of namesOf(options))
    if (!known.includes(name)) throw unknownMember(subject, nearestName(name, known));
}

/**
 * Keys may come with other data, such as the rest of a stored session. So only a name that resembles the name of an
 * absent key is rejected.
 *
 * @throws `ERR_INPUT`
 */
export function rejectMisspelledKeys(keys: unknown, known: readonly string[]): void {
  const names = namesOf(keys);
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name.replace(/_/g, ''), known);
    if (nearest && !names.includes(nearest)) throw unknownMember('keys', nearest);
  }
}

/**
 * The member names of a plain object. For any other value an empty list: an instance of a class may have more members.
 */
function namesOf(source: unknown): string[] {
  if (typeof source !== 'object' || source === null) return [];
  try {
    const prototype: unknown = Object.getPrototypeOf(source);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return [];
    return Object.keys(source);
  } catch {
    // A proxy may throw. Then its names are not checked here; its values are checked later, where they are read.
    return [];
  }
}

// Checks of a request's body.
import * as validators from '#request-validators';
import { bare, hasMember, isObject, memberOf } from '../own-members';
import { type Path, REQUEST_OF, type RequestSchemas } from './schema';

/** An empty context without a prototype: the compiled functions would otherwise create a context with a prototype. */
const NO_CONTEXT = bare({ instancePath: '' });

/**
 * The first field of a body that is missing or wrong, such as `detail.iv`; `undefined` if the body is valid.
 * @param body a value whose objects have no prototype
 */
export function firstInvalidField(schemas: RequestSchemas, path: Path, body: unknown): string | undefined {
  const { required, properties } = schemas[REQUEST_OF[path]];
  if (!isObject(body)) return 'body';
  const missing = required.find((name) => !hasMember(body, name));
  if (missing) return missing;
  const platforms: unknown[] | undefined = 'platform' in properties ? properties.platform.enum : undefined;
  if (platforms && !platforms.includes(memberOf(body, 'platform'))) return 'platform';
  const validate = validators[path];
  try {
    if (validate(body, NO_CONTEXT)) return undefined;
  } catch {
    return 'body'; // a getter or a proxy in the call of a cloud function, which is not JSON
  }
  // The path contains only names of the schema, and no name that a client chose.
  return validate.errors?.[0]?.instancePath.slice(1).replace(/\//g, '.') || 'body';
}

// Checks responses against the OpenAPI document.
import Ajv from 'ajv/dist/2020.js';

/**
 * @returns a function of an operation's path, a status and a body, which returns the fault as a text, or `undefined`
 */
export function responseChecker({ paths, components }) {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  ajv.addKeyword('components');
  const compiled = new Map();
  const validator = (ref) => {
    if (!compiled.has(ref)) compiled.set(ref, ajv.compile({ $ref: ref, components }));
    return compiled.get(ref);
  };
  return (path, status, body) => {
    const responses = paths[path]?.post.responses ?? {};
    // The document does not list 404 and 405, because they are not responses of an operation.
    const ref =
      (responses[status] ?? responses[`${String(status)[0]}XX`])?.content['application/json'].schema.$ref ??
      ([404, 405].includes(status) ? '#/components/schemas/Refusal' : undefined);
    if (!ref) return `${path} ${status} is not in the document`;
    const valid = validator(ref);
    return valid(body) ? undefined : `${path} ${status}: ${ajv.errorsText(valid.errors)}`;
  };
}

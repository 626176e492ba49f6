// Reads untrusted values of hosts, events and servers: they can have any type, and reading a member can throw.

/** An untrusted object. */
export type Members = Record<string, any>;

/** Returns the function's result, or `undefined` if the function throws. */
export function attempt(work: () => any): any {
  try {
    return work();
  } catch (_) {}
}

/**
 * Parses a text as JSON; returns `undefined` if the text is not JSON. Returns any value that is not a text unchanged.
 */
export const parseJson = (json: any): any => (typeof json === 'string' ? attempt(() => JSON.parse(json)) : json);

// Values of hosts, events and servers: anything can be in them, and reading them can throw.

/** The members of an object from outside. */
export type Members = Record<string, any>;

/** Returns what a function returns, or `undefined` where it throws. */
export function attempt(work: () => any): any {
  try {
    return work();
  } catch (_) {}
}

/** Parses a text as JSON: `undefined` where it is not JSON. A value that is not a text is returned as it is. */
export const parseJson = (json: any): any => (typeof json === 'string' ? attempt(() => JSON.parse(json)) : json);

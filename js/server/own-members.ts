// Members that an object really has. A member that a vulnerable library put on Object.prototype must not become an
// option, a header or a field of a request.

/** Whether an object or its class has a member. */
export function hasMember(source: unknown, name: string): boolean {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return false;
  for (let at: object = source; ; ) {
    if (Object.prototype.hasOwnProperty.call(at, name)) return true;
    const above: object | null = Object.getPrototypeOf(at);
    // The last object of a chain is Object.prototype, of any realm.
    if (!above || !Object.getPrototypeOf(above)) return false;
    at = above;
  }
}

/** A member of an object or of its class. */
export const memberOf = (source: unknown, name: string): unknown =>
  hasMember(source, name) ? (source as Record<string, unknown>)[name] : undefined;

/** An object's own members without a prototype; any other value unchanged. */
export function bare<T>(value: T): T {
  return isObject(value) ? Object.assign(Object.create(null), value) : value;
}

/** The value of a JSON text. Its objects have no prototype. */
export const parseBare = (json: string): any => JSON.parse(json, (_, member) => bare(member));

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

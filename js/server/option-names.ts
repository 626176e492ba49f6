// The names that options may have.

/** The names that options may have, and those of the options within one. */
export interface Known {
  readonly [option: string]: true | Known;
}

export type KeysOf<T> = T extends unknown ? keyof T : never;

/** {@link Known}, of a type or a union of types. A name too few or too many does not compile. */
export type Names<T> = Record<KeysOf<T>, true | Known>;

// The names that options may have.

/** The names that options may have, and those of the options within an option. */
export interface NameTree {
  readonly [option: string]: true | NameTree;
}

type KeysOf<T> = T extends unknown ? keyof T : never;

/** The {@link NameTree} of a type or a union of types. A name too few or too many does not compile. */
export type OptionNames<T> = Record<KeysOf<T>, true | NameTree>;

/** Options of every platform. */
export const COMMON_OPTION_NAMES = { baseUrl: true, methods: true } as const;

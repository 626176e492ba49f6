// The names of options.

/** The names of options, and of the options within an option. */
export interface NameTree {
  readonly [option: string]: true | NameTree;
}

type KeysOf<T> = T extends unknown ? keyof T : never;

/** The {@link NameTree} of a type or a union of types. A missing or an additional name does not compile. */
export type OptionNames<T> = Record<KeysOf<T>, true | NameTree>;

/** The options of every platform. */
export const COMMON_OPTION_NAMES = { baseUrl: true, methods: true } as const;

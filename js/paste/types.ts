// What the readers of pasted text pass to each other.

export type Members = Record<string, unknown>;

/** An object of the paste, and its own text where it is a whole one. */
export interface PastedObject {
  members: Members;
  text?: string;
}

// The types that the readers of pasted text share.

export type Members = Record<string, unknown>;

/** An object in the paste, and its own text if the paste contains it in full. */
export interface PastedObject {
  members: Members;
  text?: string;
}

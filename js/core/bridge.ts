// The bridge to a module, which a call crosses once: its fields go into a buffer in the module's memory, and its answer
// comes back in it. src/wasm/buffer.rs is the other side, and says how the buffer is laid out. No code of the caller runs here.
import type { Request } from './request';

/** What the bridge needs of a module. */
export interface BridgedModule {
  linearMemory(): WebAssembly.Memory;
  reserve(length: number): number;
}

/** An answer. */
export type Texts = (string | null)[];

/** In the place of a text's length: there is none. */
const NONE = 0xffffffff;

const encoder = new TextEncoder();
// What is no UTF-8 the module has not written; a U+FEFF at the beginning belongs to the first text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bridge to a module. */
export function bridgeTo(module: BridgedModule) {
  let bytes = new Uint8Array(0);
  let words = new Uint32Array(0);
  /** Where texts are written. */
  let textArea = bytes;
  let pointer = 0;
  let size = 0;
  /** How much of it a call has used. */
  let used = 0;

  const refreshViews = () => {
    bytes = new Uint8Array(module.linearMemory().buffer);
    words = new Uint32Array(bytes.buffer);
    textArea = bytes.subarray(pointer + 8, pointer + size);
  };

  const reserve = (length: number) => {
    if (length > size) {
      size = Math.max(length, 2048);
      pointer = module.reserve(size);
      refreshViews();
    } else if (bytes.length === 0) {
      // The memory has grown, which leaves all views of it empty.
      refreshViews();
    }
  };

  return {
    /** Writes fields. */
    write(request: Request): void {
      const length = request.octets.reduce((sum, octets) => sum + octets.length, 12 + 4 * request.words.length);
      reserve((used = length + 3 * request.text.length));
      const { written } = encoder.encodeInto(request.text, textArea);
      let at = pointer >> 2;
      words[at++] = request.words.length;
      words[at++] = written;
      at += (written + 3) >> 2;
      for (const word of request.words) words[at++] = word;
      let end = 4 * at;
      for (const octets of request.octets) {
        bytes.set(octets, end);
        end += octets.length;
      }
    },

    /** Reads the texts of an answer. Throws where the module cannot have written it. */
    texts(length: number, count: number): Texts {
      // For an answer that did not fit there is a new buffer.
      reserve((used = Math.max(used, length)));
      const text = decoder.decode(bytes.subarray(pointer + 4 * count, pointer + length));
      const texts: Texts = [];
      let start = 0;
      for (let word = pointer >> 2, end = word + count; word < end; word++) {
        const units = words[word]!;
        texts.push(units === NONE ? null : text.slice(start, (start += units)));
      }
      if (length < 4 * count || start !== text.length) throw new RangeError();
      return texts;
    },

    /** Leaves nothing of the fields and the answer behind. Gives the size of the buffer. */
    wipe(): number {
      reserve(used);
      bytes.fill(0, pointer, pointer + used);
      return size;
    },

    /** Forgets the instance, in whose place there is a fresh one. */
    forget(): void {
      size = 0;
      bytes = textArea = new Uint8Array(0);
      words = new Uint32Array(0);
    },
  };
}

// The bridge to a module. Every call crosses it once: the fields of the call are written into a buffer in the module's
// memory, and its result is read from there. src/wasm/buffer.rs is the other side, and describes the layout. No code of
// the caller runs here.
import type { Request } from './request';

/** The functions of a module that the bridge uses. */
export interface BridgedModule {
  linearMemory(): WebAssembly.Memory;
  reserve(length: number): number;
}

/** The result of a call. */
export type Texts = (string | null)[];

/** The length of an absent text. */
const NONE = 0xffffffff;

const encoder = new TextEncoder();
// The module never writes invalid UTF-8. A U+FEFF at the beginning belongs to the first text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bridge to a module. */
export function bridgeTo(module: BridgedModule) {
  let bytes = new Uint8Array(0);
  let words = new Uint32Array(0);
  /** The position at which the next text is written. */
  let textArea = bytes;
  let pointer = 0;
  let size = 0;
  /** The number of bytes that a call has used. */
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
      // When the memory has grown, all views of it are empty.
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

    /** Reads the texts of a result. Throws if their lengths or their UTF-8 are wrong, which the module never writes. */
    texts(length: number, count: number): Texts {
      // If the result did not fit, the module has allocated a larger buffer, whose address is not known yet.
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

    /** Overwrites the fields and the result. Returns the size of the buffer. */
    wipe(): number {
      reserve(used);
      bytes.fill(0, pointer, pointer + used);
      return size;
    },

    /** Removes the references to an instance that was replaced. */
    forget(): void {
      size = 0;
      bytes = textArea = new Uint8Array(0);
      words = new Uint32Array(0);
    },
  };
}

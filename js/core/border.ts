// The border to a module, which a call crosses once: its fields go into a buffer in the module's memory, and its answer
// comes back in it. src/wasm/buffer.rs is the other side, and says how the buffer is laid out.
import { fieldOf } from './fields';

/** What the border needs of a module. */
export interface Buffered {
  linearMemory(): WebAssembly.Memory;
  reserve(length: number): number;
}

/** An answer. */
export type Texts = (string | null)[];

/** The longest text or key that is looked at, in units of UTF-16 or in bytes. */
const MAX_LENGTH = 64 * 1024;
const MAX_LIST = 64;

// What a field is: the lowest three bits of its word. The others are its length.
const ABSENT = 0;
const TEXT = 1;
const JSON_TEXT = 2;
const BYTES = 3;
const LIST = 4;
const TOO_LONG = 5;
const WRONG = 6;

/** In the place of a text's length: there is none. */
const NONE = 0xffffffff;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The border to a module. */
export function borderTo(module: Buffered) {
  let bytes = new Uint8Array(0);
  let words = new Uint32Array(0);
  /** Where texts are written. */
  let room = bytes;
  let place = 0;
  let size = 0;
  /** How much of it a call has used. */
  let used = 0;

  const look = () => {
    bytes = new Uint8Array(module.linearMemory().buffer);
    words = new Uint32Array(bytes.buffer);
    room = bytes.subarray(place + 8, place + size);
  };

  const reserve = (length: number) => {
    if (length > size) {
      size = Math.max(length, 2048);
      place = module.reserve(size);
      look();
    } else if (bytes.length === 0) {
      // The memory has grown, which leaves all views of it empty.
      look();
    }
  };

  return {
    /** Writes fields. From here to {@link wipe} nobody else's code runs. */
    write(fields: readonly unknown[]): void {
      const request: Request = { words: [], text: '', octets: [] };
      for (const field of fields) put(request, field);
      const length = request.octets.reduce((sum, octets) => sum + octets.length, 12 + 4 * request.words.length);
      reserve((used = length + 3 * request.text.length));
      const { written } = encoder.encodeInto(request.text, room);
      let at = place >> 2;
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

    /** Reads the texts of an answer. */
    texts(length: number, count: number): Texts {
      // For an answer that did not fit there is a new buffer.
      reserve((used = Math.max(used, length)));
      const text = decoder.decode(bytes.subarray(place + 4 * count, place + length));
      const texts: Texts = [];
      let start = 0;
      for (let word = place >> 2, end = word + count; word < end; word++) {
        const units = words[word]!;
        texts.push(units === NONE ? null : text.slice(start, (start += units)));
      }
      return texts;
    },

    /** Leaves nothing of the fields and the answer behind. */
    wipe(): void {
      reserve(used);
      bytes.fill(0, place, place + used);
    },

    /** Forgets the instance, in whose place there is a fresh one. */
    forget(): void {
      size = 0;
    },
  };
}

/** What is to be written. */
interface Request {
  /** What each field is, and how long. */
  words: number[];
  text: string;
  octets: Uint8Array[];
}

function put(request: Request, field: unknown, inList = false): void {
  if (typeof field === 'string') return putText(request, field, TEXT);
  if (field === undefined || field === null) return void request.words.push(ABSENT);
  if (typeof field !== 'object') return void request.words.push(WRONG);
  try {
    if (Array.isArray(field)) putList(request, field, inList);
    else if (ArrayBuffer.isView(field)) putOctets(request, field);
    else putJson(request, field);
  } catch {
    // It is looked at before anything of it is put: a getter or a proxy throws, or JSON cannot hold it, as a cycle.
    request.words.push(WRONG);
  }
}

function putText(request: Request, text: string, kind: number): void {
  if (text.length > MAX_LENGTH) {
    request.words.push(TOO_LONG);
  } else {
    request.words.push(text.length * 8 + kind);
    request.text += text;
  }
}

/** A list of values that are not lists themselves. */
function putList(request: Request, list: unknown[], inList: boolean): void {
  const { length } = list;
  if (inList) request.words.push(WRONG);
  else if (length > MAX_LIST) request.words.push(TOO_LONG);
  else {
    request.words.push(length * 8 + LIST);
    for (let index = 0; index < length; index++) put(request, fieldOf(list, index), true);
  }
}

/** Bytes, of whichever realm: `instanceof` would not know a Uint8Array of another one. */
function putOctets(request: Request, view: ArrayBufferView): void {
  if ((view as Uint8Array).BYTES_PER_ELEMENT !== 1) request.words.push(WRONG);
  else if (view.byteLength > MAX_LENGTH) request.words.push(TOO_LONG);
  else {
    request.words.push(view.byteLength * 8 + BYTES);
    request.octets.push(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

/** An object as JSON text, big integers as their digits. */
function putJson(request: Request, object: object): void {
  const text: unknown = JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  if (typeof text === 'string') putText(request, text, JSON_TEXT);
  else request.words.push(WRONG);
}

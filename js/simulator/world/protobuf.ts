// The parts of protobuf and multipart/form-data that the gateway of WeChat's cloud functions uses.

function varint(value: number): Buffer {
  // A negative int32 is ten bytes long: protobuf extends its sign to 64 bits.
  let rest = BigInt.asUintN(64, BigInt(value));
  const out: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest ? low | 0x80 : low);
  } while (rest);
  return Buffer.from(out);
}

/** A field of bytes, text or an inner message. */
export function bytes(field: number, value: Buffer | string): Buffer {
  const content = Buffer.from(value as string);
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
}

/** A field of an integer; protobuf omits the value 0. */
export function integer(field: number, value: number): Buffer {
  return value === 0 ? Buffer.alloc(0) : Buffer.concat([varint(field << 3), varint(value)]);
}

export interface Message {
  /** The first field of bytes with this number; empty if there is no such field. */
  first(field: number): Buffer;
  all(field: number): Buffer[];
}

/** Reads a message. Integers are skipped, because the simulator needs none. */
export function read(message: Buffer): Message {
  const fields: [number, Buffer][] = [];
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('mp-phone/simulator: a protobuf message ends early');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = number();
    if ((tag & 7) === 0) number();
    else if ((tag & 7) === 2) {
      const size = number();
      fields.push([tag >> 3, message.subarray(at, (at += size))]);
    } else throw new Error('mp-phone/simulator: a protobuf field of an unknown kind');
  }
  const all = (field: number): Buffer[] => fields.filter(([number]) => number === field).map(([, value]) => value);
  return { all, first: (field) => all(field)[0] ?? Buffer.alloc(0) };
}

/** The parts of a multipart/form-data body, by name. */
export function multipart(body: Buffer, contentType: string): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (!boundary) return parts;
  const line = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(line), next; (next = body.indexOf(line, at + line.length)) > 0; at = next) {
    const part = body.subarray(at + line.length + 2, next - 2);
    const blank = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/.exec(part.subarray(0, blank).toString())?.[1];
    if (name !== undefined) parts.set(name, part.subarray(blank + 4));
  }
  return parts;
}

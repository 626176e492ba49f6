import { createHash, randomBytes } from 'node:crypto';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS = `${LOWER}${LOWER.toUpperCase()}`;

/** Ids, codes, keys and IVs: from the system, or the same in every run if there is a seed. */
export class Random {
  private blocks = 0;

  constructor(private readonly seed?: string) {}

  bytes(size: number): Buffer {
    if (this.seed === undefined) return randomBytes(size);
    const chunks: Buffer[] = [];
    for (let i = 0; i < size; i += 32)
      chunks.push(
        createHash('sha256')
          .update(`${this.seed} ${this.blocks++}`)
          .digest(),
      );
    return Buffer.concat(chunks).subarray(0, size);
  }

  base64(size: number): string {
    return this.bytes(size).toString('base64');
  }

  /** A hexadecimal text of this length. */
  hex(length: number): string {
    return this.bytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length);
  }

  digits(length: number): string {
    return this.of(DIGITS, length);
  }

  /** Letters of both cases, and digits. */
  text(length: number): string {
    return this.of(DIGITS + LETTERS, length);
  }

  private of(alphabet: string, length: number): string {
    return Array.from(this.bytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
  }
}

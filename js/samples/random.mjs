import { bytes } from './seal.mjs';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const ALPHANUMERIC = `0123456789${LOWER}${LOWER.toUpperCase()}`;

/** Pseudo-random values that are the same in every run. */
export class Random {
  #seed;
  #drawn = 0;
  #pool = Buffer.alloc(0);

  constructor(seed) {
    this.#seed = seed;
  }

  /** A label from which {@link bytes} derives its value; each label is unique. */
  label() {
    return `${this.#seed} ${this.#drawn++}`;
  }

  bytes(size) {
    return bytes(this.label(), size);
  }

  /** An integer from 0, below `end`. */
  below(end) {
    if (this.#pool.length < 4) this.#pool = this.bytes(128);
    const number = this.#pool.readUInt32BE();
    this.#pool = this.#pool.subarray(4);
    return number % end;
  }

  /** An integer from `start` to `end`, both included. */
  between(start, end) {
    return start + this.below(end - start + 1);
  }

  chance(share) {
    return this.below(1e6) < share * 1e6;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  hex(length) {
    return this.bytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length);
  }

  digits(length) {
    return Array.from({ length }, () => this.below(10)).join('');
  }

  /** Digits and letters in lower and upper case. */
  text(length) {
    return Array.from({ length }, () => this.pick(ALPHANUMERIC)).join('');
  }
}

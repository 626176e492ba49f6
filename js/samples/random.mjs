import { bytes } from './seal.mjs';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const ALPHANUMERIC = `0123456789${LOWER}${LOWER.toUpperCase()}`;

/** Chance that is the same in every run. */
export class Random {
  #seed;
  #drawn = 0;
  #pool = Buffer.alloc(0);

  constructor(seed) {
    this.#seed = seed;
  }

  /** What {@link bytes} derives from: no two are alike. */
  label() {
    return `${this.#seed} ${this.#drawn++}`;
  }

  bytes(size) {
    return bytes(this.label(), size);
  }

  /** A whole number from 0, below `end`. */
  below(end) {
    if (this.#pool.length < 4) this.#pool = this.bytes(128);
    const number = this.#pool.readUInt32BE();
    this.#pool = this.#pool.subarray(4);
    return number % end;
  }

  /** A whole number from `start` to `end`, both possible. */
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

  /** Letters of both cases and digits. */
  text(length) {
    return Array.from({ length }, () => this.pick(ALPHANUMERIC)).join('');
  }
}

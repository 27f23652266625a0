/**
 * Pseudo-random numbers from a seed (xorshift32). They spread election timeouts, and nothing else rests on them: the
 * seed is an input, so that a run can be repeated.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Zero would give zeros for ever. The multiplication tells neighbouring seeds apart from the first number on.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
    this.#next();
    this.#next();
  }

  /** A whole number from 0 to one less than `count`. */
  below(count: number): number {
    return Math.floor((this.#next() / 2 ** 32) * count);
  }

  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }
}

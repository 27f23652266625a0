/**
 * Random numbers of the simulated world (sfc32, 128 bits of state). Every part of the world has a stream of its own,
 * so that leaving one fault out of a schedule changes as little else as possible.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = stream | 0;
    for (let i = 0; i < 15; i += 1) this.word();
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to one less than `count`. */
  below(count: number): number {
    return Math.floor((this.word() / 2 ** 32) * count);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True so many times in a million. */
  chance(perMillion: number): boolean {
    return perMillion > 0 && this.word() < perMillion * 4294.967296;
  }

  /**
   * A whole number of about this mean, falling off by half with every 0.7 of it, as waiting times do. There is no
   * logarithm in it, because its last bit may differ from one engine to the next.
   */
  skewed(mean: number): number {
    const halvings = Math.clz32(this.word());
    return Math.floor((halvings + this.word() / 2 ** 32) * mean * 0.7);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] as T;
  }
}

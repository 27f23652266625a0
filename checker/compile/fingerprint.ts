import type { Program } from "./program.ts";

/** The fingerprint of the state after: 64 bits in two lanes, the same for all renamings of symmetric ids. */
export class Fingerprint {
  low = 0;
  high = 0;
  readonly #program: Program;
  readonly #least: Int32Array;

  constructor(program: Program) {
    this.#program = program;
    this.#least = new Int32Array(program.words);
  }

  /** Computes both lanes, which are never both zero. */
  take(): void {
    const { memory, words, permutations } = this.#program;
    if (permutations.length === 0) {
      this.#mix(memory, words, 2 * words);
      return;
    }
    this.#leastRenaming();
    this.#mix(this.#least, 0, words);
  }

  #leastRenaming(): void {
    const { memory, words, permutations, rename, renamed } = this.#program;
    const least = this.#least;
    least.set(memory.subarray(words));
    for (const permutation of permutations) {
      rename(permutation);
      let at = 0;
      while (at < words && renamed[at] === least[at]) at += 1;
      if (at < words && (renamed[at] ?? 0) < (least[at] ?? 0)) least.set(renamed);
    }
  }

  #mix(source: Int32Array, from: number, to: number): void {
    let low = 0x9e3779b9 | 0;
    let high = 0x85ebca6b | 0;
    for (let at = from; at < to; at += 1) {
      const word = source[at] ?? 0;
      low = Math.imul(low ^ word, 0x01000193);
      low ^= low >>> 15;
      high = Math.imul(high + word, 0x2c1b3c6d) ^ (high >>> 13);
    }
    low = Math.imul(low ^ (low >>> 16), 0x7feb352d);
    high = Math.imul(high ^ (high >>> 16), 0x297a2d39);
    this.low = low ^ (low >>> 15);
    this.high = high ^ (high >>> 15);
    if (this.low === 0 && this.high === 0) this.high = 1;
  }
}

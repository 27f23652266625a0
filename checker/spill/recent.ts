/** Some fingerprints of states that were seen on earlier levels, the latest as a rule. It forgets, and never invents. */

const ways = 8;
const setWords = 2 * ways;

export class Recent {
  readonly #words: Int32Array;
  readonly #setsPerLane: number;
  #victim = 0;

  constructor(bytesMax: number) {
    const sets = Math.max(1, Math.floor(bytesMax / (setWords * 4)));
    this.#words = new Int32Array(sets * setWords);
    this.#setsPerLane = sets / 2 ** 32;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /** Brings the place of this fingerprint into the cache. */
  touch(low: number): number {
    return this.#words[this.#set(low)] as number;
  }

  has(low: number, high: number): boolean {
    const from = this.#set(low);
    const W = this.#words;
    for (let at = from; at < from + setWords; at += 2) if (W[at] === low && W[at + 1] === high) return true;
    return false;
  }

  put(low: number, high: number): void {
    if (this.has(low, high)) return;
    this.#victim = (this.#victim + 2) & (setWords - 1);
    const at = this.#set(low) + this.#victim;
    this.#words[at] = low;
    this.#words[at + 1] = high;
  }

  #set(low: number): number {
    return Math.floor((low >>> 0) * this.#setsPerLane) * setWords;
  }
}

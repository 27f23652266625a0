/** Numbers that look random and are the same for the same seed. */
export class Random {
  #word: number;

  constructor(seed: number) {
    this.#word = seed >>> 0;
  }

  /** From 0 to less than 1 (mulberry32). */
  next(): number {
    this.#word = (this.#word + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#word ^ (this.#word >>> 15), this.#word | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to less than `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing can be picked from an empty list");
    return item;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const keyed = items.map((item) => ({ item, at: this.next() }));
    return keyed.sort((one, other) => one.at - other.at).map(({ item }) => item);
  }
}

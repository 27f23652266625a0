/** Notes which function of a spec a thread is in, so that one that does not return can be named. */

/** What every thread knows: number 0 is no function. */
export const firstNames = ["", "the spec"] as const;
/** The number of a function that came to be known after this thread was given its names. */
const unnamed = 1;

export class Calls {
  readonly #slot: Int32Array;
  readonly #names: string[];
  readonly #numbers: Map<string, number>;
  readonly #named: ((name: string) => void) | null;

  /**
   * `named` is told each new name, in the order of their numbers. Without it the names stay those that were given, which is what
   * a thread needs that must use the numbers of another.
   */
  constructor(slot: Int32Array, names: readonly string[], named: ((name: string) => void) | null) {
    this.#slot = slot;
    this.#names = names.length === 0 ? [...firstNames] : [...names];
    this.#numbers = new Map(this.#names.map((name, number) => [name, number]));
    this.#named = named;
  }

  /** By number: what each is called. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The same function, which says when it is called and when it has returned. */
  marked<Args extends readonly unknown[], R>(name: string, run: (...args: Args) => R): (...args: Args) => R {
    const slot = this.#slot;
    const number = this.#numberOf(name);
    return (...args) => {
      const before = slot[0] as number;
      slot[0] = number;
      slot[1] = ((slot[1] as number) + 1) | 0;
      try {
        return run(...args);
      } finally {
        slot[0] = before;
      }
    };
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (this.#named === null) return unnamed;
    const number = this.#names.length;
    this.#names.push(name);
    this.#numbers.set(name, number);
    this.#named(name);
    return number;
  }
}

/** The order of a search: which of the states found is expanded next. */

export interface Frontier {
  /** A state was reached at this depth (initial states: 1); `fresh` where it was never seen before. */
  offer(node: number, depth: number, fresh: boolean): void;
  /** The next node to expand, or null where the search is over. */
  take(): { readonly node: number; readonly depth: number } | null;
  /** Nodes waiting. */
  readonly size: number;
  /** Of the level being expanded: nodes done, and nodes in all. Both zero for orders without levels. */
  readonly level: { readonly done: number; readonly size: number };
  /** Nodes that a bound of this frontier kept from being expanded. */
  readonly cut: number;
}

/** Level by level, so that the first behaviour to a state is a shortest one. */
export class BreadthFirst implements Frontier {
  readonly #depthMax: number;
  #current: number[] = [];
  #next: number[] = [];
  #done = 0;
  #depth = 1;
  cut = 0;

  /** States of level `depthMax` are checked and not expanded. */
  constructor(depthMax: number) {
    this.#depthMax = depthMax;
  }

  get size(): number {
    return this.#current.length - this.#done + this.#next.length;
  }

  get level(): { readonly done: number; readonly size: number } {
    return { done: this.#done, size: this.#current.length };
  }

  offer(node: number, depth: number, fresh: boolean): void {
    if (!fresh) return;
    if (depth >= this.#depthMax) this.cut += 1;
    else (depth === 1 ? this.#current : this.#next).push(node);
  }

  take(): { readonly node: number; readonly depth: number } | null {
    if (this.#done === this.#current.length) {
      this.#current = this.#next;
      this.#next = [];
      this.#done = 0;
      this.#depth += 1;
    }
    const node = this.#current[this.#done];
    if (node === undefined) return null;
    this.#done += 1;
    return { node, depth: this.#depth };
  }
}

/**
 * Deepest first, to a bound. A state met again at a smaller depth is expanded again: the bound cuts nothing it should not.
 * Without a bound nothing is cut, and each state is expanded once.
 */
export class DepthFirst implements Frontier {
  readonly #depthMax: number;
  readonly #stack: { readonly node: number; readonly depth: number }[] = [];
  readonly #depths: number[] = [];
  readonly #cutNodes = new Set<number>();
  readonly level = { done: 0, size: 0 };

  constructor(depthMax: number) {
    this.#depthMax = depthMax;
  }

  get size(): number {
    return this.#stack.length;
  }

  get cut(): number {
    return this.#cutNodes.size;
  }

  offer(node: number, depth: number): void {
    const known = this.#depths[node];
    if (known !== undefined && (known <= depth || this.#depthMax === Number.POSITIVE_INFINITY)) return;
    this.#depths[node] = depth;
    if (depth >= this.#depthMax) {
      this.#cutNodes.add(node);
      return;
    }
    this.#cutNodes.delete(node);
    this.#stack.push({ node, depth });
  }

  take(): { readonly node: number; readonly depth: number } | null {
    for (;;) {
      const top = this.#stack.pop();
      if (top === undefined) return null;
      if (this.#depths[top.node] === top.depth) return top;
    }
  }
}

/** Random walks from random initial states: of the successors just offered one is taken, the others are forgotten. */
export class RandomWalks implements Frontier {
  readonly #random: () => number;
  readonly #walksMax: number;
  readonly #lengthMax: number;
  readonly #starts: number[] = [];
  #offered: number[] = [];
  #depth = 0;
  readonly level = { done: 0, size: 0 };
  /** Steps of every finished walk. */
  readonly lengths: number[] = [];
  readonly cut = 0;

  /** `random` gives numbers in [0, 1); a walk has at most `lengthMax` steps. */
  constructor(random: () => number, walksMax: number, lengthMax: number) {
    this.#random = random;
    this.#walksMax = walksMax;
    this.#lengthMax = lengthMax;
  }

  /** The ways on from where the walk is; where there are none, the starts of the next walk. */
  get size(): number {
    if (this.#offered.length > 0) return this.#offered.length;
    return this.lengths.length < this.#walksMax ? this.#starts.length : 0;
  }

  offer(node: number, depth: number): void {
    (depth === 1 ? this.#starts : this.#offered).push(node);
  }

  take(): { readonly node: number; readonly depth: number } | null {
    const walking = this.#depth > 0;
    const goesOn = walking && this.#offered.length > 0 && this.#depth <= this.#lengthMax;
    if (walking && !goesOn) this.lengths.push(this.#depth - 1);
    if (!goesOn && this.lengths.length >= this.#walksMax) return null;
    const from = goesOn ? this.#offered : this.#starts;
    const node = from[Math.floor(this.#random() * from.length)];
    if (node === undefined) return null;
    this.#depth = goesOn ? this.#depth + 1 : 1;
    this.#offered = [];
    return { node, depth: this.#depth };
  }
}

/** A small seeded generator (mulberry32): the same seed gives the same walks everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

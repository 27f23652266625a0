/** Where the cells of a state are: how many bits of which word, and what a word's content means for a fingerprint. */
import type { Flyweights } from "./flyweights.ts";
import { type BagShape, flatten, type Shape } from "./places/shape.ts";

/**
 * A state is `stride` words: `words` of packed cells, then for each bag its size (copies counted) and its number of
 * different elements. Two states lie in one memory, the one before at 0 and the one after at `stride`; cells and bags of
 * the one after are counted on from those of the one before.
 */
export interface Layout {
  readonly words: number;
  readonly stride: number;
  /** Cells of one state. */
  readonly cells: number;
  readonly bags: readonly BagShape[];
  /** For each cell of both states: its word, the shift and the mask of its bits there, and its range. */
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;
  readonly least: Int32Array;
  readonly most: Int32Array;
  /** For each cell of one state: the table whose numbers it holds, and whether it is a mask. */
  readonly tables: readonly (Flyweights | null)[];
  readonly isMask: readonly boolean[];
  /** For each bit of each word the cell that it belongs to, or -1. */
  readonly cellOfBit: Int32Array;
  /** The words of a state in which every field has its first value. */
  readonly blank: Int32Array;
  readonly shape: Shape;
}

export function layoutOf(shape: Shape): Layout {
  const { cells, bags } = flatten(shape);
  const count = cells.length;
  const arrays = Array.from({ length: 5 }, () => new Int32Array(2 * count));
  const [word, shift, mask, least, most] = arrays as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  let at = 0;
  let used = 0;
  cells.forEach((cell, index) => {
    if (used + cell.bits > 32) {
      at += 1;
      used = 0;
    }
    word[index] = at;
    shift[index] = used & 31;
    mask[index] = cell.bits === 32 ? -1 : (1 << cell.bits) - 1;
    least[index] = cell.least;
    most[index] = cell.most;
    used += cell.bits;
  });
  const words = count === 0 ? 0 : at + 1;
  const stride = words + 2 * bags.length;
  for (let index = 0; index < count; index += 1) {
    word[count + index] = (word[index] ?? 0) + stride;
    for (const array of [shift, mask, least, most]) array[count + index] = array[index] ?? 0;
  }
  const blank = new Int32Array(words + bags.length);
  cells.forEach(({ initial }, index) => {
    blank[word[index] ?? 0] = (blank[word[index] ?? 0] ?? 0) | (initial << (shift[index] ?? 0));
  });
  const cellOfBit = new Int32Array(32 * words).fill(-1);
  for (let index = 0; index < count; index += 1) {
    const from = 32 * (word[index] ?? 0) + (shift[index] ?? 0);
    const bits = cells[index]?.bits ?? 0;
    cellOfBit.fill(index, from, from + bits);
  }
  const tables = cells.map(({ table }) => table);
  const isMask = cells.map((cell) => cell.isMask);
  return { words, stride, cells: count, bags, word, shift, mask, least, most, tables, isMask, cellOfBit, blank, shape };
}

/**
 * 64 bits, as two words, in which some bit stands for each cell and each bag: what does not share a bit has nothing in
 * common.
 */
export class Signature {
  low = 0;
  high = 0;
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  clear(): void {
    this.low = 0;
    this.high = 0;
  }

  /** Adds the cells of these bits of a word of either state. */
  addBits(word: number, bits: number): void {
    const { stride, words, bags, cellOfBit } = this.#layout;
    const own = word >= stride ? word - stride : word;
    if (own >= words) {
      this.addBag((own - words) % bags.length);
      return;
    }
    for (let bit = 0; bit < 32; bit += 1) {
      if (((bits >>> bit) & 1) === 1) this.#add(cellOfBit[32 * own + bit] ?? 0);
    }
  }

  /** Adds a bag of either state. */
  addBag(bag: number): void {
    this.#add(this.#layout.cells + (bag % this.#layout.bags.length));
  }

  #add(index: number): void {
    if ((index & 32) === 0) this.low |= 1 << (index & 31);
    else this.high |= 1 << (index & 31);
  }
}

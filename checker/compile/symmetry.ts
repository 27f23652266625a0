/** The least fingerprint of a state's renamings: the same for all states that differ in the names of symmetric ids. */
import type { Permutation } from "../../spec/lang/index.ts";
import { copiesShift, numberMask } from "./entries.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Flyweights } from "./flyweights.ts";
import type { Memory } from "./memory.ts";
import type { Cell } from "./places/cells.ts";
import type { Shape } from "./places/shape.ts";
import type { Program } from "./program.ts";
import { withRoom } from "./room.ts";
import { leafWords } from "./tries.ts";

/** What a permutation does to the cells and bags of a state. */
export interface Renaming {
  readonly permutation: Permutation;
  /** For each cell the cell that its content moves to. */
  readonly cellTo: Int32Array;
  /** For each cell the image of each code, where codes change. */
  readonly codes: (Int32Array | null)[];
  /** For each cell that is a mask where its bits go: to which cell, and which bit there. */
  readonly bits: (readonly { readonly cell: number; readonly bit: number }[] | null)[];
  /** For each element of a sequence the cell of the length and the position. */
  readonly positions: ({ readonly length: number; readonly at: number } | null)[];
  readonly bagTo: number[];
}

/** Codes of a cell up to this have their contributions in a list. */
const listedMost = 255;

/** The place of a state's own names among renamings. */
export const unrenamed = -1;

export class Symmetry {
  low = 0;
  high = 0;
  /** The renaming whose fingerprint that is. */
  renaming = unrenamed;
  readonly #memory: Memory;
  readonly #fingerprints: Fingerprints;
  readonly #renamings: readonly Renaming[];
  /** For each listed cell, where its contributions begin: for each code, both lanes under each renaming. */
  readonly #lists: Int32Array;
  readonly #contributions: Int32Array;
  /** The same for one copy of each number in each bag, and which numbers are known. */
  readonly #ofElements: Int32Array[];
  readonly #known: Uint8Array[];
  /** Both lanes under each renaming. */
  readonly #sums: Int32Array;
  /** The same of the state before, with the sums of its own. */
  readonly #before: Int32Array;
  #beforeLow = 0;
  #beforeHigh = 0;
  /** For each word its cells, for each cell its bits there, and, where it is the length of a sequence, the cells of that. */
  readonly #cellsOf: readonly (readonly number[])[];
  readonly #bitsOf: Int32Array;
  readonly #inSequence: readonly (readonly number[])[];
  /** Cells that a step touches, each once: the round in which it was. */
  readonly #touched: Int32Array;
  readonly #touchedIn: Int32Array;
  #touchedCount = 0;
  #round = 0;

  constructor(memory: Memory, fingerprints: Fingerprints, program: Program, permutations: readonly Permutation[]) {
    this.#memory = memory;
    this.#fingerprints = fingerprints;
    this.#renamings = permutations.map((permutation) => renamingOf(program.layout.shape, permutation));
    this.#sums = new Int32Array(2 * permutations.length);
    this.#before = new Int32Array(2 * permutations.length);
    const { cells, words, word, shift, mask, bags } = memory.layout;
    const all = Array.from({ length: cells }, (_, cell) => cell);
    this.#cellsOf = Array.from({ length: words }, (_, index) => all.filter((cell) => word[cell] === index));
    this.#bitsOf = Int32Array.from(all, (cell) => (mask[cell] as number) << (shift[cell] as number));
    const { positions } = this.#renamings[0] as Renaming;
    this.#inSequence = all.map((length) => all.filter((cell) => positions[cell]?.length === length));
    this.#touched = new Int32Array(cells);
    this.#touchedIn = new Int32Array(cells);
    this.#lists = new Int32Array(cells).fill(-1);
    this.#contributions = this.#listed();
    this.#ofElements = bags.map(() => new Int32Array(2 * permutations.length * 64));
    this.#known = bags.map(() => new Uint8Array(64));
  }

  /** Finds the least fingerprint of the state after. */
  least(): void {
    this.#addUp();
    this.#choose(this.#fingerprints.low, this.#fingerprints.high);
  }

  /** Begins with a state, which is the state before while nothing is applied: steps from it change its sums. */
  begin(): void {
    this.#addUp();
    this.#before.set(this.#sums);
    this.#beforeLow = this.#fingerprints.low;
    this.#beforeHigh = this.#fingerprints.high;
  }

  /** The same as `least`, from the sums of the state that began and what the step of this leaf, which is applied, changes. */
  leastAfter(T: Int32Array, leaf: number): void {
    this.#sums.set(this.#before);
    this.#findTouched(T, leaf);
    for (let i = 0; i < this.#touchedCount; i += 1) {
      const cell = this.#touched[i] as number;
      this.#addCell(cell, 0, -1);
      this.#addCell(cell, this.#memory.layout.cells, 1);
    }
    const { applied, appliedCount } = this.#memory;
    for (let at = 0; at < 3 * appliedCount; at += 3) {
      const bag = applied[at] as number;
      const number = applied[at + 1] as number;
      const copies = (this.#memory.copies[bag] as Uint8Array)[number] as number;
      this.#addNumber(bag, number, copies - (applied[at + 2] as number), -1);
      this.#addNumber(bag, number, copies, 1);
    }
    this.#choose((this.#beforeLow + (T[leaf + 4] as number)) | 0, (this.#beforeHigh + (T[leaf + 5] as number)) | 0);
  }

  /** Makes the sums of the state after, and its own in the fingerprints. */
  #addUp(): void {
    this.#sums.fill(0);
    const { cells, words, stride, bags } = this.#memory.layout;
    for (let cell = 0; cell < cells; cell += 1) this.#addCell(cell, cells, 1);
    for (let bag = 0; bag < bags.length; bag += 1) {
      const entries = this.#memory.entriesAfter(bag);
      const different = this.#memory.words[stride + words + bags.length + bag] as number;
      for (let i = 0; i < different; i += 1)
        this.#addNumber(bag, (entries[i] as number) & numberMask, (entries[i] as number) >>> copiesShift, 1);
    }
    this.#fingerprints.ofAfter();
  }

  /** Chooses the least of the sums and of the state's own. */
  #choose(ownLow: number, ownHigh: number): void {
    const sums = this.#sums;
    this.low = ownLow;
    this.high = ownHigh;
    this.renaming = unrenamed;
    for (let at = 0; at < sums.length; at += 2) {
      const low = sums[at] as number;
      const high = sums[at + 1] as number;
      if (high === this.high ? low >>> 0 >= this.low >>> 0 : high >>> 0 > this.high >>> 0) continue;
      this.low = low;
      this.high = high;
      this.renaming = at >>> 1;
    }
  }

  /** Lists the cells that contribute something else after the step of this leaf, and perhaps some others. */
  #findTouched(T: Int32Array, leaf: number): void {
    this.#touchedCount = 0;
    this.#round += 1;
    const { stride } = this.#memory.layout;
    const W = this.#memory.words;
    const end = leaf + leafWords + 3 * (T[leaf + 2] as number);
    for (let at = leaf + leafWords; at < end; at += 3) {
      const word = T[at] as number;
      const changed = (W[word] as number) ^ (W[stride + word] as number);
      if (changed === 0) continue;
      for (const cell of this.#cellsOf[word] as readonly number[]) {
        if ((changed & (this.#bitsOf[cell] as number)) === 0) continue;
        this.#touch(cell);
        // What stands beyond the end of a sequence counts for nothing.
        for (const other of this.#inSequence[cell] as readonly number[]) this.#touch(other);
      }
    }
  }

  #touch(cell: number): void {
    if (this.#touchedIn[cell] === this.#round) return;
    this.#touchedIn[cell] = this.#round;
    this.#touched[this.#touchedCount] = cell;
    this.#touchedCount += 1;
  }

  /** Adds (`sign` 1) or takes away (-1) what a cell contributes: of the state before with `offset` 0, after with `cells`. */
  #addCell(cell: number, offset: number, sign: 1 | -1): void {
    const { layout, words: W } = this.#memory;
    const { word, shift, mask } = layout;
    const at = offset + cell;
    const code = ((W[word[at] as number] as number) >>> (shift[at] as number)) & (mask[at] as number);
    const position = (this.#renamings[0] as Renaming).positions[cell];
    if (position !== null && position !== undefined) {
      const length = offset + position.length;
      const now = ((W[word[length] as number] as number) >>> (shift[length] as number)) & (mask[length] as number);
      if (position.at > now) return;
    }
    const list = this.#lists[cell] as number;
    if (list >= 0) this.#addListed(this.#contributions, list + code * this.#sums.length, sign);
    else if (code !== 0 || position !== undefined) this.#addUnlisted(cell, code, sign);
  }

  #addListed(list: Int32Array, from: number, sign: 1 | -1): void {
    const sums = this.#sums;
    const width = sums.length;
    if (sign === 1) for (let i = 0; i < width; i += 1) sums[i] = ((sums[i] as number) + (list[from + i] as number)) | 0;
    else for (let i = 0; i < width; i += 1) sums[i] = ((sums[i] as number) - (list[from + i] as number)) | 0;
  }

  #addUnlisted(cell: number, code: number, sign: 1 | -1): void {
    this.#renamings.forEach((renaming, index) => {
      this.#fingerprints.start();
      this.#contribute(renaming, cell, code);
      this.#addFingerprint(index, sign);
    });
  }

  /** Adds or takes away what an element of a bag contributes with this many copies. */
  #addNumber(bag: number, number: number, copies: number, sign: 1 | -1): void {
    if (copies === 0) return;
    if (copies === 1) {
      if ((this.#known[bag] as Uint8Array)[number] !== 1) this.#learn(bag, number);
      this.#addListed(this.#ofElements[bag] as Int32Array, number * this.#sums.length, sign);
      return;
    }
    const { table } = this.#memory.layout.bags[bag] as { readonly table: Flyweights };
    this.#renamings.forEach(({ bagTo, permutation }, index) => {
      this.#fingerprints.start();
      this.#fingerprints.element(bagTo[bag] as number, table.imageOf(number, permutation), copies, 1);
      this.#addFingerprint(index, sign);
    });
  }

  /** Adds to the sums of a renaming, or takes away, what stands in the fingerprints. */
  #addFingerprint(index: number, sign: 1 | -1): void {
    const { low, high } = this.#fingerprints;
    const sums = this.#sums;
    sums[2 * index] = ((sums[2 * index] as number) + sign * low) | 0;
    sums[2 * index + 1] = ((sums[2 * index + 1] as number) + sign * high) | 0;
  }

  #learn(bag: number, number: number): void {
    const width = this.#sums.length;
    this.#known[bag] = withRoom(this.#known[bag] as Uint8Array, number + 1);
    this.#ofElements[bag] = withRoom(this.#ofElements[bag] as Int32Array, (number + 1) * width);
    const F = this.#fingerprints;
    const { table } = this.#memory.layout.bags[bag] as { readonly table: Flyweights };
    this.#renamings.forEach(({ bagTo, permutation }, index) => {
      F.start();
      F.element(bagTo[bag] as number, table.imageOf(number, permutation), 1, 1);
      (this.#ofElements[bag] as Int32Array).set([F.low, F.high], number * width + 2 * index);
    });
    (this.#known[bag] as Uint8Array)[number] = 1;
  }

  /** The contributions of all cells with few codes. */
  #listed(): Int32Array {
    const { cells, mask, tables } = this.#memory.layout;
    const F = this.#fingerprints;
    let words = 0;
    for (let cell = 0; cell < cells; cell += 1) {
      const most = mask[cell] as number;
      if (tables[cell] !== null || most < 0 || most > listedMost) continue;
      this.#lists[cell] = words;
      words += (most + 1) * this.#sums.length;
    }
    const all = new Int32Array(words);
    for (let cell = 0; cell < cells; cell += 1) {
      let at = this.#lists[cell] as number;
      if (at < 0) continue;
      for (let code = 0; code <= (mask[cell] as number); code += 1) {
        for (const renaming of this.#renamings) {
          F.start();
          this.#contribute(renaming, cell, code);
          all[at] = F.low;
          all[at + 1] = F.high;
          at += 2;
        }
      }
    }
    return all;
  }

  /** Adds what a cell with this code contributes to the renamed state. */
  #contribute({ permutation, cellTo, codes, bits }: Renaming, cell: number, code: number): void {
    const { word, shift, tables } = this.#memory.layout;
    const F = this.#fingerprints;
    const moves = bits[cell];
    if (moves !== null && moves !== undefined) {
      moves.forEach((move, bit) => {
        if (((code >>> bit) & 1) === 0) return;
        F.unit(32 * (word[move.cell] as number) + (shift[move.cell] as number) + move.bit, 1, null, 1);
      });
      return;
    }
    const to = cellTo[cell] as number;
    const table = tables[cell] ?? null;
    const images = codes[cell];
    // A code that the cell never holds has no image.
    const listed = images === null || images === undefined ? code : (images[code] ?? 0);
    const image = table === null ? listed : code === 0 ? 0 : table.imageOf(code, permutation);
    F.unit(32 * (word[to] as number) + (shift[to] as number), image, table, 1);
  }
}

export function renamingOf(shape: Shape, permutation: Permutation): Renaming {
  const cellTo = new Int32Array(shape.cells);
  const codes: Renaming["codes"] = [];
  const bits: Renaming["bits"] = [];
  const positions: Renaming["positions"] = [];
  const bagTo: number[] = [];
  const visit = (at: Shape, cell: number, to: number, bag: number, toBag: number): void => {
    switch (at.kind) {
      case "cell":
        cellTo[cell] = to;
        codes[cell] = imagesOf(at.cell, permutation);
        return;
      case "record": {
        let cells = 0;
        let bags = 0;
        for (const { shape: field } of at.fields) {
          visit(field, cell + cells, to + cells, bag + bags, toBag + bags);
          cells += field.cells;
          bags += field.bags;
        }
        return;
      }
      case "map":
        at.keys.forEach((_, i) => {
          const j = at.imageOf(i, permutation);
          const { cells, bags } = at.value;
          visit(at.value, cell + i * cells, to + j * cells, bag + i * bags, toBag + j * bags);
        });
        return;
      case "sequence":
        for (let i = 0; i <= at.max; i += 1) cellTo[cell + i] = to + i;
        for (let i = 1; i <= at.max; i += 1) {
          codes[cell + i] = imagesOf(at.element, permutation);
          positions[cell + i] = { length: cell, at: i };
        }
        return;
      case "mask":
        for (let i = 0; i < at.cells; i += 1) {
          bits[cell + i] = Array.from({ length: Math.min(32, at.size - 32 * i) }, (_, bit) => {
            const image = at.element.rename(32 * i + bit + at.element.least, permutation) - at.element.least;
            return { cell: to + (image >>> 5), bit: image & 31 };
          });
        }
        return;
      case "bag":
        bagTo[bag] = toBag;
    }
  };
  visit(shape, 0, 0, 0, 0);
  return { permutation, cellTo, codes, bits, positions, bagTo };
}

/** The image of each code, or null where codes keep themselves or are too many for a list. */
function imagesOf(cell: Cell, permutation: Permutation): Int32Array | null {
  if (cell.table !== null || cell.most > 4096) return null;
  const images = Int32Array.from({ length: cell.most + 1 }, (_, code) => cell.rename(code, permutation));
  return images.every((image, code) => image === code) ? null : images;
}

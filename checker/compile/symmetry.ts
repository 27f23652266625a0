/** The least fingerprint of a state's renamings: the same for all states that differ in the names of symmetric ids. */
import type { Permutation } from "../../spec/lang/index.ts";
import type { Cell } from "./cells.ts";
import { copiesShift, numberMask } from "./entries.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Flyweights } from "./flyweights.ts";
import type { Memory } from "./memory.ts";
import type { Program } from "./program.ts";
import { withRoom } from "./room.ts";
import type { MapShape, Shape } from "./shape.ts";

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

  constructor(memory: Memory, fingerprints: Fingerprints, program: Program, permutations: readonly Permutation[]) {
    this.#memory = memory;
    this.#fingerprints = fingerprints;
    this.#renamings = permutations.map((permutation) => renamingOf(program.layout.shape, permutation));
    this.#sums = new Int32Array(2 * permutations.length);
    const { cells, bags } = memory.layout;
    this.#lists = new Int32Array(cells).fill(-1);
    this.#contributions = this.#listed();
    this.#ofElements = bags.map(() => new Int32Array(2 * permutations.length * 64));
    this.#known = bags.map(() => new Uint8Array(64));
  }

  /** Finds the least fingerprint of the state after. */
  least(): void {
    const F = this.#fingerprints;
    const sums = this.#sums;
    F.ofAfter();
    this.low = F.low;
    this.high = F.high;
    this.renaming = unrenamed;
    sums.fill(0);
    this.#addCells();
    this.#addBags();
    for (let at = 0; at < sums.length; at += 2) {
      const low = sums[at] as number;
      const high = sums[at + 1] as number;
      if (high === this.high ? low >>> 0 >= this.low >>> 0 : high >>> 0 > this.high >>> 0) continue;
      this.low = low;
      this.high = high;
      this.renaming = at >>> 1;
    }
  }

  #addCells(): void {
    const { layout, words: W } = this.#memory;
    const { word, shift, mask, cells } = layout;
    const sums = this.#sums;
    const width = sums.length;
    const contributions = this.#contributions;
    const { positions } = this.#renamings[0] as Renaming;
    for (let cell = 0; cell < cells; cell += 1) {
      const at = cells + cell;
      const code = ((W[word[at] as number] as number) >>> (shift[at] as number)) & (mask[at] as number);
      const position = positions[cell];
      if (position !== null && position !== undefined) {
        const length = cells + position.length;
        const now = ((W[word[length] as number] as number) >>> (shift[length] as number)) & (mask[length] as number);
        if (position.at > now) continue;
      }
      const list = this.#lists[cell] as number;
      if (list >= 0) {
        const from = list + code * width;
        for (let i = 0; i < width; i += 1) sums[i] = ((sums[i] as number) + (contributions[from + i] as number)) | 0;
      } else if (code !== 0 || position !== undefined) this.#addUnlisted(cell, code);
    }
  }

  #addUnlisted(cell: number, code: number): void {
    const F = this.#fingerprints;
    this.#renamings.forEach((renaming, index) => {
      F.start();
      this.#contribute(renaming, cell, code);
      this.#sums[2 * index] = ((this.#sums[2 * index] as number) + F.low) | 0;
      this.#sums[2 * index + 1] = ((this.#sums[2 * index + 1] as number) + F.high) | 0;
    });
  }

  #addBags(): void {
    const { layout, words: W } = this.#memory;
    const { words, stride, bags } = layout;
    const sums = this.#sums;
    const width = sums.length;
    for (let bag = 0; bag < bags.length; bag += 1) {
      const entries = this.#memory.entriesAfter(bag);
      const different = W[stride + words + bags.length + bag] as number;
      for (let i = 0; i < different; i += 1) {
        const number = (entries[i] as number) & numberMask;
        const copies = (entries[i] as number) >>> copiesShift;
        if (copies !== 1) {
          this.#addElement(bag, number, copies);
          continue;
        }
        if ((this.#known[bag] as Uint8Array)[number] !== 1) this.#learn(bag, number);
        const list = this.#ofElements[bag] as Int32Array;
        const from = number * width;
        for (let at = 0; at < width; at += 1) sums[at] = ((sums[at] as number) + (list[from + at] as number)) | 0;
      }
    }
  }

  #addElement(bag: number, number: number, copies: number): void {
    const F = this.#fingerprints;
    const { table } = this.#memory.layout.bags[bag] as { readonly table: Flyweights };
    this.#renamings.forEach(({ bagTo, permutation }, index) => {
      F.start();
      F.element(bagTo[bag] as number, table.imageOf(number, permutation), copies, 1);
      this.#sums[2 * index] = ((this.#sums[2 * index] as number) + F.low) | 0;
      this.#sums[2 * index + 1] = ((this.#sums[2 * index + 1] as number) + F.high) | 0;
    });
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
    const all: number[] = [];
    for (let cell = 0; cell < cells; cell += 1) {
      const most = mask[cell] as number;
      if (tables[cell] !== null || most < 0 || most > listedMost) continue;
      this.#lists[cell] = all.length;
      for (let code = 0; code <= most; code += 1) {
        for (const renaming of this.#renamings) {
          F.start();
          this.#contribute(renaming, cell, code);
          all.push(F.low, F.high);
        }
      }
    }
    return Int32Array.from(all);
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
          const j = positionImage(at, i, permutation);
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

/** Where the value at this position of a map goes. */
function positionImage({ keys, keyCell }: MapShape, position: number, permutation: Permutation): number {
  const { table, least } = keyCell;
  if (table === null) return keyCell.rename(position + least, permutation) - least;
  const image = table.imageOf(table.numberOf(keys[position]), permutation);
  return keys.findIndex((key) => table.numberOf(key) === image);
}

/** The least fingerprint of a state's renamings: the same for all states that differ in the names of symmetric ids. */
import type { Permutation } from "../../spec/lang/index.ts";
import type { Cell } from "./cells.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Flyweights } from "./flyweights.ts";
import { copiesShift, type Memory, numberMask } from "./memory.ts";
import type { Program } from "./program.ts";
import type { MapShape, Shape } from "./shape.ts";

/** What a permutation does to the cells and bags of a state. */
interface Renaming {
  readonly permutation: Permutation;
  /** For each cell the cell that its content moves to. */
  readonly cellTo: Int32Array;
  /** For each cell the image of each code, where codes change. */
  readonly codes: (Int32Array | null)[];
  /** For each cell that holds numbers of flyweights their table. */
  readonly tables: (Flyweights | null)[];
  /** For each cell that is a mask where its bits go: to which cell, and which bit there. */
  readonly bits: (readonly { readonly cell: number; readonly bit: number }[] | null)[];
  /** For each element of a sequence the cell of the length and the position. */
  readonly positions: ({ readonly length: number; readonly at: number } | null)[];
  readonly bagTo: number[];
}

export class Symmetry {
  low = 0;
  high = 0;
  readonly #memory: Memory;
  readonly #renamings: readonly Renaming[];
  readonly #words: Int32Array;

  constructor(memory: Memory, program: Program, permutations: readonly Permutation[]) {
    this.#memory = memory;
    this.#words = new Int32Array(memory.layout.words);
    this.#renamings = permutations.map((permutation) => renamingOf(program.layout.shape, permutation));
  }

  /** Finds the least fingerprint of the state after. */
  least(fingerprints: Fingerprints): void {
    fingerprints.ofAfter();
    this.low = fingerprints.low;
    this.high = fingerprints.high;
    for (const renaming of this.#renamings) {
      this.#rename(renaming);
      fingerprints.start();
      fingerprints.ofWords(this.#words, 0);
      this.#addBags(renaming, fingerprints);
      if (isLess(fingerprints, this)) {
        this.low = fingerprints.low;
        this.high = fingerprints.high;
      }
    }
  }

  #addBags({ bagTo, permutation }: Renaming, fingerprints: Fingerprints): void {
    const { bags, words, stride } = this.#memory.layout;
    for (let bag = 0; bag < bags.length; bag += 1) {
      const to = bagTo[bag] as number;
      const { table } = bags[bag] as (typeof bags)[number];
      const entries = this.#memory.entriesAfter(bag);
      const different = this.#memory.words[stride + words + bags.length + bag] as number;
      for (let i = 0; i < different; i += 1) {
        const entry = entries[i] as number;
        fingerprints.element(to, table.imageOf(entry & numberMask, permutation), entry >>> copiesShift, 1);
      }
    }
  }

  #rename({ permutation, cellTo, codes, tables, bits, positions }: Renaming): void {
    const { layout, words: W } = this.#memory;
    const { word, shift, mask, cells } = layout;
    const R = this.#words;
    R.fill(0);
    for (let cell = 0; cell < cells; cell += 1) {
      const content =
        ((W[word[cells + cell] as number] as number) >>> (shift[cell] as number)) & (mask[cell] as number);
      const moves = bits[cell];
      if (moves !== null && moves !== undefined) {
        for (let bit = 0; bit < moves.length; bit += 1) {
          if (((content >>> bit) & 1) === 0) continue;
          const move = moves[bit] as (typeof moves)[number];
          const target = word[move.cell] as number;
          R[target] = (R[target] as number) | (1 << ((shift[move.cell] as number) + move.bit));
        }
        continue;
      }
      const position = positions[cell];
      if (position !== null && position !== undefined) {
        const length = cells + position.length;
        const now = ((W[word[length] as number] as number) >>> (shift[length] as number)) & (mask[length] as number);
        if (position.at > now) continue;
      }
      const images = codes[cell];
      const table = tables[cell];
      const code =
        table !== null && table !== undefined
          ? content === 0
            ? 0
            : table.imageOf(content, permutation)
          : images === null || images === undefined
            ? content
            : (images[content] as number);
      const to = cellTo[cell] as number;
      const target = word[to] as number;
      R[target] = (R[target] as number) | (code << (shift[to] as number));
    }
  }
}

function isLess(a: { low: number; high: number }, b: { low: number; high: number }): boolean {
  return a.high === b.high ? a.low >>> 0 < b.low >>> 0 : a.high >>> 0 < b.high >>> 0;
}

function renamingOf(shape: Shape, permutation: Permutation): Renaming {
  const cellTo = new Int32Array(shape.cells);
  const codes: Renaming["codes"] = [];
  const tables: Renaming["tables"] = [];
  const bits: Renaming["bits"] = [];
  const positions: Renaming["positions"] = [];
  const bagTo: number[] = [];
  const visit = (at: Shape, cell: number, to: number, bag: number, toBag: number): void => {
    switch (at.kind) {
      case "cell":
        cellTo[cell] = to;
        codes[cell] = imagesOf(at.cell, permutation);
        tables[cell] = at.cell.table;
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
          tables[cell + i] = at.element.table;
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
  return { permutation, cellTo, codes, tables, bits, positions, bagTo };
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

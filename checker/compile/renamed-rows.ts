/** Rows of states with the names of symmetric ids exchanged: what a step and another name for its parent lead to. */
import type { Permutation } from "../../spec/lang/index.ts";
import { numberMask } from "./entries.ts";
import type { Layout } from "./layout.ts";
import { withRoom } from "./room.ts";
import { type Renaming, renamingOf } from "./symmetry.ts";

export class RenamedRows {
  /** The row that was made last, from 0. */
  row = new Int32Array(64);
  readonly #layout: Layout;
  readonly #renamings: readonly Renaming[];

  constructor(layout: Layout, permutations: readonly Permutation[]) {
    this.#layout = layout;
    this.#renamings = permutations.map((permutation) => renamingOf(layout.shape, permutation));
  }

  /** Makes the image of the row from 0 to `end` under a renaming; it ends where this one does. */
  rename(row: Int32Array, end: number, index: number): void {
    const renaming = this.#renamings[index];
    if (renaming === undefined) throw new RangeError(`there is no renaming ${index}`);
    this.row = withRoom(this.row, end);
    this.row.fill(0, 0, this.#layout.words);
    this.#renameCells(row, renaming);
    this.#renameBags(row, renaming);
  }

  #renameCells(row: Int32Array, renaming: Renaming): void {
    const { word, shift, cells, tables } = this.#layout;
    for (let cell = 0; cell < cells; cell += 1) {
      const code = this.#codeOf(row, cell);
      const position = renaming.positions[cell] ?? null;
      if (position !== null && position.at > this.#codeOf(row, position.length)) continue;
      const moves = renaming.bits[cell] ?? null;
      if (moves !== null) {
        moves.forEach((move, bit) => {
          if (((code >>> bit) & 1) === 1) this.#set(word[move.cell] ?? 0, 1 << ((shift[move.cell] ?? 0) + move.bit));
        });
        continue;
      }
      const to = renaming.cellTo[cell] ?? 0;
      const table = tables[cell] ?? null;
      const images = renaming.codes[cell] ?? null;
      const listed = images === null ? code : (images[code] ?? 0);
      const image = table === null ? listed : code === 0 ? 0 : table.imageOf(code, renaming.permutation);
      this.#set(word[to] ?? 0, image << (shift[to] ?? 0));
    }
  }

  #codeOf(row: Int32Array, cell: number): number {
    const { word, shift, mask } = this.#layout;
    return ((row[word[cell] ?? 0] ?? 0) >>> (shift[cell] ?? 0)) & (mask[cell] ?? 0);
  }

  #set(word: number, bits: number): void {
    this.row[word] = (this.row[word] ?? 0) | bits;
  }

  #renameBags(row: Int32Array, { bagTo, permutation }: Renaming): void {
    const { words, bags } = this.#layout;
    const starts: number[] = [];
    let from = words;
    for (let bag = 0; bag < bags.length; bag += 1) {
      starts.push(from);
      from += 1 + (row[from] ?? 0);
    }
    let at = words;
    for (let to = 0; to < bags.length; to += 1) {
      const bag = bagTo.indexOf(to);
      const start = starts[bag] ?? 0;
      const entries = row[start] ?? 0;
      const table = bags[bag]?.table;
      if (table === undefined) throw new RangeError("a renaming moves every bag to another");
      this.row[at] = entries;
      for (let i = 1; i <= entries; i += 1) {
        const entry = row[start + i] ?? 0;
        this.#insert(at + 1, at + i, table.imageOf(entry & numberMask, permutation) | (entry & ~numberMask));
      }
      at += 1 + entries;
    }
  }

  /** Puts an entry in its place among those from `first`, in the order of their numbers. */
  #insert(first: number, end: number, entry: number): void {
    const { row } = this;
    const number = entry & numberMask;
    let at = end;
    for (; at > first && ((row[at - 1] ?? 0) & numberMask) > number; at -= 1) row[at] = row[at - 1] ?? 0;
    row[at] = entry;
  }
}

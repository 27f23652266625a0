/** A table of states that are lists of words, each with a lane that it shares with others. */
import { Archive } from "./archive.ts";
import type { Comparison, Table } from "./table.ts";

export interface State {
  readonly low: number;
  /** All of one length, as an archive that compares beginnings needs it. */
  readonly content: readonly number[];
}

export class Comparing implements Comparison {
  readonly table: Table;
  readonly #archive: Archive;
  #words = new Int32Array(0);

  constructor(table: Table) {
    this.table = table;
    this.#archive = table.archive ?? new Archive(null);
    table.compareBy(this);
  }

  add({ low, content }: State): number {
    this.#words = Int32Array.from(content);
    return this.table.add(low, 1, 1, 1, 0);
  }

  keep(): number {
    return this.#archive.keep(this.#words, this.#words.length);
  }

  isKept(reference: number): boolean {
    return this.#archive.holds(reference, this.#words, this.#words.length);
  }

  /** The first word of what is kept stands for its high lane. */
  highOf(reference: number): number {
    return this.#archive.from(reference)[0] ?? 0;
  }
}

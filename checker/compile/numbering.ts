import type { Flyweights, Registry } from "./flyweights.ts";
import { entryWords, readEntry, writeEntry } from "./key-log.ts";

/** Numbers of flyweights of one thread. It keeps the order in which they were given, so that they can be given again. */
export class Numbering implements Registry {
  #log: Int32Array;
  #used: number;
  #read = 0;
  #tables: readonly Flyweights[] = [];

  /** `log` of an earlier search of the same model, whose numbers are given again; null for a new one. */
  constructor(log: Int32Array | null) {
    this.#log = log ?? new Int32Array(1024);
    this.#used = log?.length ?? 0;
  }

  /** What was numbered so far. */
  get log(): Int32Array {
    return this.#log.subarray(0, this.#used);
  }

  serve(tables: readonly Flyweights[]): void {
    this.#tables = tables;
  }

  register(table: Flyweights, key: string): number {
    this.adopt();
    const known = table.known(key);
    if (known !== undefined) return known;
    const end = this.#used + entryWords(key);
    if (end > this.#log.length) {
      const larger = new Int32Array(2 * end);
      larger.set(this.log);
      this.#log = larger;
    }
    writeEntry(this.#log, this.#used, table.index, key);
    this.#used = end;
    this.#read = end;
    return table.append(key);
  }

  adopt(): void {
    while (this.#read < this.#used) {
      const { table: index, key, end } = readEntry(this.#log, this.#read);
      const table = this.#tables[index];
      // The program is still being made: the table comes later, and with it what is left here.
      if (table === undefined) return;
      if (table.known(key) === undefined) table.append(key);
      this.#read = end;
    }
  }
}

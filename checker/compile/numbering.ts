import type { Flyweights, Registry } from "./flyweights.ts";
import { adoptEntries, entryWords, writeEntry } from "./key-log.ts";
import { withRoom } from "./room.ts";

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
    this.#log = withRoom(this.#log, end);
    writeEntry(this.#log, this.#used, table.index, key);
    this.#used = end;
    this.#read = end;
    return table.append(key);
  }

  adopt(): void {
    this.#read = adoptEntries(this.#log, this.#read, this.#used, this.#tables);
  }
}

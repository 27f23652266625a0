/**
 * Numbers of flyweights that threads agree on: a log in shared memory of which key was added to which table. A thread
 * reads what others appended before it appends, under a lock; it happens a few thousand times in a run.
 */
import type { Flyweights, Registry } from "../compile/flyweights.ts";

/** The first words of the memory: the lock, the words in use, then entries of table, length and code units. */
const lock = 0;
const used = 1;
const header = 2;
const logBytes = 1 << 26;

export class SharedRegistry implements Registry {
  readonly memory: SharedArrayBuffer;
  readonly #log: Int32Array;
  #tables: readonly Flyweights[] = [];
  #read = header;

  constructor(memory: SharedArrayBuffer | null) {
    this.memory = memory ?? new SharedArrayBuffer(logBytes);
    this.#log = new Int32Array(this.memory);
    if (memory === null) this.#log[used] = header;
  }

  serve(tables: readonly Flyweights[]): void {
    this.#tables = tables;
  }

  register(table: Flyweights, key: string): number {
    const log = this.#log;
    while (Atomics.compareExchange(log, lock, 0, 1) !== 0) Atomics.wait(log, lock, 1, 1);
    try {
      this.adopt();
      const known = table.known(key);
      if (known !== undefined) return known;
      const at = log[used] ?? header;
      const end = at + 2 + key.length;
      if (end > log.length) throw new RangeError("the model has more different messages than there is room for");
      log[at] = table.index;
      log[at + 1] = key.length;
      for (let i = 0; i < key.length; i += 1) log[at + 2 + i] = key.charCodeAt(i);
      Atomics.store(log, used, end);
      this.#read = end;
      return table.append(key);
    } finally {
      Atomics.store(log, lock, 0);
      Atomics.notify(log, lock);
    }
  }

  adopt(): void {
    const log = this.#log;
    const end = Atomics.load(log, used);
    while (this.#read < end) {
      const table = this.#tables[log[this.#read] ?? 0];
      const length = log[this.#read + 1] ?? 0;
      let key = "";
      for (let i = 0; i < length; i += 1) key += String.fromCharCode(log[this.#read + 2 + i] ?? 0);
      // The program is still being made: the table comes later, and with it what is left here.
      if (table === undefined) return;
      if (table.known(key) === undefined) table.append(key);
      this.#read += 2 + length;
    }
  }
}

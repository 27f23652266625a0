/**
 * Numbers of flyweights that threads agree on: a log in shared memory of which key was added to which table. A thread
 * reads what others appended before it appends, under a lock; it happens a few thousand times in a run.
 */
import type { Flyweights, Registry } from "../compile/flyweights.ts";
import { adoptEntries, entryWords, writeEntry } from "../compile/key-log.ts";

/** The first words of the memory: the lock, the words in use, then the entries. */
const lock = 0;
const used = 1;
const header = 2;
const logBytes = 1 << 26;

export class SharedRegistry implements Registry {
  readonly memory: SharedArrayBuffer;
  readonly #log: Int32Array;
  #tables: readonly Flyweights[] = [];
  #read = header;

  /** The log in this memory, which another thread made; or a new one that begins with what an earlier search logged. */
  constructor(from: SharedArrayBuffer | Int32Array | null) {
    this.memory = from instanceof SharedArrayBuffer ? from : new SharedArrayBuffer(logBytes);
    this.#log = new Int32Array(this.memory);
    if (from instanceof SharedArrayBuffer) return;
    if (from !== null) this.#log.set(from, header);
    this.#log[used] = header + (from?.length ?? 0);
  }

  /** What was numbered so far. */
  get log(): Int32Array {
    return this.#log.subarray(header, Atomics.load(this.#log, used));
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
      const end = at + entryWords(key);
      if (end > log.length) throw new RangeError("the model has more different messages than there is room for");
      writeEntry(log, at, table.index, key);
      Atomics.store(log, used, end);
      this.#read = end;
      return table.append(key);
    } finally {
      Atomics.store(log, lock, 0);
      Atomics.notify(log, lock);
    }
  }

  adopt(): void {
    this.#read = adoptEntries(this.#log, this.#read, Atomics.load(this.#log, used), this.#tables);
  }
}

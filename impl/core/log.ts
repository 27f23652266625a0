import { type Entry, entrySize } from "./entry.ts";

/**
 * The log as this server sees it, durable or not. Entries up to `baseIndex` are compacted away: of them only the term
 * of the last one is known.
 */
export class Log {
  #baseIndex: number;
  #baseTerm: number;
  #entries: Entry[];

  constructor(baseIndex: number, baseTerm: number, entries: readonly Entry[]) {
    this.#baseIndex = baseIndex;
    this.#baseTerm = baseTerm;
    this.#entries = [...entries];
  }

  get baseIndex(): number {
    return this.#baseIndex;
  }

  get lastIndex(): number {
    return this.#baseIndex + this.#entries.length;
  }

  get lastTerm(): number {
    const last = this.#entries[this.#entries.length - 1];
    return last === undefined ? this.#baseTerm : last.term;
  }

  /** The term of the entry at `index`; undefined where it is compacted away or not there yet. */
  termAt(index: number): number | undefined {
    if (index === this.#baseIndex) return this.#baseTerm;
    return this.#entries[index - this.#baseIndex - 1]?.term;
  }

  entryAt(index: number): Entry | undefined {
    return this.#entries[index - this.#baseIndex - 1];
  }

  /** Entries from `first` on, at least one where there is one, and then as long as both limits are kept. */
  batch(first: number, countMax: number, bytesMax: number): Entry[] {
    const batch: Entry[] = [];
    let bytes = 0;
    for (let index = first; index <= this.lastIndex && batch.length < countMax; index += 1) {
      const entry = this.#entries[index - this.#baseIndex - 1];
      if (entry === undefined) break;
      bytes += entrySize(entry);
      if (batch.length > 0 && bytes > bytesMax) break;
      batch.push(entry);
    }
    return batch;
  }

  /** Entries from `first` to `last`, both included, all of which must be there. */
  range(first: number, last: number): Entry[] {
    return this.#entries.slice(first - this.#baseIndex - 1, last - this.#baseIndex);
  }

  append(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** Removes the entry at `index` and all after it. */
  truncateFrom(index: number): void {
    this.#entries.length = index - this.#baseIndex - 1;
  }

  /** Forgets the entries up to `index`, which is in the log. */
  compactTo(index: number): void {
    const term = this.termAt(index);
    if (term === undefined || index === this.#baseIndex) return;
    this.#entries.splice(0, index - this.#baseIndex);
    this.#baseIndex = index;
    this.#baseTerm = term;
  }

  /** Begins again after a snapshot that replaces everything. */
  reset(baseIndex: number, baseTerm: number): void {
    this.#baseIndex = baseIndex;
    this.#baseTerm = baseTerm;
    this.#entries = [];
  }

  /** The last index up to `from` whose term is at most `term`: where a conflict about `term` can have begun, at best. */
  lastIndexOfTerm(term: number, from: number): number {
    let index = Math.min(from, this.lastIndex);
    while (index > this.#baseIndex && (this.termAt(index) ?? 0) > term) index -= 1;
    return index;
  }
}

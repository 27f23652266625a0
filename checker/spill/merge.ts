import { compareRecords } from "../store/records.ts";

/** Records in the order of their words, one at a time. */
export interface Source {
  /** Where the record of the moment stands; valid after `advance` gave true, and until it is called again. */
  words: Int32Array;
  at: number;
  /** Goes to the next record, the first one to begin with; false at the end. */
  advance(): boolean;
}

/** Several sources as one, in order. Records that are equal in all sources come one after the other. */
export class Merge implements Source {
  words: Int32Array = new Int32Array(0);
  at = 0;
  /** A binary heap by the record of the moment. */
  readonly #heap: Source[] = [];
  #isBegun = false;
  readonly #sources: readonly Source[];

  constructor(sources: readonly Source[]) {
    this.#sources = sources;
  }

  advance(): boolean {
    const heap = this.#heap;
    if (!this.#isBegun) {
      this.#isBegun = true;
      for (const source of this.#sources) if (source.advance()) heap.push(source);
      for (let at = (heap.length >> 1) - 1; at >= 0; at -= 1) this.#sink(at);
    } else if (heap.length > 0) {
      if (!(heap[0] as Source).advance()) {
        const last = heap.pop() as Source;
        if (heap.length > 0) heap[0] = last;
      }
      this.#sink(0);
    }
    const first = heap[0];
    if (first === undefined) return false;
    this.words = first.words;
    this.at = first.at;
    return true;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    for (let at = from; ; ) {
      let least = 2 * at + 1;
      if (least >= heap.length) return;
      if (least + 1 < heap.length && this.#compare(least + 1, least) < 0) least += 1;
      if (this.#compare(at, least) <= 0) return;
      const source = heap[at] as Source;
      heap[at] = heap[least] as Source;
      heap[least] = source;
      at = least;
    }
  }

  #compare(i: number, j: number): number {
    const left = this.#heap[i] as Source;
    const right = this.#heap[j] as Source;
    return compareRecords(left.words, left.at, right.words, right.at);
  }
}

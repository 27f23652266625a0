const rowsPerChunk = 1024;

/** Rows of equally many words, numbered from zero. */
export class Rows {
  readonly #words: number;
  readonly #chunks: (Int32Array | null)[] = [];
  #first = 0;

  constructor(words: number) {
    this.#words = words;
  }

  /** Writes row `row` from `source` at `from`. Rows are put in ascending order. */
  put(row: number, source: Int32Array, from: number): void {
    const at = Math.floor(row / rowsPerChunk);
    const chunk = this.#chunks[at] ?? new Int32Array(rowsPerChunk * this.#words);
    this.#chunks[at] = chunk;
    chunk.set(source.subarray(from, from + this.#words), (row % rowsPerChunk) * this.#words);
  }

  /** Copies row `row` to the start of `target`. Rows of chunks before it are given up: they are read in ascending order. */
  take(row: number, target: Int32Array): void {
    const at = Math.floor(row / rowsPerChunk);
    for (; this.#first < at; this.#first += 1) this.#chunks[this.#first] = null;
    const chunk = this.#chunks[at];
    if (chunk === null || chunk === undefined) throw new Error(`row ${row} was given up`);
    const from = (row % rowsPerChunk) * this.#words;
    target.set(chunk.subarray(from, from + this.#words), 0);
  }
}

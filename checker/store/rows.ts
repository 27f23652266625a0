/** Chunks of rows of different lengths: a frontier. The first word of a chunk says how many of its words are used. */

const chunkWords = 1 << 14;

/** Where rows are written to. Chunks may be memory that other threads read later. */
export class Rows {
  readonly #make: (words: number) => Int32Array;
  #chunks: Int32Array[] = [];
  #free: Int32Array[] = [];
  /** The chunk being written, and where its free words begin. */
  chunk: Int32Array;
  at = 1;
  /** Rows written. */
  count = 0;

  /** `make` gives a chunk of so many words. */
  constructor(make: (words: number) => Int32Array) {
    this.#make = make;
    this.chunk = make(chunkWords);
  }

  /** Makes sure that a row of this many words fits at `at`. */
  reserve(words: number): void {
    if (this.at + words <= this.chunk.length) return;
    if (this.at > 1) this.#end();
    else this.#free.push(this.chunk);
    this.chunk = words < chunkWords ? (this.#free.pop() ?? this.#make(chunkWords)) : this.#make(words + 1);
    this.at = 1;
  }

  /** The chunks written so far; what follows goes to new ones. */
  take(): readonly Int32Array[] {
    if (this.at > 1) {
      this.#end();
      this.chunk = this.#free.pop() ?? this.#make(chunkWords);
      this.at = 1;
    }
    const chunks = this.#chunks;
    this.#chunks = [];
    this.count = 0;
    return chunks;
  }

  /** Takes in a chunk that another `Rows` has written, as one of its own making. */
  adopt(chunk: Int32Array): Int32Array {
    const own = this.#make(Math.max(chunkWords, chunk.length));
    own.set(chunk);
    return own;
  }

  /** Gives a chunk back that nobody reads any more. */
  recycle(chunk: Int32Array): void {
    this.#free.push(chunk);
  }

  /** Lets go of the chunks that were given back. */
  forgetFree(): void {
    this.#free = [];
  }

  #end(): void {
    this.chunk[0] = this.at;
    this.#chunks.push(this.chunk);
  }
}

/** Leaves in a chunk what begins at this word. */
export function cutBefore(chunk: Int32Array, at: number): void {
  const used = chunk[0] ?? 1;
  chunk.copyWithin(1, at, used);
  chunk[0] = used - at + 1;
}

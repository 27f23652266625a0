/** How many words a chunk holds: 4 MB. */
const chunkWords = 1 << 20;

/** Words behind the last row of a chunk, so that rows can be copied a few words at a time. */
const slackWords = 4;

/** The rows of one level of the search, and those of the next. A chunk that has been read serves again. */
export class Frontier {
  /** The rows being expanded, and how many words of each chunk are in use. */
  chunks: Int32Array[] = [];
  used: number[] = [];
  /** Where the next row of the next level goes. */
  tail: Int32Array;
  tailUsed = 0;
  readonly #full: Int32Array[] = [];
  readonly #fullUsed: number[] = [];
  readonly #free: Int32Array[] = [];

  constructor() {
    this.tail = this.#take();
  }

  /** Makes room at the tail for a row of at most so many words. */
  reserve(words: number): void {
    if (this.tailUsed + words > chunkWords) this.#close();
  }

  /** Gives back a chunk whose rows have been expanded. */
  release(chunk: Int32Array): void {
    this.#free.push(chunk);
  }

  /** Makes the next level the one being expanded. False where it has no rows. */
  advance(): boolean {
    if (this.tailUsed > 0) this.#close();
    this.chunks = this.#full.splice(0);
    this.used = this.#fullUsed.splice(0);
    return this.chunks.length > 0;
  }

  #close(): void {
    this.#full.push(this.tail);
    this.#fullUsed.push(this.tailUsed);
    this.tail = this.#take();
    this.tailUsed = 0;
  }

  #take(): Int32Array {
    return this.#free.pop() ?? new Int32Array(chunkWords + slackWords);
  }
}

const parentBits = 20;

/** For each state the number of the state it was first reached from; states are numbered in the order they are found. */
export class Parents {
  length = 0;
  readonly #chunks: Int32Array[] = [];
  #last = new Int32Array(0);

  push(parent: number): void {
    const position = this.length & ((1 << parentBits) - 1);
    if (position === 0) {
      this.#last = new Int32Array(1 << parentBits);
      this.#chunks.push(this.#last);
    }
    this.#last[position] = parent;
    this.length += 1;
  }

  /** The numbers of the states on the way to this one, the initial state first. Its parent is itself. */
  pathTo(state: number): number[] {
    const path = [state];
    for (let last = state; ; path.push(last)) {
      const parent = this.#chunks[last >>> parentBits]?.[last & ((1 << parentBits) - 1)] ?? last;
      if (parent === last) return path.reverse();
      last = parent;
    }
  }
}

/**
 * The memory that a run shares with the thread that watches it. A thread that runs a function of a spec may never come to
 * the point where it could answer a message, so what it does is read from here.
 */

/** What a run is at. Limits and Ctrl-C end a run at once while it searches; what it keeps or prints, it keeps or prints whole. */
export const phase = { starting: 0, searching: 1, keeping: 2, concluding: 3 } as const;

export interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly queue: number;
}

const words = { phase: 0, columnsOfOutput: 1, columnsOfErrors: 2, isAskedToEnd: 3, counts: 16, slots: 32 } as const;
/** A cache line for each thread: several write here a million times in a second. */
const wordsPerSlot = 16;
/** The thread that leads, and as many as any machine has. Calls of further threads are not seen. */
const slotsMax = 1025;

export class JobCells {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #counts: Float64Array;

  constructor(memory = new SharedArrayBuffer(4 * (words.slots + wordsPerSlot * slotsMax))) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
    this.#counts = new Float64Array(memory, 4 * words.counts, 4);
  }

  get phase(): number {
    return Atomics.load(this.#words, words.phase);
  }

  set phase(value: number) {
    Atomics.store(this.#words, words.phase, value);
  }

  /** True once a signal or the time of the run asks for its end: long work between two pauses of a search reads it. */
  get isAskedToEnd(): boolean {
    return Atomics.load(this.#words, words.isAskedToEnd) === 1;
  }

  askToEnd(): void {
    Atomics.store(this.#words, words.isAskedToEnd, 1);
  }

  columnsOf(output: "stdout" | "stderr"): number {
    return Atomics.load(this.#words, wordOfColumns(output));
  }

  setColumns(output: "stdout" | "stderr", columns: number): void {
    Atomics.store(this.#words, wordOfColumns(output), columns);
  }

  /** What was found so far. Read while a search goes on, the numbers may be of different moments. */
  get counts(): Counts {
    const [distinct = 0, generated = 0, depth = 0, queue = 0] = this.#counts;
    return { distinct, generated, depth, queue };
  }

  set counts({ distinct, generated, depth, queue }: Counts) {
    this.#counts.set([distinct, generated, depth, queue]);
  }

  /** Two words of one thread: the number of what it calls, or 0, and how many calls it has made. */
  slot(thread: number): Int32Array {
    const at = Math.min(thread, slotsMax - 1);
    return this.#words.subarray(words.slots + wordsPerSlot * at, words.slots + wordsPerSlot * at + 2);
  }

  get slots(): number {
    return slotsMax;
  }
}

function wordOfColumns(output: "stdout" | "stderr"): number {
  return output === "stdout" ? words.columnsOfOutput : words.columnsOfErrors;
}

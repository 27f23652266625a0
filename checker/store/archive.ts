/**
 * Runs of words that are kept and never change: the states of an exact search, in memory that threads share. A run is
 * known by a reference, one word that is never 0: the number of a segment in the eight highest bits, and the offset in
 * it. Each thread takes chunks of a segment for itself and fills them run by run, so that nobody waits for another.
 * Who keeps a run publishes its reference by an atomic store, and who reads it loads the reference so.
 */

const offsetBits = 24;
const segmentsMost = 1 << (32 - offsetBits);
const segmentWordsMost = 1 << offsetBits;
const segmentWordsFirst = 1 << 14;
const chunkWords = 1 << 12;
/**
 * Room that several threads have before they must rest and let it grow: what they keep between two looks at it. Memory
 * of a segment that nobody has written to costs addresses and nothing else.
 */
const roomShared = 1 << 23;

export class Archive {
  readonly #buffers: SharedArrayBuffer[] = [];
  readonly #segments: Int32Array[] = [];
  /** Of each segment the words that were handed out; more than it has where somebody asked in vain. */
  readonly #handedOut: Int32Array;
  #isShared: boolean;
  /** Words that this thread has kept. */
  kept = 0;
  /** Segments before this one have nothing left. */
  #open = 0;
  /** This thread's chunk: its segment, and where its free words begin and end. */
  #segment = 0;
  #at = 0;
  #end = 0;

  /** `memory` of an archive that another thread made; null for a new one of this thread alone. */
  constructor(memory: readonly SharedArrayBuffer[] | null) {
    this.#isShared = memory !== null;
    const [counts = new SharedArrayBuffer(4 * segmentsMost)] = memory ?? [];
    this.#buffers.push(counts);
    this.#handedOut = new Int32Array(counts);
    // The first word of the first segment stays free: no reference is 0.
    if (memory === null) this.#handedOut[0] = 1;
    else this.adopt(memory);
  }

  /** The archive as other threads may see it: counts, then segments. */
  get memory(): readonly SharedArrayBuffer[] {
    return this.#buffers;
  }

  /** Bytes that threads have taken. */
  get bytes(): number {
    return 4 * this.#segments.reduce((sum, { length }, segment) => sum + length - this.#roomOf(segment), 0);
  }

  /** True where there will be no more room than there is. */
  get isFull(): boolean {
    return this.#segments.length === segmentsMost && this.#room() < roomShared;
  }

  /** True where several threads share the archive and it must grow before they keep much more. */
  get isCrowded(): boolean {
    return this.#isShared && this.#segments.length < segmentsMost && this.#room() < roomShared;
  }

  /** Keeps the first `count` of these words. Their reference. */
  keep(words: Int32Array, count: number): number {
    // A run of no words takes one too: else its reference would be 0 where nothing was kept before it.
    const taken = Math.max(count, 1);
    if (this.#at + taken > this.#end) this.#take(taken);
    const segment = this.#segments[this.#segment] as Int32Array;
    const from = this.#at;
    this.#at += taken;
    this.kept += taken;
    for (let i = 0; i < count; i += 1) segment[from + i] = words[i] as number;
    return (this.#segment << offsetBits) | from;
  }

  /** Whether what is kept there begins with the first `count` of these words. */
  holds(reference: number, words: Int32Array, count: number): boolean {
    const segment = this.#segments[reference >>> offsetBits] as Int32Array;
    const from = reference & (segmentWordsMost - 1);
    for (let i = 0; i < count; i += 1) if (segment[from + i] !== words[i]) return false;
    return true;
  }

  /** The words from there to the end of the segment: what is kept, and what was kept after it. */
  from(reference: number): Int32Array {
    const segment = this.#segments[reference >>> offsetBits];
    if (segment === undefined) throw new RangeError("a reference to a segment that is not there");
    return segment.subarray(reference & (segmentWordsMost - 1));
  }

  /** From now on other threads keep runs here too. */
  share(): void {
    this.#isShared = true;
    this.growCrowded();
  }

  /** Makes room where there is too little. No other thread may use the archive meanwhile. */
  growCrowded(): void {
    while (this.isCrowded) this.#grow(segmentWordsMost);
  }

  /** Takes over the segments that another thread has added. */
  adopt(memory: readonly SharedArrayBuffer[]): void {
    for (const buffer of memory.slice(this.#buffers.length)) this.#add(buffer);
  }

  /** Finds room for so many words: the rest of this thread's chunk is left. */
  #take(count: number): void {
    const asked = Math.max(count, chunkWords);
    for (;;) {
      for (; this.#open < this.#segments.length; this.#open += 1) {
        const { length } = this.#segments[this.#open] as Int32Array;
        const from = Atomics.add(this.#handedOut, this.#open, asked);
        if (from + count > length) continue;
        this.#segment = this.#open;
        this.#at = from;
        this.#end = Math.min(from + asked, length);
        return;
      }
      if (this.#isShared || this.#segments.length === segmentsMost || count >= segmentWordsMost)
        throw new RangeError("the archive of states is full");
      this.#grow(Math.min(segmentWordsFirst * 4 ** this.#segments.length, segmentWordsMost));
    }
  }

  #grow(words: number): void {
    this.#add(new SharedArrayBuffer(4 * words));
  }

  #add(buffer: SharedArrayBuffer): void {
    this.#buffers.push(buffer);
    this.#segments.push(new Int32Array(buffer));
  }

  /** Words that nobody has taken yet. */
  #room(): number {
    let room = 0;
    for (let segment = this.#open; segment < this.#segments.length; segment += 1) room += this.#roomOf(segment);
    return room;
  }

  #roomOf(segment: number): number {
    return Math.max(0, (this.#segments[segment]?.length ?? 0) - Atomics.load(this.#handedOut, segment));
  }
}

/**
 * The states that were seen, as fingerprints, in memory that threads share. A slot is four words:
 *
 *     low lane, high lane, low lane of the parent, level and action
 *
 * so that a look at it touches one line of cache. The six highest bits of the low lane choose a shard, and the other
 * bits the slot in it, in order: a shard is almost sorted, and can grow by any factor where it stands. Lanes are
 * never 0. The parent kept is the least of those on the level before, whoever came first, so that paths are the same at
 * any number of workers.
 *
 * In an exact search the second word is a reference to the state itself, which an archive keeps, and states whose low
 * lanes are equal are compared: see `Comparison`.
 */
import { Archive } from "./archive.ts";
import { grown, homeOf, place, scaleOf, shardOf, slotWords, wordsOf } from "./growth.ts";

import { sortRecords } from "./records.ts";
import { added, type VisitedStates } from "./visited-states.ts";

const shardBits = 6;
const shards = 1 << shardBits;
/**
 * A shard grows when so much of it is taken, by so much: first for speed, since a look at a table that is 85 % full passes
 * twenty slots, and beyond `slotsDear` slots, some 10 million states in all, for memory.
 */
const slotsDear = 2 ** 18;
const early = { load: 0.75, growth: 1.5 };
const late = { load: 0.85, growth: 1.25 };
/** Where threads wait for a shard to grow, those grow too that soon would. */
const nearly = 0.94;
const slotsFirst = 256;
/** A shard that several threads write to has room for what they add before they look how full it is. */
const slotsShared = 4096;
/** Slots of shards that grow between two pauses: some 10 ms of work, 30 on a machine that is busy with other things. */
const slotsPerPause = 2 ** 18;
/** Levels beyond are one level to the rule that chooses parents, and it leaves them alone. */
export const levelMax = 0xffff;
const locked = -(2 ** 31);

/** A lane as the table keeps it: never 0. */
export function lane(word: number): number {
  return word === 0 ? 1 : word;
}

/** Tells states apart in an exact search, where a fingerprint is not enough. "The state" is the one being added. */
export interface Comparison {
  /** Keeps the state. Its reference, which is never 0. */
  keep(): number;
  /** Whether the state is the one kept there. */
  isKept(reference: number): boolean;
  /** The high lane of the state kept there. What is being expanded is lost. */
  highOf(reference: number): number;
}

export class Table implements VisitedStates {
  /** Shards as other threads may see them; the last one holds the number of states in each. */
  readonly #memory: SharedArrayBuffer[];
  /** Where the states themselves are kept; null where fingerprints are all that is known of them. */
  readonly archive: Archive | null;
  #comparison: Comparison | null = null;
  readonly #shards: Int32Array[];
  readonly #scales: Float64Array = new Float64Array(shards);
  /** States that each shard may hold before it grows. */
  readonly #limits: Float64Array = new Float64Array(shards);
  readonly #counts: Int32Array;
  #isShared: boolean;

  /**
   * `memory` of a table that another thread made and others write to; null for a new one of this thread alone, which
   * keeps states in this archive.
   */
  constructor(memory: readonly SharedArrayBuffer[] | null, archive: Archive | null = null) {
    this.#isShared = memory !== null;
    this.#memory = memory === null ? fresh(slotsFirst) : memory.slice(0, shards + 1);
    const archived = memory?.slice(shards + 1) ?? [];
    this.archive = archived.length === 0 ? archive : new Archive(archived);
    this.#shards = this.#memory.slice(0, shards).map(wordsOf);
    const counts = this.#memory[shards];
    if (counts === undefined) throw new Error("a table has counts");
    this.#counts = new Int32Array(counts);
    for (let shard = 0; shard < shards; shard += 1) this.#measure(shard);
  }

  /** The table as other threads may see it. */
  get memory(): readonly SharedArrayBuffer[] {
    return [...this.#memory, ...(this.archive?.memory ?? [])];
  }

  /** How states are told apart from now on: needed before the first is added to a table with an archive. */
  compareBy(comparison: Comparison): void {
    this.#comparison = comparison;
  }

  get size(): number {
    let size = 0;
    for (const count of this.#counts) size += count;
    return size;
  }

  /** From now on other threads write to the table too. */
  share(): void {
    this.#isShared = true;
    this.archive?.share();
    for (let shard = 0; shard < shards; shard += 1) {
      while ((this.#shards[shard] as Int32Array).length < slotsShared * slotWords) this.#grow(shard);
    }
  }

  /** From now on this thread is the only one that touches the table, and grows each shard as it adds to it. */
  unshare(): void {
    this.#isShared = false;
  }

  get bytes(): number {
    return this.#memory.reduce((sum, buffer) => sum + buffer.byteLength, 0) + (this.archive?.bytes ?? 0);
  }

  get isExact(): boolean {
    return this.archive !== null;
  }

  /** True where no more states can be kept. */
  get isFull(): boolean {
    return this.archive?.isFull === true;
  }

  /** True where something is so full that it must grow before many more are added. */
  get isCrowded(): boolean {
    if (this.archive?.isCrowded === true) return true;
    for (let shard = 0; shard < shards; shard += 1) if (this.#isCrowded(shard, 1)) return true;
    return false;
  }

  /** Brings the slot of this fingerprint into the cache. The sum of what was read, which nobody needs. */
  touch(low: number): number {
    const shard = low >>> (32 - shardBits);
    return (this.#shards[shard] as Int32Array)[this.#home(shard, low)] as number;
  }

  /**
   * Adds a fingerprint, or in an exact search the state: `added.fresh`, or `added.seen`, or, where this parent or action is
   * less than that of the same level which stood there, the number of the action that stood there.
   */
  add(low: number, high: number, parent: number, level: number, action: number): number {
    const shard = low >>> (32 - shardBits);
    const S = this.#shards[shard] as Int32Array;
    const comparison = this.#comparison;
    let at = this.#home(shard, low);
    for (let looks = 0; ; looks += 1) {
      if (looks > S.length) throw new RangeError("the table of states is full");
      let l = S[at] as number;
      if (l === 0) {
        const stamp = (action << 16) | Math.min(level, levelMax);
        if (!this.#isShared) {
          S[at + 1] = comparison === null ? high : comparison.keep();
          S[at] = low;
          S[at + 2] = parent;
          S[at + 3] = stamp;
          const count = (this.#counts[shard] as number) + 1;
          this.#counts[shard] = count;
          if (this.#isCrowded(shard, 1)) this.#grow(shard);
          return added.fresh;
        }
        l = Atomics.compareExchange(S, at, 0, low);
        if (l === 0) {
          S[at + 2] = parent;
          S[at + 3] = stamp;
          Atomics.store(S, at + 1, comparison === null ? high : comparison.keep());
          Atomics.add(this.#counts, shard, 1);
          return added.fresh;
        }
      }
      if (l === low) {
        // What a reference stands for can be read once the reference was loaded atomically, and not before.
        let h = comparison === null ? (S[at + 1] as number) : Atomics.load(S, at + 1);
        while (h === 0) h = Atomics.load(S, at + 1);
        if (comparison === null ? h === high : comparison.isKept(h))
          return this.#isBetter(S, at, parent, level, action)
            ? this.#improve(S, at, parent, level, action)
            : added.seen;
      }
      at += slotWords;
      if (at === S.length) at = 0;
    }
  }

  /** The slots whose low lane this is and whose level this is: the high lanes and parents. */
  find(low: number, level: number): readonly { readonly high: number; readonly parent: number }[] {
    const shard = low >>> (32 - shardBits);
    const S = this.#shards[shard] as Int32Array;
    const found: { high: number; parent: number }[] = [];
    let at = this.#home(shard, low);
    for (; S[at] !== 0; at = at + slotWords === S.length ? 0 : at + slotWords) {
      const stamp = (S[at + 3] as number) & levelMax;
      if (S[at] === low && stamp === Math.min(level, levelMax))
        found.push({ high: this.#highOf(S[at + 1] as number), parent: S[at + 2] as number });
    }
    return found;
  }

  #highOf(word: number): number {
    return this.#comparison === null ? word : this.#comparison.highOf(word);
  }

  /**
   * Grows what is crowded, or nearly, with pauses. No other thread may touch the table meanwhile. Each shard grows between
   * two pauses, so that who does not go on after one leaves a table that is whole, and that has room for what several
   * threads add between two looks at it. One shard is a 64th of the table: 32 MB of it take 0.1 s, 512 MB 1.3 s.
   */
  *growing(slotsMax = slotsPerPause): Generator<undefined, void, unknown> {
    this.archive?.growCrowded();
    let slots = 0;
    for (let shard = 0; shard < shards; shard += 1) {
      if (!this.#isCrowded(shard, nearly)) continue;
      this.#grow(shard);
      slots += (this.#shards[shard] as Int32Array).length / slotWords;
      if (slots < slotsMax) continue;
      slots = 0;
      yield;
    }
  }

  /** Takes over the shards as another thread has left them. */
  adopt(memory: readonly SharedArrayBuffer[]): void {
    this.archive?.adopt(memory.slice(shards + 1));
    memory.slice(0, shards).forEach((buffer, shard) => {
      if (buffer.byteLength !== this.#shards[shard]?.byteLength) this.#takeUp(shard, buffer);
    });
  }

  /** States in each shard. */
  get counts(): Int32Array {
    return this.#counts.slice();
  }

  /** What stands in the slots that are taken, some of them at a time, in memory that is used again. */
  *taken(slotsMax: number): Generator<Int32Array> {
    const words = new Int32Array(slotsMax * slotWords);
    let used = 0;
    for (const S of this.#shards) {
      for (let from = 0; from < S.length; from += slotWords) {
        if (S[from] === 0) continue;
        for (let word = 0; word < slotWords; word += 1) words[used + word] = S[from + word] as number;
        used += slotWords;
        if (used < words.length) continue;
        yield words;
        used = 0;
      }
    }
    if (used > 0) yield words.subarray(0, used);
  }

  /** The same, a shard at a time and in the order of fingerprints as numbers without sign, the low lane first. */
  *inOrder(): Generator<Int32Array> {
    for (let shard = 0; shard < shards; shard += 1) yield this.#inOrder(shard);
  }

  #inOrder(shard: number): Int32Array {
    const S = this.#shards[shard] as Int32Array;
    const words = new Int32Array((this.#counts[shard] as number) * slotWords);
    let used = 0;
    // What stands before its home went round the end of the shard, and comes last.
    for (const comesLast of [false, true]) {
      for (let from = 0; from < S.length; from += slotWords) {
        if (S[from] === 0 || this.#home(shard, S[from] as number) > from !== comesLast) continue;
        for (let word = 0; word < slotWords; word += 1) words[used + word] = S[from + word] as number;
        used += slotWords;
      }
    }
    sortRecords(words, 0, used, slotWords);
    return words;
  }

  /** Gives its memory back. Nobody may ask it anything any more. */
  drop(): void {
    this.#memory.length = 0;
    this.#shards.length = 0;
  }

  /** Makes room in an empty table of this thread alone for so many states in each shard. */
  reserve(counts: Int32Array): void {
    for (let shard = 0; shard < shards; shard += 1) {
      while ((this.#limits[shard] as number) < (counts[shard] ?? 0)) this.#grow(shard);
    }
  }

  /** Takes in what stood in other slots, in a table of this thread alone. */
  put(words: Int32Array): void {
    for (let from = 0; from < words.length; from += slotWords) {
      const low = words[from] as number;
      const shard = low >>> (32 - shardBits);
      if (this.#isCrowded(shard, 1)) this.#grow(shard);
      place(this.#shards[shard] as Int32Array, words, from, shardBits);
      this.#counts[shard] = (this.#counts[shard] as number) + 1;
    }
  }

  /** Where the slot begins in which a fingerprint is looked for first. */
  #home(shard: number, low: number): number {
    return homeOf(low << shardBits, this.#scales[shard] as number) * slotWords;
  }

  #isBetter(S: Int32Array, at: number, parent: number, level: number, action: number): boolean {
    const stamp = S[at + 3] as number;
    if ((stamp & levelMax) !== level || level >= levelMax) return false;
    const known = S[at + 2] as number;
    return parent === known ? action < (stamp & ~locked) >>> 16 : parent >>> 0 < known >>> 0;
  }

  /** Replaces parent and action, where they are still the better ones. */
  #improve(S: Int32Array, at: number, parent: number, level: number, action: number): number {
    const stamp = (action << 16) | level;
    if (!this.#isShared) {
      const old = (S[at + 3] as number) >>> 16;
      S[at + 2] = parent;
      S[at + 3] = stamp;
      return old;
    }
    for (;;) {
      const known = Atomics.load(S, at + 3);
      if (known < 0) continue;
      if (Atomics.compareExchange(S, at + 3, known, known | locked) !== known) continue;
      const better = this.#isBetter(S, at, parent, level, action);
      if (better) S[at + 2] = parent;
      Atomics.store(S, at + 3, better ? stamp : known);
      return better ? known >>> 16 : added.seen;
    }
  }

  /** True where the shard has taken up this part of what it may hold. */
  #isCrowded(shard: number, part: number): boolean {
    return (this.#counts[shard] as number) > (this.#limits[shard] as number) * part;
  }

  #grow(shard: number): void {
    const slots = (this.#shards[shard] as Int32Array).length / slotWords;
    const { growth } = slots < slotsDear ? early : late;
    this.#takeUp(shard, grown(this.#memory[shard] as SharedArrayBuffer, Math.ceil(slots * growth), shardBits));
  }

  #takeUp(shard: number, buffer: SharedArrayBuffer): void {
    this.#memory[shard] = buffer;
    this.#shards[shard] = wordsOf(buffer);
    this.#measure(shard);
  }

  #measure(shard: number): void {
    const slots = (this.#shards[shard]?.length ?? 0) / slotWords;
    this.#scales[shard] = scaleOf(slots);
    this.#limits[shard] = slots * (slots < slotsDear ? early : late).load;
  }
}

function fresh(slots: number): SharedArrayBuffer[] {
  const memory = Array.from({ length: shards }, () => shardOf(slots));
  memory.push(new SharedArrayBuffer(shards * 4));
  return memory;
}

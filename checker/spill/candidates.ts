/**
 * States that one level leads to and that may have been seen on an earlier one. A slot is five words:
 *
 *     low lane, high lane, low lane of the parent, action, row
 *
 * of the least parent and its least action so far. Slots are in the order of the fingerprints but for small clusters, so
 * that what was gathered in any order is brought to a disk in order.
 */
import { sortRecords } from "../store/records.ts";
import type { Source } from "./merge.ts";

export const candidateWords = 5;
/** The row of a candidate that was new to the table, before it was brought to disk: it is among those that count. */
export const countedRow = -1;
/** Slots after those that fingerprints call their home: none has to go round to the beginning. */
const slackSlots = 256;
const slotsMin = 64;
const loadMax = 0.75;
/** So much of what it can take leaves room for what is put in between two pauses of a search. */
const crowded = 15 / 16;
/** Words that are sorted or forgotten between two pauses: some 10 ms of work. */
const wordsPerPause = 2 ** 20;

export const put = { known: 0, new: 1, full: 2 } as const;

export class Candidates {
  count = 0;
  readonly #words: Int32Array;
  readonly #slotsMax: number;
  #slots: number;
  #perLane = 0;

  constructor(bytesMax: number) {
    this.#slotsMax = Math.max(slotsMin, Math.floor(bytesMax / (candidateWords * 4)) - slackSlots);
    this.#words = new Int32Array((this.#slotsMax + slackSlots) * candidateWords);
    this.#slots = this.#slotsMax;
    this.#perLane = this.#slots / 2 ** 32;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /** True where not many more can be taken in. */
  get isCrowded(): boolean {
    return this.count >= this.#slots * loadMax * crowded;
  }

  /** Brings the slot of this fingerprint into the cache. */
  touch(low: number): number {
    return this.#words[Math.floor((low >>> 0) * this.#perLane) * candidateWords] as number;
  }

  /** Takes in a state, or a lesser parent or action of one. `put.full`: it does not, until it is cleared. */
  put(low: number, high: number, parent: number, action: number, row: number): number {
    const W = this.#words;
    let at = Math.floor((low >>> 0) * this.#perLane) * candidateWords;
    for (; W[at] !== 0; at += candidateWords) {
      if (W[at] !== low || W[at + 1] !== high) continue;
      const known = W[at + 2] as number;
      if (parent === known ? action < (W[at + 3] as number) : parent >>> 0 < known >>> 0) {
        W[at + 2] = parent;
        W[at + 3] = action;
      }
      return put.known;
    }
    // The last slot stays free, so that every search comes to an end.
    if (this.count >= this.#slots * loadMax || at + candidateWords >= this.#end) return put.full;
    W[at] = low;
    W[at + 1] = high;
    W[at + 2] = parent;
    W[at + 3] = action;
    W[at + 4] = row;
    this.count += 1;
    return put.new;
  }

  /**
   * Forgets everything, and makes ready for so many states or, where that is more than there is room for, for fewer. With
   * pauses; nothing may be put in before it has ended.
   */
  *clearing(expected: number, wordsMax = wordsPerPause): Generator<void> {
    const end = this.#end;
    for (let from = 0; from < end; from += wordsMax) {
      if (from > 0) yield;
      this.#words.fill(0, from, Math.min(from + wordsMax, end));
    }
    this.count = 0;
    this.#slots = Math.min(this.#slotsMax, Math.max(slotsMin, Math.ceil(expected / loadMax)));
    this.#perLane = this.#slots / 2 ** 32;
  }

  /** Brings what was put in into order, with pauses. Nothing may be put in afterwards until all is forgotten. */
  *sorting(wordsMax = wordsPerPause): Generator<void> {
    const words = this.#words;
    const end = this.#end;
    let pauseAt = wordsMax;
    let next = 0;
    for (let from = 0; from < end; from = next + candidateWords) {
      next = from;
      while (next < end && words[next] !== 0) next += candidateWords;
      sortRecords(words, from, next, candidateWords);
      if (next < pauseAt) continue;
      pauseAt = next + wordsMax;
      yield;
    }
  }

  /** What was put in, in order, once it was sorted. */
  inOrder(): Source {
    const words = this.#words;
    const end = this.#end;
    const source = {
      words,
      at: -candidateWords,
      advance(): boolean {
        do source.at += candidateWords;
        while (source.at < end && words[source.at] === 0);
        return source.at < end;
      },
    };
    return source;
  }

  /** Words in use. */
  get #end(): number {
    return (this.#slots + slackSlots) * candidateWords;
  }
}

import type { Bits } from "./bits.ts";
import { candidateWords, countedRow } from "./candidates.ts";
import type { Source } from "./merge.ts";
import type { Recent } from "./recent.ts";
import type { RunReader, RunWriter } from "./runs.ts";

const batchMax = 4096;

/** Different candidates in order, and which of them were seen before. */
export class Batch {
  #count = 0;
  /** Of each: low lane, high lane, parent and action of the least, row. */
  readonly #words = new Int32Array(batchMax * candidateWords);
  /** The action that was credited when the state was counted already, or -1. */
  readonly #credited = new Int32Array(batchMax);
  readonly #isSeen = new Uint8Array(batchMax);

  /** Takes in what comes next; false where nothing is left. Of equal fingerprints the first is the least. */
  fill(from: Source): boolean {
    const W = this.#words;
    this.#count = 0;
    for (let more = true; this.#count < batchMax; ) {
      const to = this.#count * candidateWords;
      W.set(from.words.subarray(from.at, from.at + candidateWords), to);
      let credited = -1;
      do {
        const { words, at } = from;
        if (words[at + 4] === countedRow) credited = words[at + 3] as number;
        more = from.advance();
      } while (more && from.words[from.at] === W[to] && from.words[from.at + 1] === W[to + 1]);
      this.#credited[this.#count] = credited;
      this.#isSeen[this.#count] = 0;
      this.#count += 1;
      if (!more) return false;
    }
    return true;
  }

  /** Finds those that stand in a run. */
  strike(run: RunReader): void {
    const W = this.#words;
    for (let i = 0; i < this.#count; i += 1) {
      const at = i * candidateWords;
      const low = W[at] as number;
      const high = W[at + 1] as number;
      if (!run.seek(low, high)) return;
      if (run.words[run.at] === low && run.words[run.at + 1] === high) this.#isSeen[i] = 1;
    }
  }

  /** Writes those that were not seen, credits them, and keeps their rows. How many were not counted before. */
  settle(writer: RunWriter, level: number, fresh: number[], kept: Bits): number {
    const W = this.#words;
    let found = 0;
    for (let i = 0; i < this.#count; i += 1) {
      if (this.#isSeen[i] === 1) continue;
      const at = i * candidateWords;
      const action = W[at + 3] as number;
      writer.append(W[at] as number, W[at + 1] as number, W[at + 2] as number, (action << 16) | level, 0);
      fresh[action] = (fresh[action] ?? 0) + 1;
      const credited = this.#credited[i] as number;
      if (credited >= 0) fresh[credited] = (fresh[credited] ?? 0) - 1;
      else {
        found += 1;
        kept.set(W[at + 4] as number);
      }
    }
    return found;
  }

  /** All of them have been seen from now on. */
  remember(recent: Recent): void {
    const W = this.#words;
    for (let i = 0; i < this.#count; i += 1)
      recent.put(W[i * candidateWords] as number, W[i * candidateWords + 1] as number);
  }
}

/** Applies the step of a leaf to the state after, and takes it back; and gives its end a fingerprint and a row. */
import type { Permutation } from "../../spec/lang/index.ts";
import { BagWriter, bagEnd, entriesOf } from "./bag-rows.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Memory } from "./memory.ts";
import type { Program } from "./program.ts";
import { Symmetry, unrenamed } from "./symmetry.ts";
import { leafWords } from "./tries.ts";

/** Words of a row before the packed state: both lanes of its fingerprint, and where invariants and goals look in it. */
export const headWords = 4;

export class Application {
  /** The fingerprint computed last. */
  low = 0;
  high = 0;
  /** The renaming that gave it, or `unrenamed`. */
  renaming = unrenamed;
  readonly isIncremental: boolean;
  readonly #memory: Memory;
  readonly #fingerprints: Fingerprints;
  readonly #symmetry: Symmetry | null;
  readonly #bags = new BagWriter();
  #words: Int32Array = new Int32Array(0);
  #leaf = 0;

  constructor(memory: Memory, fingerprints: Fingerprints, program: Program, permutations: readonly Permutation[]) {
    this.#memory = memory;
    this.#fingerprints = fingerprints;
    this.#symmetry = permutations.length === 0 ? null : new Symmetry(memory, fingerprints, program, permutations);
    this.isIncremental = this.#symmetry === null;
  }

  /** Makes the state after the step's end. */
  apply(T: Int32Array, leaf: number): void {
    const memory = this.#memory;
    const { words: W, layout } = memory;
    const { stride, words, bags } = layout;
    this.#words = T;
    this.#leaf = leaf;
    let at = leaf + leafWords;
    const writes = at + 3 * (T[leaf + 2] as number);
    for (; at < writes; at += 3) {
      const word = stride + (T[at] as number);
      W[word] = ((W[word] as number) & ~(T[at + 1] as number)) | (T[at + 2] as number);
    }
    const count = T[leaf + 3] as number;
    memory.appliedCount = count;
    if (3 * count > memory.applied.length) memory.applied = new Int32Array(6 * count);
    const { applied } = memory;
    for (let i = 0; i < count; i += 1, at += 4) {
      const bag = T[at] as number;
      const number = T[at + 1] as number;
      const old = T[at + 2] as number;
      const now = T[at + 3] as number;
      applied[3 * i] = bag;
      applied[3 * i + 1] = number;
      applied[3 * i + 2] = now - old;
      memory.copiesFor(bag, number)[number] = now;
      const size = stride + words + bag;
      W[size] = (W[size] as number) + now - old;
      W[size + bags.length] = (W[size + bags.length] as number) + (now > 0 ? 1 : 0) - (old > 0 ? 1 : 0);
    }
    memory.forgetAfter();
  }

  /** Makes the state after equal to the state before again. */
  undo(): void {
    const memory = this.#memory;
    const { words: W, layout } = memory;
    const { stride, words, bags } = layout;
    const T = this.#words;
    let at = this.#leaf + leafWords;
    const writes = at + 3 * (T[this.#leaf + 2] as number);
    for (; at < writes; at += 3) W[stride + (T[at] as number)] = W[T[at] as number] as number;
    for (let i = 0; i < memory.appliedCount; i += 1, at += 4) {
      const bag = T[at] as number;
      const number = T[at + 1] as number;
      memory.copiesFor(bag, number)[number] = T[at + 2] as number;
      W[stride + words + bag] = W[words + bag] as number;
      W[stride + words + bags.length + bag] = W[words + bags.length + bag] as number;
    }
    memory.appliedCount = 0;
    memory.forgetAfter();
  }

  /** Begins with a state, which is the state before while nothing is applied. */
  begin(): void {
    this.#symmetry?.begin();
  }

  /** The fingerprint of the state after, from that of the state which began. The step of this leaf is applied. */
  fingerprintAfter(T: Int32Array, leaf: number): void {
    if (this.#symmetry === null) throw new Error("without symmetry a leaf knows the difference");
    this.#symmetry.leastAfter(T, leaf);
    this.#keep(this.#symmetry);
    this.renaming = this.#symmetry.renaming;
  }

  /** The fingerprint of the state after, from nothing. */
  fingerprint(): void {
    if (this.#symmetry === null) {
      this.#fingerprints.ofAfter();
      this.#keep(this.#fingerprints);
    } else {
      this.#symmetry.least();
      this.#keep(this.#symmetry);
      this.renaming = this.#symmetry.renaming;
    }
  }

  #keep({ low, high }: { readonly low: number; readonly high: number }): void {
    this.low = low;
    this.high = high;
  }

  /** The end of the row at `from`. */
  rowEnd(row: Int32Array, from: number): number {
    const { words, bags } = this.#memory.layout;
    let end = from + headWords + words;
    for (let bag = 0; bag < bags.length; bag += 1) end = bagEnd(row, end);
    return end;
  }

  /** Words that the row of a step's end takes at most, its head included; the step begins in the row at `start`. */
  rowWords(T: Int32Array, leaf: number, source: Int32Array, start: number): number {
    const { words, bags } = this.#memory.layout;
    let count = headWords + words + bags.length + (T[leaf + 3] as number);
    let at = start + words;
    for (let bag = 0; bag < bags.length; bag += 1) {
      count += entriesOf(source, at);
      at = bagEnd(source, at);
    }
    return count;
  }

  /**
   * Writes, as `Memory.load` reads it, the state that the step leads to from the one whose row, without its head, is at
   * `start` in `source`. Returns the end.
   */
  writeRow(T: Int32Array, leaf: number, source: Int32Array, start: number, row: Int32Array, from: number): number {
    const { words, bags } = this.#memory.layout;
    for (let word = 0; word < words; word += 1) row[from + word] = source[start + word] as number;
    let at = leaf + leafWords;
    const writes = at + 3 * (T[leaf + 2] as number);
    for (; at < writes; at += 3) {
      const word = from + (T[at] as number);
      row[word] = ((row[word] as number) & ~(T[at + 1] as number)) | (T[at + 2] as number);
    }
    const changes = { T, first: writes, last: writes + 4 * (T[leaf + 3] as number) };
    let end = from + words;
    let read = start + words;
    for (let bag = 0; bag < bags.length; bag += 1) {
      end = this.#bags.write(bag, changes, source, read, row, end);
      read = bagEnd(source, read);
    }
    return end;
  }
}

/**
 * What functions of a spec were seen to do, as decision trees: each inner node asks the state one question, each leaf
 * says what came out. A function that is pure asks the same next question after the same answers, so a path from root
 * to leaf stands for every state that gives these answers; a state that leaves the tree is one to learn from.
 *
 * All trees are in one array of words. A slot is a word that holds the offset of a node, or 0 where nothing is known.
 *
 *     bits    word >= 0, shift, mask, then a slot for each answer
 *     sparse  -1, word, shift, mask, log2 of capacity, count, then a slot that holds the offset of (answer, slot) pairs
 *     copies  -2, bag, number, then a slot for each count up to `answers`
 *     before  -3, the same, of the state before while a step is applied
 *     entry   -4, bag, position, 0, log2 of capacity, count, pairs as in sparse
 *     leaf    -5, result, writes, changes, difference of the fingerprint's two lanes, signature of what is changed (of
 *             a property: of what is asked) in two words, then word, bits to clear, bits to set for each write, and bag,
 *             number, copies before, copies after for each change
 */
import { Disagreement } from "../search/disagreement.ts";
import { copiesMax } from "./entries.ts";
import type { Memory } from "./memory.ts";
import { ask, type Question } from "./recorder.ts";
import { withRoom } from "./room.ts";

const sparse = -1;
const copies = -2;
const copiesBefore = -3;
const entry = -4;
const leaf = -5;
/** The first words of nodes that others look at. */
export const inner = { copies, leaf } as const;

/** What the leaf of an action says first. */
export const result = { disabled: 0, enabled: 1, failed: 2 } as const;

/** Words of a leaf before its writes. */
export const leafWords = 8;

/** Masks up to this have a slot for every answer. */
const denseMax = 255;
const firstCapacityBits = 2;

/** A node of a tree: what it asks (see `Question`), and where each answer leads. */
export interface NodeView {
  readonly kind: "bits" | "copies" | "entry" | "leaf";
  readonly at: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly answers: readonly { readonly answer: number; readonly slot: number }[];
}

const impure = "a function of the spec read the same values of the state as before, and then went another way";

export class Tries {
  words = new Int32Array(1 << 16);
  #used = 1;
  readonly #leaves = new Map<string, number>();
  #briefStart = 0;
  #brief = 0;
  #briefEnd = 0;
  readonly #memory: Memory;
  readonly #limit: number;

  /** `limit`: words at most; beyond it nothing more is learnt. */
  constructor(memory: Memory, limit: number) {
    this.#memory = memory;
    this.#limit = limit;
  }

  get used(): number {
    return this.#used;
  }

  get isFull(): boolean {
    return this.#used >= this.#limit;
  }

  /** Room for this many words, all zero. */
  allocate(count: number): number {
    const at = this.#used;
    this.#used += count;
    this.words = withRoom(this.words, this.#used);
    return at;
  }

  /** The leaf that the memory's state leads to, or 0 where it leaves what is known. */
  walk(slot: number): number {
    const T = this.words;
    const W = this.#memory.words;
    let node = T[slot] as number;
    while (node !== 0) {
      const op = T[node] as number;
      if (op >= 0) {
        const answer = ((W[op] as number) >>> (T[node + 1] as number)) & (T[node + 2] as number);
        node = T[node + 3 + answer] as number;
      } else if (op === leaf) return node;
      else node = this.#step(node, op);
    }
    return 0;
  }

  /** A node as others may look at it, for explanations; null where nothing is known. */
  viewOf(slot: number): NodeView | null {
    const T = this.words;
    const at = T[slot] as number;
    if (at === 0) return null;
    const op = T[at] as number;
    if (op === leaf) return { kind: "leaf", at, a: 0, b: 0, c: 0, answers: [] };
    const [a = 0, b = 0, c = 0] = op >= 0 ? [op, T[at + 1], T[at + 2]] : [T[at + 1], T[at + 2], T[at + 3]];
    const answers: { answer: number; slot: number }[] = [];
    if (op === sparse || op === entry) {
      const pairs = T[at + 6] as number;
      for (let pair = pairs; pair < pairs + (2 << (T[at + 4] as number)); pair += 2)
        if (T[pair + 1] !== 0) answers.push({ answer: T[pair] as number, slot: pair + 1 });
    } else {
      const count = op >= 0 ? c + 1 : this.answersOfCopies(at);
      for (let answer = 0; answer < count; answer += 1) answers.push({ answer, slot: at + 3 + answer });
    }
    const kind = op >= 0 || op === sparse ? "bits" : op === entry ? "entry" : "copies";
    return { kind, at, a, b, c, answers };
  }

  #step(node: number, op: number): number {
    const T = this.words;
    const memory = this.#memory;
    const a = T[node + 1] as number;
    const b = T[node + 2] as number;
    if (op === copies) return T[node + 3 + (memory.copies[a]?.[b] ?? 0)] as number;
    if (op === copiesBefore) return T[node + 3 + memory.countOf(a, b)] as number;
    const answer = op === sparse ? ((memory.words[a] as number) >>> b) & (T[node + 3] as number) : memory.entryOf(a, b);
    const slot = this.#pair(node, answer);
    return slot === 0 ? 0 : (T[slot] as number);
  }

  /** The slot of an answer of a sparse node, or 0. */
  #pair(node: number, answer: number): number {
    const T = this.words;
    const bits = T[node + 4] as number;
    const pairs = T[node + 6] as number;
    const mask = (1 << bits) - 1;
    for (let at = hashed(answer, bits); ; at = (at + 1) & mask) {
      const slot = pairs + 2 * at + 1;
      if (T[slot] === 0) return 0;
      if (T[slot - 1] === answer) return slot;
    }
  }

  /**
   * Adds a leaf at the end of these questions and answers, and returns it. `content` is the leaf's words after the
   * first. Throws `Disagreement` where the same answers have led to another question before, or to one where there is none now.
   */
  learn(slot: number, questions: readonly Question[], content: readonly number[], isPair: boolean): number {
    let at = slot;
    for (const question of questions) at = this.#answerSlot(at, question, isPair);
    const known = this.words[at] ?? 0;
    if (known !== 0 && this.words[known] !== leaf) throw new Disagreement(impure);
    const node = this.#leafOf(content);
    this.words[at] = node;
    return node;
  }

  /** Leaves that say the same in a few words are one. */
  #leafOf(content: readonly number[]): number {
    const key = content.length === leafWords - 1 ? content.join() : "";
    const known = key === "" ? undefined : this.#leaves.get(key);
    if (known !== undefined) return known;
    const node = this.allocate(content.length + 1);
    this.words[node] = leaf;
    this.words.set(content, node + 1);
    if (key !== "") this.#leaves.set(key, node);
    return node;
  }

  /** How many answers a node has that asks for copies. */
  answersOfCopies(node: number): number {
    return Math.min(this.#memory.layout.bags[this.words[node + 1] ?? 0]?.copies ?? 0, copiesMax) + 1;
  }

  /** A leaf that is in no tree, until `forgetBrief`. */
  keepBriefly(content: readonly number[]): number {
    const node = this.roomBriefly(content.length + 1);
    this.words[node] = leaf;
    this.words.set(content, node + 1);
    return node;
  }

  /** Room for such a leaf of this many words. */
  roomBriefly(count: number): number {
    if (this.#brief + count > this.#briefEnd) {
      // Twice what there was, so that what is left behind is little.
      const length = Math.max(1 << 14, count, 2 * (this.#briefEnd - this.#briefStart));
      this.#briefStart = this.allocate(length);
      this.#brief = this.#briefStart;
      this.#briefEnd = this.#briefStart + length;
    }
    const node = this.#brief;
    this.#brief += count;
    return node;
  }

  forgetBrief(): void {
    this.#brief = this.#briefStart;
  }

  #answerSlot(slot: number, question: Question, isPair: boolean): number {
    const content = this.#inner(question, isPair);
    const known = this.words[slot] ?? 0;
    const node = known === 0 ? this.#node(content) : known;
    this.words[slot] = node;
    for (let at = 0; at < 3; at += 1) {
      if (this.words[node + at] !== content[at]) throw new Disagreement(impure);
    }
    const op = this.words[node] ?? 0;
    if (op !== sparse && op !== entry) return node + 3 + question.answer;
    return this.#pair(node, question.answer) || this.#addPair(node, question.answer);
  }

  /** The first words of the node that asks this. */
  #inner({ ask: kind, a, b, c }: Question, isPair: boolean): readonly [number, number, number, number] {
    const { bags } = this.#memory.layout;
    switch (kind) {
      case ask.bits:
        return c >= 0 && c <= denseMax ? [a, b, c, c] : [sparse, a, b, c];
      case ask.copies: {
        const own = a < bags.length ? a : a - bags.length;
        const answers = Math.min(bags[own]?.copies ?? 0, copiesMax);
        return [isPair && a < bags.length ? copiesBefore : copies, own, b, answers];
      }
      default:
        return [entry, a, b, 0];
    }
  }

  #node(content: readonly [number, number, number, number]): number {
    const [op, , , answers] = content;
    if (op !== sparse && op !== entry) return this.#write(content.slice(0, 3), answers + 1);
    const pairs = this.allocate(2 << firstCapacityBits);
    return this.#write([...content, firstCapacityBits, 0, pairs], 0);
  }

  #write(content: readonly number[], slots: number): number {
    const node = this.allocate(content.length + slots);
    this.words.set(content, node);
    return node;
  }

  /** A pair's slot must never be 0 for long: the caller puts a node in it at once. */
  #addPair(node: number, answer: number): number {
    const bits = this.words[node + 4] ?? 0;
    const count = (this.words[node + 5] ?? 0) + 1;
    if (count * 2 > 1 << bits) this.#grow(node, bits);
    this.words[node + 5] = count;
    const T = this.words;
    const mask = (1 << (T[node + 4] ?? 0)) - 1;
    const pairs = T[node + 6] ?? 0;
    let at = hashed(answer, T[node + 4] ?? 0);
    while ((T[pairs + 2 * at + 1] ?? 0) !== 0) at = (at + 1) & mask;
    T[pairs + 2 * at] = answer;
    return pairs + 2 * at + 1;
  }

  #grow(node: number, bits: number): void {
    const old = this.words[node + 6] ?? 0;
    const pairs = this.allocate(2 << (bits + 1));
    const T = this.words;
    const mask = (1 << (bits + 1)) - 1;
    for (let from = 0; from < 1 << bits; from += 1) {
      const slot = T[old + 2 * from + 1] ?? 0;
      if (slot === 0) continue;
      const answer = T[old + 2 * from] ?? 0;
      let at = hashed(answer, bits + 1);
      while ((T[pairs + 2 * at + 1] ?? 0) !== 0) at = (at + 1) & mask;
      T[pairs + 2 * at] = answer;
      T[pairs + 2 * at + 1] = slot;
    }
    T[node + 4] = bits + 1;
    T[node + 6] = pairs;
  }
}

function hashed(answer: number, bits: number): number {
  return Math.imul(answer, 0x9e3779b1) >>> (32 - bits);
}

/**
 * Trees of decisions of many ways, merged: ways whose trees ask the same question ask it once, and those that turn out
 * to be impossible drop out together. What is made here follows from the trees and can be made again at any time.
 *
 * A list of items ends with 0. The items:
 *
 *     walk     1, action, slot of the way, slot to start at
 *     bits     2, word, shift, mask, then a list (or 0 for the empty one) for each answer
 *     copies   3, bag, number, counts, then the same
 *     step     4, action, leaf
 */
import { withRoom } from "./room.ts";
import { inner, result, type Tries } from "./tries.ts";

/** Beyond this many words nothing more is merged: 64 MiB. */
const wordsMax = 2 ** 24;

export const item = { end: 0, walk: 1, bits: 2, copies: 3, step: 4 } as const;

/** A way on its way down its tree. */
export interface Branch {
  readonly action: number;
  /** The slot of the way: where learning starts. */
  readonly root: number;
  readonly slot: number;
}

export class Forest {
  words = new Int32Array(1 << 14);
  #used = 1;
  readonly #tries: Tries;

  constructor(tries: Tries) {
    this.#tries = tries;
  }

  /** Forgets all lists. */
  clear(): void {
    this.#used = 1;
  }

  /** Words of all lists. */
  get used(): number {
    return this.#used;
  }

  /** The list of these branches, merged down to this many questions, or 0 where none of them is possible. */
  list(branches: readonly Branch[], depth: number): number {
    const items: number[] = [];
    const groups = new Map<string, Branch[]>();
    // Ways that are walked one by one take no more room for each answer.
    const questions = this.#used < wordsMax ? depth : 0;
    for (const branch of branches) this.#place(branch, questions, items, groups);
    if (items.length === 0 && groups.size === 0) return 0;
    let size = items.length + 1;
    for (const [first] of groups.values()) size += 4 + this.#answersOf(first);
    const at = this.#allocate(size);
    let to = at;
    for (const group of groups.values()) to = this.#writeGroup(to, group, questions);
    this.words.set(items, to);
    this.words[to + items.length] = item.end;
    return at;
  }

  /** Puts a branch among the items, or with others that ask the same. */
  #place({ action, root, slot }: Branch, depth: number, items: number[], groups: Map<string, Branch[]>): void {
    const T = this.#tries.words;
    const node = T[slot] ?? 0;
    const op = T[node] ?? 0;
    if (node !== 0 && op === inner.leaf) {
      const outcome = T[node + 1] ?? 0;
      if (outcome === result.enabled) items.push(item.step, action, node);
      else if (outcome !== result.disabled) items.push(item.walk, action, root, slot);
      return;
    }
    if (node === 0 || depth === 0 || (op < 0 && op !== inner.copies)) {
      items.push(item.walk, action, root, slot);
      return;
    }
    const question = `${op} ${T[node + 1]} ${T[node + 2]}`;
    const group = groups.get(question);
    if (group === undefined) groups.set(question, [{ action, root, slot }]);
    else group.push({ action, root, slot });
  }

  #answersOf(branch: Branch | undefined): number {
    const T = this.#tries.words;
    const node = branch === undefined ? 0 : (T[branch.slot] ?? 0);
    if ((T[node] ?? 0) === inner.copies) return this.#tries.answersOfCopies(node);
    return (T[node + 2] ?? 0) + 1;
  }

  #writeGroup(at: number, group: readonly Branch[], depth: number): number {
    const [first] = group;
    const T = this.#tries.words;
    const node = first === undefined ? 0 : (T[first.slot] ?? 0);
    const answers = this.#answersOf(first);
    const isCopies = T[node] === inner.copies;
    const head = isCopies
      ? [item.copies, T[node + 1] ?? 0, T[node + 2] ?? 0, answers]
      : [item.bits, T[node] ?? 0, T[node + 1] ?? 0, T[node + 2] ?? 0];
    this.words.set(head, at);
    let unknown = -1;
    for (let answer = 0; answer < answers; answer += 1) {
      const isUnknown = this.#isUnknown(group, answer);
      // An answer that nobody has given yet: walk from here, and learn.
      if (isUnknown && unknown < 0) unknown = this.list(group, 0);
      const list = isUnknown ? unknown : this.list(this.#below(group, answer), depth - 1);
      this.words[at + 4 + answer] = list;
    }
    return at + 4 + answers;
  }

  /** True where no way of the group knows this answer. Of a few hundred answers to thousands of ways most are like that. */
  #isUnknown(group: readonly Branch[], answer: number): boolean {
    const T = this.#tries.words;
    for (const { slot } of group) if (T[(T[slot] as number) + 3 + answer] !== 0) return false;
    return true;
  }

  #below(group: readonly Branch[], answer: number): readonly Branch[] {
    const T = this.#tries.words;
    return group.map(({ action, root, slot }) => ({ action, root, slot: (T[slot] as number) + 3 + answer }));
  }

  #allocate(count: number): number {
    const at = this.#used;
    this.#used += count;
    this.words = withRoom(this.words, this.#used);
    return at;
  }
}

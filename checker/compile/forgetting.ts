/**
 * Takes elements that can never matter again out of the states that steps lead to: a step of which some elements die is
 * replaced by one that also removes them. Whether an element is dead is answered by a tree of decisions of its own.
 */
import type { Model } from "../../spec/lang/index.ts";
import type { Application } from "./application.ts";
import { numberMask } from "./entries.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Memory } from "./memory.ts";
import { bagBehind } from "./places/slot.ts";
import type { Views } from "./program.ts";
import type { Recorder } from "./recorder.ts";
import { leafWords, type Tries } from "./tries.ts";

/** One declaration of dead elements. */
interface Rule {
  readonly bag: number;
  readonly isDead: (element: unknown) => boolean;
  /** The slot of each number's tree. */
  readonly slots: number[];
  /** What the rule asks of the state being expanded, over all elements there. */
  low: number;
  high: number;
}

export class Forgetting {
  readonly #memory: Memory;
  readonly #tries: Tries;
  readonly #recorder: Recorder;
  readonly #application: Application;
  readonly #fingerprints: Fingerprints;
  readonly #learns: boolean;
  readonly #rules: readonly Rule[];
  readonly #removed: number[] = [];
  #areFootprintsKnown = false;

  constructor(
    model: Model,
    tools: { memory: Memory; tries: Tries; recorder: Recorder; application: Application; fingerprints: Fingerprints },
    views: Views,
    learns: boolean,
  ) {
    this.#memory = tools.memory;
    this.#tries = tools.tries;
    this.#recorder = tools.recorder;
    this.#application = tools.application;
    this.#fingerprints = tools.fingerprints;
    this.#learns = learns;
    this.#rules = (model.deadData?.elements ?? []).map(({ in: within, isDead }) => ({
      bag: bagBehind(within(views.after)) - this.#memory.layout.bags.length,
      isDead: (element) => isDead(views.after, element, model.constants),
      slots: [],
      low: 0,
      high: 0,
    }));
  }

  get isIdle(): boolean {
    return this.#rules.length === 0;
  }

  /** Another state is expanded. */
  begin(): void {
    this.#areFootprintsKnown = false;
  }

  /** The leaf of the step, or of the same step with what it lets die removed. `isFirst`: no rule was asked before it. */
  of(leaf: number, isFirst: boolean): number {
    if (!isFirst && this.#learns && !this.#areFootprintsKnown) this.#findFootprints();
    this.#application.apply(this.#tries.words, leaf);
    this.#removed.length = 0;
    for (const rule of this.#rules) this.#look(rule, leaf, isFirst);
    this.#application.undo();
    return this.#removed.length === 0 ? leaf : this.#without(leaf);
  }

  /** Where the rules look in the state before, all of whose elements live. Some other thread may have judged them. */
  #findFootprints(): void {
    this.#areFootprintsKnown = true;
    const { words, bags } = this.#memory.layout;
    for (const rule of this.#rules) {
      rule.low = 0;
      rule.high = 0;
      const different = this.#memory.words[words + bags.length + rule.bag] as number;
      const entries = this.#memory.entries[rule.bag] as Int32Array;
      for (let i = 0; i < different; i += 1) {
        const number = (entries[i] as number) & numberMask;
        this.#isDead(rule, number);
        const leaf = this.#tries.walk(rule.slots[number] as number);
        // What could not be learnt may look anywhere.
        rule.low |= leaf === 0 ? -1 : (this.#tries.words[leaf + 6] as number);
        rule.high |= leaf === 0 ? -1 : (this.#tries.words[leaf + 7] as number);
      }
    }
  }

  #look(rule: Rule, leaf: number, isFirst: boolean): void {
    const T = this.#tries.words;
    const changesState =
      isFirst ||
      !this.#learns ||
      ((T[leaf + 6] as number) & rule.low) !== 0 ||
      ((T[leaf + 7] as number) & rule.high) !== 0;
    if (changesState) {
      const { words, stride, bags } = this.#memory.layout;
      const different = this.#memory.words[stride + words + bags.length + rule.bag] as number;
      const entries = this.#memory.entriesAfter(rule.bag);
      for (let i = 0; i < different; i += 1) this.#judge(rule, (entries[i] as number) & numberMask);
      return;
    }
    // Nothing that a rule looks at has changed, so only what is new can be dead.
    const first = leaf + leafWords + 3 * (T[leaf + 2] as number);
    const end = first + 4 * (T[leaf + 3] as number);
    for (let at = first; at < end; at += 4) {
      const T2 = this.#tries.words;
      if (T2[at] === rule.bag && (T2[at + 3] as number) > 0) this.#judge(rule, T2[at + 1] as number);
    }
  }

  #judge(rule: Rule, number: number): void {
    if (this.#isDead(rule, number)) this.#removed.push(rule.bag, number);
  }

  #isDead(rule: Rule, number: number): boolean {
    const slot = rule.slots[number] ?? this.#tries.allocate(1);
    rule.slots[number] = slot;
    const known = this.#learns ? this.#tries.walk(slot) : 0;
    if (known !== 0) return this.#tries.words[known + 1] === 1;
    const learns = this.#learns && !this.#tries.isFull;
    this.#recorder.start(false, learns);
    const dead = rule.isDead(this.#memory.layout.bags[rule.bag]?.table.values[number]);
    if (!learns) return dead;
    const [low, high] = this.#recorder.footprint();
    this.#tries.learn(slot, this.#recorder.questions, [dead ? 1 : 0, 0, 0, 0, 0, low, high], true);
    return dead;
  }

  /** A leaf like this one that also removes the dead elements. */
  #without(leaf: number): number {
    const removed = this.#removed;
    const old = this.#tries.words;
    const writes = old[leaf + 2] as number;
    const changes = old[leaf + 3] as number;
    const head = leafWords + 3 * writes;
    const made = this.#tries.roomBriefly(head + 4 * (changes + removed.length / 2));
    const T = this.#tries.words;
    for (let i = 0; i < head + 4 * changes; i += 1) T[made + i] = T[leaf + i] as number;
    const F = this.#fingerprints;
    F.start();
    const first = made + head;
    let end = first + 4 * changes;
    for (let i = 0; i < removed.length; i += 2)
      end = this.#remove(first, end, removed[i] as number, removed[i + 1] as number);
    T[made + 3] = (end - first) / 4;
    T[made + 4] = ((T[leaf + 4] as number) + F.low) | 0;
    T[made + 5] = ((T[leaf + 5] as number) + F.high) | 0;
    T[made + 6] = -1;
    T[made + 7] = -1;
    return made;
  }

  /** Removes an element in the changes from `first` to `end`. Returns the new end. */
  #remove(first: number, end: number, bag: number, number: number): number {
    const T = this.#tries.words;
    for (let at = first; at < end; at += 4) {
      if (T[at] !== bag || T[at + 1] !== number) continue;
      this.#fingerprints.element(bag, number, T[at + 3] as number, -1);
      T[at + 3] = 0;
      if (T[at + 2] !== 0) return end;
      // It was not there before: nothing has changed.
      T.copyWithin(at, at + 4, end);
      return end - 4;
    }
    const copies = this.#memory.copies[bag]?.[number] ?? 0;
    this.#fingerprints.element(bag, number, copies, -1);
    T[end] = bag;
    T[end + 1] = number;
    T[end + 2] = copies;
    T[end + 3] = 0;
    return end + 4;
  }
}

/**
 * The steps that a state allows: which choices there are for each action, and what comes of each. The first time an
 * action meets a situation it is run on views that take notes; from then on its tree of decisions answers.
 */
import { type Action, kindOf, type Model } from "../../spec/lang/index.ts";
import { EvaluationError } from "../reference/evaluation-error.ts";
import type { Semantics } from "../reference/semantics.ts";
import { Dispatch, unmerged } from "./dispatch.ts";
import { Domains } from "./domains.ts";
import { type Emitted, emitForest, evaluate } from "./emit-forest.ts";
import { numberMask } from "./entries.ts";
import { type Branch, Forest, item } from "./forest.ts";
import type { Memory } from "./memory.ts";
import type { Views } from "./program.ts";
import type { Recorder } from "./recorder.ts";
import { withRoom } from "./room.ts";
import { result, type Tries } from "./tries.ts";

/** Questions that are merged, of ways that do not depend on the state and of those that an element gives. */
const depthOfFixed = 10;
const depthOfElements = 4;
const worthMerging = 1.02;
/** Merging takes as long for so many words as walking one way in one state: with many ways and few states it does not pay. */
const wordsPerWay = 8;
/** Code is made of merged trees up to this size, and anew when this much more has been learnt and twice the states were seen. */
const itemsOfCodeMax = 60_000;
const worthEmitting = 1.1;

/** Choices of the initial action that are tried together. */
const choicesOfInit = 256;

/** A function of the spec with its arguments but the state: what a slot stands for. */
interface Way {
  readonly action: Action;
  readonly choice: Readonly<Record<string, unknown>>;
}

export class Steps {
  /** The leaves of the steps that the state allows, and the action of each. */
  leaves = new Int32Array(256);
  actions = new Int32Array(256);
  count = 0;
  readonly #model: Model;
  readonly #memory: Memory;
  readonly #tries: Tries;
  readonly #recorder: Recorder;
  readonly #views: Views;
  readonly #domains: Domains;
  readonly #learns: boolean;
  readonly #ways = new Map<number, Way>();
  /** Ways that do not depend on the state: action and slot, two for each. */
  readonly #fixed: number[] = [];
  /** For each bag and number the offset of its ways: how many, then action and slot for each. */
  readonly #ofElement: Int32Array[];
  /** The same, merged. */
  readonly #dispatches: readonly Dispatch[];
  readonly #forest: Forest;
  #fixedList = 0;
  #mergedAt = 0;
  #mergedAfter = 0;
  /** The code of the ways that do not depend on the state, once there is one, and what it finds. */
  #emitted: Emitted | null = null;
  #found = new Int32Array(0);
  #emittedAt = 0;
  #emitsAfter: number;

  constructor(
    semantics: Semantics,
    memory: Memory,
    tries: Tries,
    recorder: Recorder,
    views: Views,
    learns: boolean,
    emitsAfter: number,
  ) {
    this.#emitsAfter = emitsAfter;
    this.#model = semantics.model;
    this.#memory = memory;
    this.#tries = tries;
    this.#recorder = recorder;
    this.#views = views;
    this.#learns = learns;
    this.#ofElement = memory.layout.bags.map(() => new Int32Array(1024));
    this.#dispatches = memory.layout.bags.map(() => new Dispatch());
    this.#forest = new Forest(tries);
    this.#domains = new Domains(semantics, tries, recorder, views);
    this.#model.actions.forEach((action, index) => {
      for (const choice of this.#domains.fixed(index)) this.#fixed.push(index, this.#slot({ action, choice }));
    });
    this.merge(0);
  }

  /** Finds the steps that the state before allows. */
  find(): void {
    this.count = 0;
    if (this.#emitted !== null) this.#runEmitted(this.#emitted);
    else if (this.#fixedList !== 0) this.#evaluate(this.#fixedList);
    for (const bag of this.#domains.bags) this.#ofBag(bag);
    for (const index of this.#domains.computed) {
      const action = this.#model.actions[index];
      if (action === undefined) continue;
      const choices = unlessFailed(() => this.#domains.choices(index));
      if (choices === null) this.#add(this.#tries.keepBriefly(failedLeaf), index);
      else
        for (const { slot, choice } of choices) {
          if (!this.#ways.has(slot)) this.#ways.set(slot, { action, choice });
          this.#take(index, slot, slot);
        }
    }
  }

  /** Ways that do not depend on the state. */
  get ways(): number {
    return this.#fixed.length / 2;
  }

  /** Merges the trees anew, after so many states, where enough has been learnt and done since they were. */
  merge(expanded: number): void {
    const walked = (expanded - this.#mergedAfter) * this.#fixed.length;
    if (
      this.#mergedAt > 0 &&
      (this.#tries.used < this.#mergedAt * worthMerging || walked < this.#forest.used / wordsPerWay)
    )
      return;
    this.#mergedAt = this.#tries.used;
    this.#mergedAfter = expanded;
    this.#forest.clear();
    for (const dispatch of this.#dispatches) dispatch.clear();
    const branches: Branch[] = [];
    for (let at = 0; at < this.#fixed.length; at += 2) {
      const slot = this.#fixed[at + 1] as number;
      branches.push({ action: this.#fixed[at] as number, root: slot, slot });
    }
    this.#fixedList = this.#forest.list(branches, depthOfFixed);
  }

  /**
   * Makes code of the merged trees, after so many states, where enough has been learnt since the last time. Code that is
   * older than the trees is right as well: where it ends, they are walked.
   */
  emit(expanded: number): void {
    const isDue = expanded >= this.#emitsAfter && this.#tries.used >= this.#emittedAt * worthEmitting;
    if (!isDue || this.#fixedList === 0) return;
    this.#emitsAfter = 2 * expanded;
    this.#emittedAt = this.#tries.used;
    const source = emitForest(this.#forest.words, this.#fixedList, itemsOfCodeMax);
    this.#emitted = source === null ? null : (evaluate(source) as Emitted);
    // A way that is walked takes three words.
    this.#found = new Int32Array(2 * this.#fixed.length);
  }

  /** True where code has taken the place of lists. */
  get hasEmitted(): boolean {
    return this.#emitted !== null;
  }

  #runEmitted(emitted: Emitted): void {
    const found = this.#found;
    const end = emitted(this.#memory.words, this.#memory.copies, found, 0);
    for (let at = 0; at < end; at += 2) {
      const first = found[at] as number;
      const action = found[at + 1] as number;
      if (first > 0) this.#add(first, action);
      else {
        this.#take(action, found[at + 2] as number, -first);
        at += 1;
      }
    }
  }

  #evaluate(list: number): void {
    const F = this.#forest.words;
    const W = this.#memory.words;
    let at = list;
    for (;;) {
      const kind = F[at] as number;
      if (kind === item.bits) {
        const mask = F[at + 3] as number;
        const answer = ((W[F[at + 1] as number] as number) >>> (F[at + 2] as number)) & mask;
        const next = F[at + 4 + answer] as number;
        at += 5 + mask;
        if (next === 0) continue;
        if (F[at] === item.end) at = next;
        else this.#evaluate(next);
      } else if (kind === item.step) {
        this.#add(F[at + 2] as number, F[at + 1] as number);
        at += 3;
      } else if (kind === item.walk) {
        this.#take(F[at + 1] as number, F[at + 2] as number, F[at + 3] as number);
        at += 4;
      } else if (kind === item.copies) {
        const copies = this.#memory.copies[F[at + 1] as number]?.[F[at + 2] as number] ?? 0;
        const next = F[at + 4 + copies] as number;
        at += 4 + (F[at + 3] as number);
        if (next === 0) continue;
        if (F[at] === item.end) at = next;
        else this.#evaluate(next);
      } else return;
    }
  }

  #ofBag(bag: number): void {
    const { words, bags } = this.#memory.layout;
    const W = this.#memory.words;
    const different = W[words + bags.length + bag] as number;
    const entries = this.#memory.entries[bag] as Int32Array;
    const dispatch = this.#dispatches[bag] as Dispatch;
    dispatch.ask(W);
    let { questionOf, lists } = dispatch;
    const { rows } = dispatch;
    for (let at = 0; at < different; at += 1) {
      const number = (entries[at] as number) & numberMask;
      let question = number < questionOf.length ? (questionOf[number] as number) : unmerged;
      if (question === unmerged) {
        this.#mergeElement(bag, number);
        dispatch.ask(W);
        questionOf = dispatch.questionOf;
        lists = dispatch.lists;
        question = questionOf[number] as number;
      }
      const list = lists[(rows[question] as number) + number] as number;
      if (list !== 0) this.#evaluate(list);
    }
  }

  #mergeElement(bag: number, number: number): void {
    const group = (this.#ofElement[bag] as Int32Array)[number] || this.#group(bag, number);
    const T = this.#tries.words;
    const branches: Branch[] = [];
    const end = group + 1 + 2 * (T[group] as number);
    for (let way = group + 1; way < end; way += 2)
      branches.push({ action: T[way] as number, root: way + 1, slot: way + 1 });
    const list = this.#forest.list(branches, depthOfElements);
    (this.#dispatches[bag] as Dispatch).put(number, this.#forest.words, list);
  }

  #take(action: number, root: number, slot: number): void {
    const leaf = (this.#learns ? this.#tries.walk(slot) : 0) || this.#run(root);
    if (this.#tries.words[leaf + 1] !== result.disabled) this.#add(leaf, action);
  }

  /** The ways of an action that were met, for explanations. */
  waysOf(name: string): readonly { readonly slot: number; readonly choice: Way["choice"] }[] {
    return [...this.#ways].flatMap(([slot, { action, choice }]) => (action.name === name ? [{ slot, choice }] : []));
  }

  #slot(way: Way): number {
    const slot = this.#tries.allocate(1);
    this.#ways.set(slot, way);
    return slot;
  }

  /** The ways that an element of a bag gives, made when it is first met. */
  #group(bag: number, number: number): number {
    const table = this.#memory.layout.bags[bag]?.table;
    const value = table?.values[number];
    const ways = this.#domains.waysOf(bag, kindOf(value), value);
    const group = this.#tries.allocate(1 + 2 * ways.length);
    this.#tries.words[group] = ways.length;
    ways.forEach(({ index, choice }, position) => {
      const action = this.#model.actions[index];
      if (action === undefined) return;
      this.#tries.words[group + 1 + 2 * position] = index;
      this.#ways.set(group + 2 + 2 * position, { action, choice });
    });
    const groups = withRoom(this.#ofElement[bag] as Int32Array, number + 1);
    groups[number] = group;
    this.#ofElement[bag] = groups;
    return group;
  }

  /** Runs a way on the views, and returns the leaf that says what came of it. */
  #run(slot: number): number {
    const way = this.#ways.get(slot);
    if (way === undefined) throw new Error(`nothing is known of slot ${slot}`);
    const learns = this.#learns && !this.#tries.isFull;
    this.#recorder.start(true, learns);
    const content = this.#outcomeOf(way);
    return learns
      ? this.#tries.learn(slot, this.#recorder.questions, content, false)
      : this.#tries.keepBriefly(content);
  }

  #outcomeOf({ action, choice }: Way): readonly number[] {
    const { constants } = this.#model;
    try {
      if (!action.guard(this.#views.before, choice, constants)) return [result.disabled, 0, 0, 0, 0, 0, 0];
      action.effect(this.#views.after, choice, constants);
      this.#model.deadData?.reset(this.#views.after, constants);
      this.#recorder.settle();
    } catch {
      return failedLeaf;
    }
    return this.#recorder.draftedStep(result.enabled);
  }

  /**
   * Finds the steps that lead from the blank state, which the memory must hold, to initial states: some of them each time,
   * and whether they are the last. What was found before is lost then.
   */
  *findInitial(semantics: Semantics): Generator<boolean> {
    const { init } = this.#model.spec;
    const choices = unlessFailed(() => semantics.choices(init, this.#views.before));
    let at = 0;
    do {
      this.count = 0;
      this.#tries.forgetBrief();
      if (choices === null) this.#add(this.#tries.keepBriefly(failedLeaf), 0);
      for (const choice of choices?.slice(at, at + choicesOfInit) ?? []) {
        this.#recorder.start(true, false);
        const leaf = this.#tries.keepBriefly(this.#outcomeOf({ action: init, choice }));
        if (this.#tries.words[leaf + 1] !== result.disabled) this.#add(leaf, 0);
      }
      at += choicesOfInit;
      yield at >= (choices?.length ?? 0);
    } while (at < (choices?.length ?? 0));
  }

  #add(leaf: number, action: number): void {
    if (this.count === this.leaves.length) {
      this.leaves = withRoom(this.leaves, this.count + 1);
      this.actions = withRoom(this.actions, this.count + 1);
    }
    this.leaves[this.count] = leaf;
    this.actions[this.count] = action;
    this.count += 1;
  }
}

/** A step that fails. The reference finds out why. */
const failedLeaf: readonly number[] = [result.failed, 0, 0, 0, 0, 0, 0];

/** What a domain gives; null where it fails, which is a step that fails. */
function unlessFailed<T>(choices: () => T): T | null {
  try {
    return choices();
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

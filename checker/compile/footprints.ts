/**
 * What actions and properties touch of a state, as the recorder of the engine sees it. Nothing explores by it: it is there
 * to measure what a reduction that rests on footprints could gain (`bench/partial-order`).
 */
import { type Action, kindOf, type Model, type Property, structuralKey } from "../../spec/lang/index.ts";
import { type Choice, Semantics, type State } from "../reference/semantics.ts";
import { Application } from "./application.ts";
import { Domains } from "./domains.ts";
import { Fingerprints } from "./fingerprints.ts";
import { Memory } from "./memory.ts";
import { compile, type Program, type Views } from "./program.ts";
import { ask, Recorder } from "./recorder.ts";
import { leafWords, result, Tries } from "./tries.ts";

/**
 * What one way of acting touches in one state, as numbers that stand for a bit of a cell, an element of a bag, or how many
 * elements a bag has and which. Ascending, without repeats. All that is changed is read too, but for the last kind: adding an
 * element needs no count of the others.
 */
export interface Footprint {
  readonly isEnabled: boolean;
  /** What decided about the guard and the effect; of a way that is disabled, why it is. */
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

const trieWordsMax = 2 ** 24;

export class Footprints {
  readonly #model: Model;
  readonly #semantics: Semantics;
  readonly #memory: Memory;
  readonly #tries: Tries;
  readonly #recorder: Recorder;
  readonly #views: Views;
  readonly #application: Application;
  readonly #domains: Domains;
  readonly #program: Program;

  /** The model must be one that packed states can hold (`packedRefusal`). */
  constructor(model: Model) {
    this.#model = model;
    this.#semantics = new Semantics(model);
    this.#program = compile(model.schema, null, this.#semantics.interners);
    this.#memory = new Memory(this.#program.layout);
    this.#memory.blank();
    const fingerprints = new Fingerprints(this.#memory);
    this.#recorder = new Recorder(this.#memory, fingerprints);
    this.#views = this.#program.views(this.#recorder);
    this.#tries = new Tries(this.#memory, trieWordsMax);
    this.#application = new Application(this.#memory, fingerprints, this.#program, []);
    this.#domains = new Domains(this.#semantics, this.#tries, this.#recorder, this.#views);
  }

  /** Makes this the state that is asked about. */
  enter(state: State): void {
    this.#memory.blank();
    this.#recorder.start(true, false);
    this.#views.assign(state);
    this.#recorder.settle();
    this.#tries.forgetBrief();
    const leaf = this.#tries.keepBriefly(this.#recorder.draftedStep(result.enabled));
    const { blank } = this.#memory.layout;
    const row = new Int32Array(this.#application.rowWords(this.#tries.words, leaf, blank, 0));
    this.#application.writeRow(this.#tries.words, leaf, blank, 0, row, 0);
    this.#memory.load(row, 0);
  }

  /** Of an action with these parameters, whether or not the state offers them. */
  ofWay(index: number, choice: Choice): Footprint {
    const action = this.#action(index);
    const { constants } = this.#model;
    const reads = new Set<number>();
    if (!this.#offers(index, choice, reads)) return footprint(false, reads, new Set());
    this.#recorder.start(true, true);
    const isEnabled = action.guard(this.#views.before, choice, constants);
    if (isEnabled) this.#act(action, choice);
    const content = this.#recorder.draftedStep(result.enabled);
    this.#addReads(reads);
    if (!isEnabled) return footprint(false, reads, new Set());
    const writes = this.#writesOf(content);
    this.#forget(content, reads, writes);
    return footprint(true, reads, writes);
  }

  #act(action: Action, choice: Choice): void {
    const { constants, deadData } = this.#model;
    action.effect(this.#views.after, choice, constants);
    deadData?.reset(this.#views.after, constants);
    this.#recorder.settle();
  }

  /**
   * Adds what is touched where elements of the step's end are dead: those that the step adds are looked at, and those whose
   * death depends on what the step writes.
   */
  #forget(content: readonly number[], reads: Set<number>, writes: Set<number>): void {
    const { deadData, constants } = this.#model;
    const written = new Set(writes);
    for (const { in: within, isDead } of deadData?.elements ?? []) {
      const { after } = this.#applied(content);
      const bag = within(after) as Iterable<unknown> & { has(element: unknown): boolean };
      this.#recorder.start(false, false);
      for (const element of [...bag]) {
        const itself = this.#readsOf(() => bag.has(element));
        let dies = false;
        const looked = this.#readsOf(() => {
          dies = isDead(after, element, constants);
        });
        if (![...itself, ...looked].some((one) => written.has(one))) continue;
        for (const one of [...itself, ...looked]) reads.add(one);
        if (dies) for (const one of itself) writes.add(one);
      }
      this.#application.undo();
    }
  }

  /** The views, with this step applied until it is undone. */
  #applied(content: readonly number[]): Views {
    this.#tries.forgetBrief();
    this.#application.apply(this.#tries.words, this.#tries.keepBriefly(content));
    return this.#views;
  }

  /** What a property of states looks at. */
  ofState(property: Property): readonly number[] {
    const { constants: c } = this.#model;
    const { before: s } = this.#views;
    return this.#readsOf(() => {
      if (property.kind === "reachable") property.goal(null, s, c);
      else if (property.kind === "invariant" && (property.when === null || property.when(s, c))) property.holds(s, c);
    });
  }

  /** What a property of steps looks at in the step that this enabled way leads to. */
  ofStep(property: Property, index: number, choice: Choice): readonly number[] {
    const { constants: c } = this.#model;
    const { before: s, after: t } = this.#views;
    this.#recorder.start(true, false);
    this.#act(this.#action(index), choice);
    this.#applied(this.#recorder.draftedStep(result.enabled));
    const reads = this.#readsOf(() => {
      if (property.kind === "reachable") property.goal(s, t, c);
      else if (property.kind === "step" && (property.when === null || property.when(s, t, c))) property.holds(s, t, c);
    });
    this.#application.undo();
    return reads;
  }

  #readsOf(run: () => void): readonly number[] {
    this.#recorder.start(false, true);
    run();
    const reads = new Set<number>();
    this.#addReads(reads);
    return ascending(reads);
  }

  #action(index: number): Action {
    const action = this.#model.actions[index];
    if (action === undefined) throw new RangeError(`there is no action ${index}`);
    return action;
  }

  /** Whether the state has these parameters to act with, and what that depends on. */
  #offers(index: number, choice: Choice, reads: Set<number>): boolean {
    const { found } = this.#semantics.parametersOf(this.#action(index));
    if (found.length === 0) return true;
    if (!this.#domains.computed.includes(index)) return this.#holdsElement(index, choice, reads);
    const wanted = structuralKey(choice);
    this.#recorder.start(true, true);
    const offered = this.#semantics
      .choices(this.#action(index), this.#views.before)
      .some((one) => structuralKey(one) === wanted);
    this.#addReads(reads);
    return offered;
  }

  #holdsElement(index: number, choice: Choice, reads: Set<number>): boolean {
    const wanted = structuralKey(choice);
    const { bags } = this.#memory.layout;
    let isThere = false;
    for (const value of Object.values(choice)) {
      for (const bag of this.#domains.bags) {
        const ways = this.#domains.waysOf(bag, kindOf(value), value);
        if (!ways.some((way) => way.index === index && structuralKey(way.choice) === wanted)) continue;
        const number = bags[bag]?.table.numberOf(value) ?? 0;
        reads.add(this.#element(bag, number));
        if (this.#memory.countOf(bag, number) > 0) isThere = true;
      }
    }
    return isThere;
  }

  #addReads(reads: Set<number>): void {
    const { stride, bags } = this.#memory.layout;
    for (const { ask: kind, a, b, c } of this.#recorder.questions) {
      if (kind === ask.bits) this.#addBits(a % stride, c << b, reads);
      else if (kind === ask.copies) reads.add(this.#element(a % bags.length, b));
      else reads.add(this.#contents(a % bags.length));
    }
  }

  #writesOf(content: readonly number[]): Set<number> {
    const writes = new Set<number>();
    const [, words = 0, changes = 0] = content;
    let at = leafWords - 1;
    for (let i = 0; i < words; i += 1, at += 3) this.#addBits(content[at] ?? 0, content[at + 1] ?? 0, writes);
    for (let i = 0; i < changes; i += 1, at += 4) {
      writes.add(this.#element(content[at] ?? 0, content[at + 1] ?? 0));
      writes.add(this.#contents(content[at] ?? 0));
    }
    return writes;
  }

  #addBits(word: number, bits: number, to: Set<number>): void {
    const { words, bags } = this.#memory.layout;
    if (word >= words) {
      to.add(this.#contents((word - words) % bags.length));
      return;
    }
    for (let bit = 0; bit < 32; bit += 1) if (((bits >>> bit) & 1) === 1) to.add(32 * word + bit);
  }

  #contents(bag: number): number {
    return 32 * this.#memory.layout.words + bag;
  }

  #element(bag: number, number: number): number {
    const { words, bags } = this.#memory.layout;
    return 32 * words + bags.length * (1 + number) + bag;
  }
}

function footprint(isEnabled: boolean, reads: Set<number>, writes: Set<number>): Footprint {
  return { isEnabled, reads: ascending(reads), writes: ascending(writes) };
}

function ascending(numbers: Set<number>): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

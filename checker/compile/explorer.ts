/**
 * Expands states: all its steps, what is to be said of each, and which of them lead to states not seen before. One
 * thread's part of a search; several share a table.
 */
import { type Model, structuralKey } from "../../spec/lang/index.ts";
import { Semantics, type State } from "../reference/semantics.ts";
import { tryDeadData } from "../search/dead-data-check.ts";
import type { PackedEngine } from "../search/outcome.ts";
import { isSampled, trySymmetry } from "../search/symmetry-check.ts";
import { Rows } from "../store/rows.ts";
import { lane, type Table } from "../store/table.ts";
import { added, type VisitedStates } from "../store/visited-states.ts";
import { Application, headWords } from "./application.ts";
import { Batch } from "./batch.ts";
import { Counts } from "./counts.ts";
import type { ExplainedWay } from "./explain.ts";
import { Fingerprints } from "./fingerprints.ts";
import type { Registry } from "./flyweights.ts";
import { Forgetting } from "./forgetting.ts";
import { Inspection, initial } from "./inspection.ts";
import { Judge } from "./judge.ts";
import { KeptStates } from "./kept-states.ts";
import type { Report } from "./levels.ts";
import { Memory } from "./memory.ts";
import { compile, type Program, type Views } from "./program.ts";
import { Recorder } from "./recorder.ts";
import { Steps } from "./steps.ts";
import { result, Tries } from "./tries.ts";
import { type Tuning, usual } from "./tuning.ts";

/** Of so many states one is held against the claims that reductions rest on; all of them in a paranoid run. */
const triedEvery = 4096;
/**
 * States between two pauses of a search, and fewer where each can be left in very many ways or takes many renamings. To add
 * up so many renamings takes as long as a step does without symmetry.
 */
const statesPerPauseMost = 512;
const waysPerPause = 2 ** 20;
const waysOfAState = 16;
const renamingsOfAStep = 16;
/** Steps that are looked up in the table together, or a few more. */
const stepsPerBatch = 192;

/** A signature of the cells at which invariants and goals look. */
interface Look {
  readonly lookLow: number;
  readonly lookHigh: number;
}

export class Explorer {
  /** The meaning of the model with dead data left in. */
  readonly whole: Semantics;
  readonly program: Program;
  /** The trees of decisions. */
  readonly tries: Tries;
  readonly counts: Counts;
  readonly next: Rows;
  readonly #semantics: Semantics;
  readonly #memory: Memory;
  readonly #judge: Judge;
  readonly #application: Application;
  readonly #views: Views;
  readonly #recorder: Recorder;
  readonly #model: Model;
  #states: VisitedStates;
  /** Null where fingerprints are all that is known of states. */
  readonly #kept: KeptStates | null;
  readonly #steps: Steps;
  readonly #forgetting: Forgetting;
  readonly #inspection: Inspection;
  #level = 0;
  readonly #batch = new Batch();
  /** The row in the memory: where it begins in the chunk being expanded. */
  #loaded = 0;
  /** The fingerprint of the state being expanded. */
  #baseLow = 0;
  #baseHigh = 0;
  /** Where the invariants and goals look, in the state being expanded. */
  lookLow = 0;
  lookHigh = 0;
  readonly #learns: boolean;
  readonly #isReduced: boolean;
  readonly #triedEvery: number;
  /** States expanded since the start. */
  expanded = 0;
  /** True once the search is to end: `expand` does not begin with another state then where that takes long. */
  isToEnd: () => boolean = () => false;
  /** Read so that touching the table is not optimised away. */
  touched = 0;

  /** The engine "lowered" learns trees of decisions; "views" runs the spec on views every time. */
  constructor(
    model: Model,
    table: Table,
    registry: Registry | null,
    engine: PackedEngine,
    rows: (words: number) => Int32Array,
    { trieWordsMax, emitsAfter, fingerprintMask }: Tuning = usual,
  ) {
    const learns = engine === "lowered";
    this.#isReduced = model.deadData !== null || model.symmetric.length > 0;
    this.#triedEvery = model.paranoid ? 1 : triedEvery;
    this.#learns = learns;
    this.#model = model;
    this.#semantics = new Semantics(model);
    this.whole = this.#semantics.whole();
    this.program = compile(model.schema, registry, this.#semantics.interners);
    this.#memory = new Memory(this.program.layout);
    const fingerprints = new Fingerprints(this.#memory, fingerprintMask);
    this.#recorder = new Recorder(this.#memory, fingerprints);
    this.#views = this.program.views(this.#recorder);
    this.tries = new Tries(this.#memory, trieWordsMax);
    this.#states = table;
    this.#memory.blank();
    this.#steps = new Steps(this.#semantics, this.#memory, this.tries, this.#recorder, this.#views, learns, emitsAfter);
    this.#judge = new Judge(model, this.tries, this.#recorder, this.#views, learns);
    this.#application = new Application(this.#memory, fingerprints, this.program, this.#semantics.permutations);
    const { archive } = table;
    this.#kept =
      archive === null
        ? null
        : new KeptStates(archive, this.#memory, this.#application, registry, this.#semantics.permutations);
    if (this.#kept !== null) table.compareBy(this.#kept);
    const tools = {
      memory: this.#memory,
      tries: this.tries,
      recorder: this.#recorder,
      application: this.#application,
      fingerprints,
    };
    this.#forgetting = new Forgetting(model, tools, this.#views, learns);
    this.counts = new Counts(model.actions.length);
    this.next = new Rows(rows);
    this.#inspection = new Inspection(this.#judge, this.counts);
  }

  /** True where code has been made of the trees. */
  get hasEmitted(): boolean {
    return this.#steps.hasEmitted;
  }

  /** So many states are expanded before the caller of a search is asked again. */
  get statesPerPause(): number {
    const ways = Math.max(this.#steps.ways, waysOfAState);
    const dearness = 1 + this.#semantics.permutations.length / renamingsOfAStep;
    return Math.max(1, Math.min(statesPerPauseMost, Math.floor(waysPerPause / (ways * dearness))));
  }

  /** The ways of an action that were met, with their parameters in words. */
  waysOf(action: string): readonly ExplainedWay[] {
    return this.#steps.waysOf(action).map(({ slot, choice }) => ({ slot, choice: structuralKey(choice) }));
  }

  /** A level begins. Nobody asks for the goals that were met. */
  begin(met: readonly number[]): void {
    this.#inspection.begin(met);
    this.#steps.merge(this.expanded);
    this.#steps.emit(this.expanded);
  }

  /** What was counted since the start, and found since the level began. */
  report(): Report {
    const { generated, fired, fresh, outside, degrees } = this.counts;
    const { worst, goals } = this.#inspection.findings;
    const { count: rows } = this.next;
    return {
      generated,
      fired,
      fresh,
      outside,
      degrees,
      worst,
      goals: [...goals],
      spoken: [...this.#judge.spoken],
      rows,
    };
  }

  /** The lanes that the table keeps for a state. The state being expanded is lost. */
  fingerprintOf(state: State): { readonly low: number; readonly high: number } {
    this.#memory.blank();
    this.#recorder.start(true, false);
    this.#views.assign(state);
    this.#recorder.settle();
    this.tries.forgetBrief();
    const { deadData, constants } = this.#model;
    deadData?.reset(this.#views.after, constants);
    const step = this.tries.keepBriefly(this.#recorder.draftedStep(result.enabled));
    const leaf = this.#forgetting.isIdle ? step : this.#forgetting.of(step, true);
    this.#application.apply(this.tries.words, leaf);
    this.#application.fingerprint();
    const { low, high } = this.#application;
    this.#application.undo();
    return { low: lane(low), high: lane(high) };
  }

  /** Takes in the initial states, with pauses where they are many. */
  *start(): Generator<void> {
    this.#memory.blank();
    this.#level = 0;
    this.#inspection.turnTo(0, 0);
    for (const isLast of this.#steps.findInitial(this.#semantics)) {
      for (let i = 0; i < this.#steps.count; i += 1) this.#addInitial(this.#steps.leaves[i] as number);
      if (!isLast) yield;
    }
  }

  #addInitial(leaf: number): void {
    const { blank } = this.#memory.layout;
    this.counts.generated += 1;
    if (this.tries.words[leaf + 1] === result.failed) {
      this.#inspection.failsHere();
      return;
    }
    const kept = this.#forgetting.isIdle ? leaf : this.#forgetting.of(leaf, true);
    this.#application.apply(this.tries.words, kept);
    this.#application.fingerprint();
    const { low, high, renaming } = this.#application;
    this.#kept?.offer(this.tries.words, kept, blank, 0, renaming);
    if (
      this.#inspection.isInside(low, high, initial) &&
      this.#states.add(lane(low), lane(high), 0, 1, 0) === added.fresh
    ) {
      this.#inspection.checkState(low, high, true);
      this.#write(low, high, kept, blank, 0, this.#judge);
    }
    this.#application.undo();
  }

  /**
   * Expands some states of this level, from the row at `from` on, and returns where the next row begins: none where the
   * search is to end before the first of them has been tried for what reductions rest on.
   */
  expand(chunk: Int32Array, from: number, level: number): number {
    this.#level = level;
    this.tries.forgetBrief();
    const batch = this.#batch;
    batch.clear();
    const used = chunk[0] as number;
    let at = from;
    while (at < used && batch.count < stepsPerBatch) {
      const end = this.#findSteps(chunk, at);
      if (end === at) break;
      at = end;
    }
    const { lows } = batch;
    for (let i = 0; i < batch.count; i += 1) this.touched ^= this.#states.touch(lows[i] as number);
    for (let i = 0; i < batch.count; i += 1) this.#addStep(chunk, i);
    return at;
  }

  /** Puts the steps of the state whose row is at `from` into the batch. The end of the row, or `from` where it puts none. */
  #findSteps(chunk: Int32Array, from: number): number {
    this.#turnTo(chunk, from);
    this.#forgetting.begin();
    const end = this.#load(chunk, from);
    this.expanded += 1;
    if (this.#isReduced && isSampled(this.expanded, this.#triedEvery) && !this.#tryReductions()) {
      this.expanded -= 1;
      return from;
    }
    const steps = this.#steps;
    steps.find();
    const { count } = steps;
    this.counts.generated += count;
    this.counts.degrees[count] = (this.counts.degrees[count] ?? 0) + 1;
    if (count === 0 && this.#model.checksDeadlock) this.#inspection.endsHere();
    if (count > 0) this.#application.begin();
    for (let i = 0; i < count; i += 1) this.#look(steps.leaves[i] as number, steps.actions[i] as number, from);
    return end;
  }

  /** From now on it is about the state whose row is at `from`. */
  #turnTo(chunk: Int32Array, from: number): void {
    this.#baseLow = chunk[from] as number;
    this.#baseHigh = chunk[from + 1] as number;
    this.#inspection.turnTo(lane(this.#baseLow), lane(this.#baseHigh));
    this.lookLow = chunk[from + 2] as number;
    this.lookHigh = chunk[from + 3] as number;
  }

  #load(chunk: Int32Array, from: number): number {
    this.#loaded = from;
    return this.#memory.load(chunk, from + headWords);
  }

  /** The end of the row at `from`. */
  endOf(chunk: Int32Array, from: number): number {
    return this.#application.rowEnd(chunk, from);
  }

  /** From now on others remember the states that were seen, the same ones. */
  useStates(states: VisitedStates): void {
    this.#states = states;
  }

  /** Holds the claims that reductions rest on against the state being expanded; false where the search is to end before. */
  #tryReductions(): boolean {
    this.#recorder.start(false, false);
    // A plain state, which the semantics protects from changes: the views and their recorder must not be.
    const state = this.whole.decode(this.whole.encode(this.#views.before));
    return (
      trySymmetry(this.#semantics, state, this.isToEnd) && tryDeadData(this.#semantics, this.whole, state, this.isToEnd)
    );
  }

  /** Finds the fingerprint of a step's end, and puts it into the batch where it is to be added. */
  #look(found: number, action: number, from: number): void {
    this.counts.fired[action] = (this.counts.fired[action] as number) + 1;
    if (this.tries.words[found + 1] === result.failed) {
      this.#inspection.failsHere();
      return;
    }
    const leaf = this.#forgetting.isIdle ? found : this.#forgetting.of(found, false);
    const T = this.tries.words;
    const application = this.#application;
    let low = (this.#baseLow + (T[leaf + 4] as number)) | 0;
    let high = (this.#baseHigh + (T[leaf + 5] as number)) | 0;
    if (!application.isIncremental || this.#inspection.judgesSteps) {
      application.apply(T, leaf);
      if (!application.isIncremental) {
        application.fingerprintAfter(T, leaf);
        low = application.low;
        high = application.high;
      }
      const isInside = this.#inspection.isInside(low, high, action);
      application.undo();
      if (!isInside) return;
    }
    this.#batch.add(low, high, leaf, action, from, application.renaming);
  }

  #addStep(chunk: Int32Array, i: number): void {
    const { lows, highs, leaves, actions, parents, renamings } = this.#batch;
    const action = actions[i] as number;
    const low = lows[i] as number;
    const high = highs[i] as number;
    const from = parents[i] as number;
    const leaf = leaves[i] as number;
    const { fresh } = this.counts;
    this.#kept?.offer(this.tries.words, leaf, chunk, from + headWords, renamings[i] as number);
    const outcome = this.#states.add(lane(low), lane(high), lane(chunk[from] as number), this.#level + 1, action);
    if (outcome === added.seen) return;
    if (outcome !== added.deferred) fresh[action] = (fresh[action] as number) + 1;
    if (outcome >= 0) {
      fresh[outcome] = (fresh[outcome] as number) - 1;
      return;
    }
    this.#turnTo(chunk, from);
    if (!this.#concerns(leaf)) {
      this.#write(low, high, leaf, chunk, from + headWords, this);
      return;
    }
    if (this.#loaded !== from) this.#load(chunk, from);
    this.#application.apply(this.tries.words, leaf);
    this.#inspection.checkState(low, high, false);
    this.#application.undo();
    this.#write(low, high, leaf, chunk, from + headWords, this.#judge);
  }

  /**
   * False where the step changes nothing that the invariants and goals look at, so that they say what they said before,
   * and will look where they looked.
   */
  #concerns(leaf: number): boolean {
    const T = this.tries.words;
    const touches = ((T[leaf + 6] as number) & this.lookLow) | ((T[leaf + 7] as number) & this.lookHigh);
    return touches !== 0 || !this.#learns;
  }

  /** Writes the row of a step's end; the step begins in the row, without its head, at `start` in `source`. */
  #write(low: number, high: number, leaf: number, source: Int32Array, start: number, look: Look): void {
    const { next } = this;
    const application = this.#application;
    const T = this.tries.words;
    next.reserve(application.rowWords(T, leaf, source, start));
    const { chunk, at } = next;
    chunk[at] = low;
    chunk[at + 1] = high;
    chunk[at + 2] = look.lookLow;
    chunk[at + 3] = look.lookHigh;
    next.at = application.writeRow(T, leaf, source, start, chunk, at + headWords);
    next.count += 1;
  }
}

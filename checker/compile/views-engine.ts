/**
 * The spec's own functions, run on views over packed words. States are remembered as fingerprints of 64 bits;
 * behaviours are found again by the reference semantics, from which of its parent's successors each state is.
 */
import type { Action, Model } from "../../spec/lang/index.ts";
import { EvaluationError } from "../reference/evaluation-error.ts";
import type { TraceStep } from "../reference/reference.ts";
import { Semantics, type State, type Step } from "../reference/semantics.ts";
import type { Engine } from "../search/engine.ts";
import { FingerprintSet } from "../store/fingerprint-set.ts";
import { Paths } from "../store/paths.ts";
import { Rows } from "../store/rows.ts";
import { CapacityExceeded } from "./environment.ts";
import { Fingerprint } from "./fingerprint.ts";
import { compile, type Program } from "./program.ts";

/** Node numbers are 32-bit words. */
const statesMax = 2 ** 31 - 2;

export class ViewsEngine implements Engine {
  readonly name = "views";
  readonly semantics: Semantics;
  readonly #model: Model;
  readonly #program: Program;
  readonly #fingerprint: Fingerprint;
  readonly #seen = new FingerprintSet(1 << 16);
  readonly #paths = new Paths();
  readonly #rows: Rows;
  /** Which of the successors (or initial states) the step taken last is, from zero. */
  #ordinal = 0;
  readonly #added = { node: 0, fresh: false };

  /** `capacity`: slots of sets and bags of flyweights; where they run out, `CapacityExceeded` is thrown. */
  constructor(model: Model, capacity: number) {
    this.#model = model;
    this.semantics = new Semantics(model);
    this.#program = compile(model.schema, this.semantics.permutations, capacity);
    this.#fingerprint = new Fingerprint(this.#program);
    this.#rows = new Rows(this.#program.words);
  }

  get size(): number {
    return this.#seen.size;
  }

  get isFull(): boolean {
    return this.size >= statesMax;
  }

  get omission(): number {
    return (this.size * (this.size - 1)) / 2 ** 65;
  }

  *initial(): Generator<Step> {
    const { memory, words, initialise } = this.#program;
    initialise();
    memory.copyWithin(0, words, 2 * words);
    this.#ordinal = -1;
    yield* this.#stepsOf(this.#model.spec.init);
  }

  load(node: number): State {
    this.#rows.take(node, this.#program.memory);
    return this.#program.before;
  }

  *successors(): Generator<Step> {
    this.#ordinal = -1;
    for (const action of this.#model.actions) yield* this.#stepsOf(action);
  }

  settle(_step: Step): void {
    this.#program.check();
  }

  add(parent: number): { readonly node: number; readonly fresh: boolean } {
    const added = this.#added;
    this.#fingerprint.take();
    added.fresh = this.#seen.add(this.#fingerprint.low, this.#fingerprint.high);
    if (added.fresh) {
      added.node = this.#paths.push(parent, this.#ordinal);
      this.#rows.put(added.node, this.#program.memory, this.#program.words);
    }
    return added;
  }

  traceTo(node: number): TraceStep[] {
    return this.#follow(this.#paths.to(node));
  }

  behaviour(node: number, _last: Step): TraceStep[] {
    return this.#follow([...this.#paths.to(node), this.#ordinal]);
  }

  /** The behaviour that takes these ways on, one after the other, on the reference. */
  #follow(ordinals: readonly number[]): TraceStep[] {
    const trace: TraceStep[] = [];
    let state: State = null;
    for (const ordinal of ordinals) {
      const steps = trace.length === 0 ? this.semantics.initial() : this.semantics.successors(state);
      const step = nth(steps, ordinal);
      state = step.after;
      trace.push({ action: step.action.name, choice: step.choice, state });
    }
    return trace;
  }

  *#stepsOf(action: Action): Generator<Step> {
    const { before, after, memory, words } = this.#program;
    const { constants } = this.#model;
    for (const choice of this.semantics.choices(action, before)) {
      try {
        if (!action.guard(before, choice, constants)) continue;
        memory.copyWithin(words, 0, words);
        action.effect(after, choice, constants);
      } catch (cause) {
        if (cause instanceof CapacityExceeded) throw cause;
        throw new EvaluationError("action", action.name, choice, cause);
      }
      this.#ordinal += 1;
      yield { action, choice, after };
    }
  }
}

function nth(steps: Iterable<Step>, ordinal: number): Step {
  let at = 0;
  for (const step of steps) {
    if (at === ordinal) return step;
    at += 1;
  }
  throw new Error(`the reference has no successor number ${ordinal}: the engines disagree`);
}

/**
 * What a model asks of states and steps, answered by trees of decisions like those of actions. A step is judged while
 * it is applied: views see the state before and the state after.
 */
import type { Invariant, Model, Property } from "../../spec/lang/index.ts";
import type { Views } from "./program.ts";
import type { Recorder } from "./recorder.ts";
import type { Tries } from "./tries.ts";

export const verdict = { false: 0, true: 1, failed: 2 } as const;
/** Added where the antecedent was true. */
const spoke = 4;

type Predicate = (before: unknown, after: unknown) => boolean;

/** One predicate. */
interface Question {
  readonly name: string;
  readonly slot: number;
  readonly when: Predicate | null;
  readonly holds: Predicate;
}

export class Judge {
  /** Each with the actions of whose steps it speaks, by their index. */
  readonly stepInvariants: readonly (Question & { readonly speaksOf: readonly boolean[] })[];
  readonly invariants: readonly Question[];
  readonly initialInvariants: readonly Question[];
  readonly constraints: readonly (Question & { readonly ofSteps: boolean })[];
  readonly goals: readonly (Question & { readonly ofSteps: boolean })[];
  /** Names of properties whose antecedent was true at least once. */
  readonly spoken = new Set<string>();
  /** A signature of the cells that decided the answers since `lookNowhere`. */
  lookLow = 0;
  lookHigh = 0;
  readonly #tries: Tries;
  readonly #recorder: Recorder;
  readonly #views: Views;
  readonly #learns: boolean;

  constructor(model: Model, tries: Tries, recorder: Recorder, views: Views, learns: boolean) {
    this.#tries = tries;
    this.#recorder = recorder;
    this.#views = views;
    this.#learns = learns;
    const { constants: c, properties, spec } = model;
    const question = (name: string, when: Predicate | null, holds: Predicate): Question => ({
      name,
      slot: tries.allocate(1),
      when,
      holds,
    });
    this.stepInvariants = ofKind(properties, "step").map(({ name, when, holds, speaksOf }) => ({
      ...question(name, when === null ? null : (s, t) => when(s, t, c), (s, t) => holds(s, t, c)),
      speaksOf: model.actions.map((action) => speaksOf(action.name)),
    }));
    const invariantsOf = (of: Invariant["of"]): readonly Question[] =>
      ofKind(properties, "invariant")
        .filter((property) => property.of === of)
        .map(({ name, when, holds }) =>
          question(name, when === null ? null : (_, t) => when(t, c), (_, t) => holds(t, c)),
        );
    this.invariants = invariantsOf("every-state");
    this.initialInvariants = invariantsOf("initial-states");
    this.goals = ofKind(properties, "reachable").map(({ name, goal, of }) => ({
      ...question(name, null, (s, t) => goal(s, t, c)),
      ofSteps: of === "step",
    }));
    this.constraints = spec.constraints.map((constraint) => ({
      ...question(constraint.name, null, (s, t) =>
        constraint.kind === "state-constraint" ? constraint.within(t, c) : constraint.within(s, t, c),
      ),
      ofSteps: constraint.kind === "action-constraint",
    }));
  }

  /** True, false or failed, for the step that is applied; `isInitial` where there is no state before. */
  ask(question: Question, isInitial: boolean): number {
    const known = this.#learns && !isInitial ? this.#tries.walk(question.slot) : 0;
    if (known === 0) return this.#evaluate(question, isInitial);
    const T = this.#tries.words;
    this.lookLow |= T[known + 6] as number;
    this.lookHigh |= T[known + 7] as number;
    const answer = T[known + 1] as number;
    if (answer >= spoke) {
      this.#spoken(question.name);
      return answer - spoke;
    }
    return answer;
  }

  #lastSpoken = "";

  #spoken(name: string): void {
    if (name === this.#lastSpoken) return;
    this.#lastSpoken = name;
    this.spoken.add(name);
  }

  /** Begins to add up anew where questions look. */
  lookNowhere(): void {
    this.lookLow = 0;
    this.lookHigh = 0;
  }

  #evaluate({ name, slot, when, holds }: Question, isInitial: boolean): number {
    const before = isInitial ? null : this.#views.before;
    const { after } = this.#views;
    const learns = this.#learns && !isInitial && !this.#tries.isFull;
    this.#recorder.start(false, learns);
    let answer: number;
    let antecedent = false;
    try {
      antecedent = when?.(before, after) === true;
      answer = when !== null && !antecedent ? verdict.true : holds(before, after) ? verdict.true : verdict.false;
    } catch {
      answer = verdict.failed;
    }
    if (antecedent) this.#spoken(name);
    // What is not learnt may look everywhere.
    const [low, high] = learns ? this.#recorder.footprint() : [-1, -1];
    this.lookLow |= low;
    this.lookHigh |= high;
    if (learns) {
      const content = [answer + (antecedent ? spoke : 0), 0, 0, 0, 0, low, high];
      this.#tries.learn(slot, this.#recorder.questions, content, true);
    }
    return answer;
  }
}

function ofKind<K extends Property["kind"]>(
  properties: readonly Property[],
  kind: K,
): readonly Extract<Property, { kind: K }>[] {
  return properties.filter((property): property is Extract<Property, { kind: K }> => property.kind === kind);
}

/** What is said of the steps and states of a search: what is found wrong, what is outside the constraints, and what is met. */
import { addTo } from "../search/named-counts.ts";
import { lane } from "../store/table.ts";
import type { Counts } from "./counts.ts";
import { Findings } from "./findings.ts";
import { type Judge, verdict } from "./judge.ts";

/** In the place of an action: there is no step to an initial state. */
export const initial = -1;

export class Inspection {
  /** Of this level. */
  readonly findings = new Findings();
  readonly #judge: Judge;
  readonly #counts: Counts;
  readonly #goalsLeft: Set<number>;
  /** True where every step must be looked at, and not only those that lead to new states. */
  judgesSteps = false;
  /** The lanes of the state that steps begin in, as the table keeps them. */
  #parentLow = 0;
  #parentHigh = 0;

  constructor(judge: Judge, counts: Counts) {
    this.#judge = judge;
    this.#counts = counts;
    this.#goalsLeft = new Set(judge.goals.keys());
    this.begin([]);
  }

  /** A level begins. Nobody asks for the goals that were met. */
  begin(met: readonly number[]): void {
    for (const goal of met) this.#goalsLeft.delete(goal);
    const { stepInvariants, constraints, goals } = this.#judge;
    const ofSteps = [...this.#goalsLeft].some((goal) => goals[goal]?.ofSteps === true);
    this.judgesSteps = stepInvariants.length > 0 || constraints.length > 0 || ofSteps;
    this.findings.clear();
  }

  /** From now on it is about steps from the state with these lanes, as the table keeps them; 0 for initial states. */
  turnTo(parentLow: number, parentHigh: number): void {
    this.#parentLow = parentLow;
    this.#parentHigh = parentHigh;
  }

  /** The state has no successors. */
  endsHere(): void {
    this.findings.add("deadlock", 0, this.#parentLow, this.#parentHigh, this.#parentLow, this.#parentHigh);
  }

  /** A guard or an effect fails. */
  failsHere(): void {
    this.findings.add("error", 0, 0, 0, this.#parentLow, this.#parentHigh);
  }

  /**
   * Judges the step of an action that is applied, by the index of the action, or `initial`; false where its end is
   * outside the constraints, or nothing further is to be said.
   */
  isInside(low: number, high: number, action: number): boolean {
    const judge = this.#judge;
    const isInitial = action === initial;
    const isBroken = isInitial ? this.#breaksInitialInvariant(low, high) : this.#breaksStepInvariant(low, high, action);
    if (isBroken) return false;
    this.#askGoals("step", low, high, isInitial);
    for (const constraint of judge.constraints) {
      if (isInitial && constraint.ofSteps) continue;
      const answer = judge.ask(constraint, isInitial);
      if (answer === verdict.true) continue;
      if (answer === verdict.failed) this.#found("error", 0, low, high);
      else {
        addTo(this.#counts.outside, constraint.name, 1);
        this.checkState(low, high, isInitial);
      }
      return false;
    }
    return true;
  }

  #breaksStepInvariant(low: number, high: number, action: number): boolean {
    const { stepInvariants } = this.#judge;
    for (let i = 0; i < stepInvariants.length; i += 1) {
      const question = stepInvariants[i] as Judge["stepInvariants"][number];
      if (question.speaksOf[action] !== true) continue;
      const answer = this.#judge.ask(question, false);
      if (answer === verdict.true) continue;
      this.#found(answer === verdict.false ? "step" : "error", i, low, high);
      return true;
    }
    return false;
  }

  /** Asked of every initial state, though another may count as the same. */
  #breaksInitialInvariant(low: number, high: number): boolean {
    const { initialInvariants } = this.#judge;
    for (let i = 0; i < initialInvariants.length; i += 1) {
      const answer = this.#judge.ask(initialInvariants[i] as Judge["invariants"][number], true);
      if (answer === verdict.true) continue;
      this.#found(answer === verdict.false ? "invariant" : "error", i, low, high);
      return true;
    }
    return false;
  }

  /** Asks of the state after what is asked of every new state. */
  checkState(low: number, high: number, isInitial: boolean): void {
    this.#judge.lookNowhere();
    if (this.#goalsLeft.size > 0) this.#askGoals("state", low, high, isInitial);
    const { invariants } = this.#judge;
    for (let i = 0; i < invariants.length; i += 1) {
      const answer = this.#judge.ask(invariants[i] as Judge["invariants"][number], isInitial);
      if (answer === verdict.true) continue;
      this.#found(answer === verdict.false ? "invariant" : "error", i, low, high);
      return;
    }
  }

  #askGoals(of: "state" | "step", low: number, high: number, isInitial: boolean): void {
    for (const i of this.#goalsLeft) {
      const goal = this.#judge.goals[i] as Judge["goals"][number];
      if (goal.ofSteps !== (of === "step")) continue;
      const answer = this.#judge.ask(goal, isInitial);
      if (answer === verdict.true) this.findings.meet(i, lane(low), lane(high), this.#parentLow, this.#parentHigh);
      if (answer === verdict.failed) this.#found("error", 0, low, high);
    }
  }

  #found(kind: "step" | "invariant" | "error", index: number, low: number, high: number): void {
    this.findings.add(kind, index, lane(low), lane(high), this.#parentLow, this.#parentHigh);
  }
}

/** What one level of a search found wrong, and which goals it met: of each kind the least, whoever came first. */

/** In the order in which they are reported where one level has several. */
const kinds = ["deadlock", "step", "invariant", "error"] as const;
export type FindingKind = (typeof kinds)[number];

/** A step from one fingerprint to another; the parent's lanes are 0 for an initial state. */
export interface FoundStep {
  readonly low: number;
  readonly high: number;
  readonly parentLow: number;
  readonly parentHigh: number;
}

export interface Found extends FoundStep {
  readonly kind: FindingKind;
  /** Which of the model's properties of this kind. */
  readonly index: number;
}

export class Findings {
  worst: Found | null = null;
  readonly goals = new Map<number, FoundStep>();

  add(kind: FindingKind, index: number, low: number, high: number, parentLow: number, parentHigh: number): void {
    this.take({ kind, index, low, high, parentLow, parentHigh });
  }

  take(found: Found): void {
    if (this.worst === null || compareFound(found, this.worst) < 0) this.worst = found;
  }

  meet(goal: number, low: number, high: number, parentLow: number, parentHigh: number): void {
    this.takeGoal(goal, { low, high, parentLow, parentHigh });
  }

  takeGoal(goal: number, step: FoundStep): void {
    const known = this.goals.get(goal);
    if (known === undefined || compareSteps(step, known) < 0) this.goals.set(goal, step);
  }

  clear(): void {
    this.worst = null;
    this.goals.clear();
  }
}

function compareFound(a: Found, b: Found): number {
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.index - b.index || compareSteps(a, b);
}

function compareSteps(a: FoundStep, b: FoundStep): number {
  return (
    (a.high >>> 0) - (b.high >>> 0) ||
    (a.low >>> 0) - (b.low >>> 0) ||
    (a.parentHigh >>> 0) - (b.parentHigh >>> 0) ||
    (a.parentLow >>> 0) - (b.parentLow >>> 0)
  );
}

/** Why an expression has the value it has, down to the parts that decided it. Plain data, for reports and viewers. */
export interface Explanation {
  /** The source of the expression, on one line. */
  readonly text: string;
  /** From the root of the package for our own specs, absolute for a user's. */
  readonly file: string;
  /** Both from one. */
  readonly line: number;
  readonly column: number;
  /** Truth values as they are, others as text. */
  readonly value: boolean | string;
  /** What a quantifier's variables stand for, where `because` speaks of one element. */
  readonly witness?: readonly Witness[];
  /** The value in words, where there is more to say than `value` says: `2 = 2`, `false for all 3`. */
  readonly detail?: string;
  readonly because: readonly Explanation[];
}

export interface Witness {
  readonly name: string;
  readonly value: string;
}

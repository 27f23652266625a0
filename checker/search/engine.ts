import type { TraceStep } from "../reference/reference.ts";
import type { Semantics, State, Step } from "../reference/semantics.ts";
import type { EngineName } from "./outcome.ts";

/** The parent of an initial state. */
export const noNode = -1;

/**
 * What runs a model's actions and remembers the states found. States are numbered from zero, in the order in which
 * they were added. The state of a step is valid until the next step is taken, the state of a node until the next one
 * is loaded.
 */
export interface Engine {
  readonly name: EngineName;
  /** The meaning of the model, for what does not depend on how states are kept. */
  readonly semantics: Semantics;
  /** States added. */
  readonly size: number;
  /** True where no more states can be kept. */
  readonly isFull: boolean;
  /** The chance at most that some state was taken for another, or 0 where states are compared in full. */
  readonly omission: number;
  /** The initial states, one for each choice that yields one; repeats included. */
  initial(): Iterable<Step>;
  load(node: number): State;
  /** The successors of the state loaded last, one for each choice that yields one; repeats and self-loops included. */
  successors(): Iterable<Step>;
  /** Ends the effect of the step taken last. Throws `BoundError` where it left a bound. */
  settle(step: Step): void;
  /** Adds the state of the step settled last. `parent` is `noNode` for an initial state. */
  add(parent: number): { readonly node: number; readonly fresh: boolean };
  /** The behaviour from an initial state to a node, empty for `noNode`. */
  traceTo(node: number): TraceStep[];
  /** The behaviour to a node, and the step taken last. */
  behaviour(node: number, last: Step): TraceStep[];
}

import type { Operation, Value } from "./operation.ts";

export type Stepped<State> = { readonly ok: true; readonly state: State } | { readonly ok: false };

/** An object as it would behave if operations took effect one by one. */
export interface SequentialModel<State extends Value> {
  readonly name: string;
  readonly says: string;
  readonly init: State;
  /** What is wrong with an operation that the model does not know; null where nothing is. */
  readonly refusal: (operation: Operation) => Refusal | null;
  /**
   * What the operation leaves behind, if in this state it can have given the answer that it gave. One without an answer
   * is never refused.
   */
  readonly step: (state: State, operation: Operation) => Stepped<State>;
  /** The part of the object that the operation is about: parts are checked one by one. Null where there is one part. */
  readonly keyOf: (operation: Operation) => string | null;
  /** Equal for two states if and only if they are equal. */
  readonly stateKey: (state: State) => string | number;
  /** Whether the operation leaves every state as it is. */
  readonly isRead: (operation: Operation) => boolean;
  /**
   * Whether doing the operation twice, or a hundred times, leads to finitely many states. Appending does not.
   */
  readonly isRepeatable: (operation: Operation) => boolean;
  /**
   * False only if this operation cannot tell this state, nor one that later appends make of it, from any other. An
   * operation that need not have happened is not tried where nobody could have seen what it did.
   */
  readonly canSee: (operation: Operation, state: State) => boolean;
}

export interface Refusal {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * A trace: a behaviour of a model as a file. The file is ITF, the format of Apalache and Quint, so that their tools
 * read ours and ours read theirs; what Lockstep knows beyond that stands under `#meta`, where other tools do not look.
 */

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

/** Raised when a reader of the old form would misread the new one. */
export const formatVersion = 1;

/** A place in the source of a spec; line and column from one. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export interface TracedProperty {
  /** A property's name, "deadlock", or what failed. */
  readonly name: string;
  readonly kind: "invariant" | "step" | "deadlock" | "error";
  readonly says: string;
  readonly place: SourcePlace | null;
}

/** Where the trace comes from. */
export interface TraceOrigin {
  /** The version of the tool that wrote it. */
  readonly tool: string;
  readonly model: string;
  readonly spec: string;
  /** The spec's file: for a model that comes with the tool, from the root of its package. */
  readonly file: string | null;
  readonly isBuiltIn: boolean;
  /** The constants of the model, id sets by their size. */
  readonly settings: Readonly<Record<string, number | boolean | string>>;
  readonly verdict: string;
  /** What the last state or the last step shows; null where the trace shows nothing in particular. */
  readonly property: TracedProperty | null;
  /** True where no shorter behaviour shows the same. */
  readonly shortest: boolean;
  /** Where the actions that occur stand, by name, as far as that is known. */
  readonly actions: Readonly<Record<string, SourcePlace>>;
}

export interface TracedState {
  /** The action that led to the state; null where the trace does not say. */
  readonly action: string | null;
  /** The action's parameters as ITF expressions. */
  readonly parameters: Readonly<Record<string, Json>>;
  /** Every variable as an ITF expression. */
  readonly values: Readonly<Record<string, Json>>;
}

export interface Trace {
  /** Null in a trace that another tool wrote. */
  readonly origin: TraceOrigin | null;
  readonly variables: readonly string[];
  /** Apalache's types of the variables that have one. */
  readonly types: Readonly<Record<string, string>>;
  readonly states: readonly TracedState[];
  /** In a trace that goes on for ever, the position of the state that follows the last; null where it just ends. */
  readonly loop: number | null;
}

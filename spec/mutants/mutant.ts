/** What a mutant is: the spec of Raft with a rule broken, and the properties that must notice. */
import type { Schema, SettingsOf } from "../lang/index.ts";
import type { Constants, constants, Rules } from "../raft/index.ts";

export interface Mutant {
  /** The rules of Raft that are replaced, most often one. */
  readonly rules: Partial<Rules>;
  /** What a server keeps besides, for mistakes that take a memory of their own. */
  readonly fields?: (c: Constants) => Readonly<Record<string, Schema>>;
  /** The row of the collection of known bugs, `M1` and so on; a letter where a row has several. */
  readonly id: string;
  /** What is broken, in one sentence. */
  readonly says: string;
  /** Where the bug was seen. */
  readonly seen: string;
  /** The file of the mutant, from the root of the package. */
  readonly file: string;
  /** The properties that catch it, each at bounds of its own. */
  readonly catches: readonly Catch[];
}

/** One way a mutant must be caught: by this property, checked alone, within these bounds. */
export interface Catch {
  /** The name of the model. */
  readonly model: string;
  readonly property: string;
  /** As small as the bug allows: with any one of them smaller the mutant escapes. */
  readonly bounds: Bounds;
  /** What breadth-first search gives under the engine of the bounds. */
  readonly found: Found;
  /** What there is to know about the bounds. */
  readonly note?: string;
}

interface Found {
  /** States in the shortest counterexample, the initial one included. */
  readonly traceLength: number;
  /** Distinct states explored when it was found. */
  readonly distinct: number;
  readonly generated: number;
}

/** The settings of a model, and what the unbroken spec gives there. */
export interface Bounds {
  readonly set: SettingsOf<typeof constants>;
  /** The counts with which it holds. */
  readonly unbroken: Unbroken;
  /** Which engine the counts are of; the reference engine where this is absent. Counts of what holds are the same. */
  readonly engine?: "lowered";
}

interface Unbroken {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

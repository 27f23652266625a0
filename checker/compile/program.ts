import type { Permutation, RecordSchema } from "../../spec/lang/index.ts";
import { Emitter } from "./emit-places.ts";
import { Environment, prelude } from "./environment.ts";

/** A model's states as words: two of them at a time, the one before at 0 and the one after at `words`. */
export interface Program {
  /** Words of a state. */
  readonly words: number;
  /** `2 * words` words. */
  readonly memory: Int32Array;
  /** Views of the two states, for guards, effects and properties. */
  readonly before: unknown;
  readonly after: unknown;
  /** Writes the values that fields have before `init` assigns them, to the state after. */
  readonly initialise: () => void;
  /** Throws `BoundError` where a field of the state after is out of its range. */
  readonly check: () => void;
  /** Writes the state after with its ids renamed to `renamed`. */
  readonly rename: (permutation: Permutation) => void;
  readonly renamed: Int32Array;
  readonly permutations: readonly Permutation[];
  readonly source: string;
}

/** Generates the program of a schema. `capacity`: slots of sets and bags of flyweights. */
export function compile(schema: RecordSchema, permutations: readonly Permutation[], capacity: number): Program {
  const environment = new Environment(permutations);
  const emitter = new Emitter(environment, capacity);
  const root = emitter.place(schema, "");
  const words = root.size;
  const memory = new Int32Array(2 * words);
  const renamed = new Int32Array(words);
  const source = `"use strict";
const { ${Object.keys(prelude).join(", ")} } = prelude;
${emitter.source}
return {
  before: new ${root.view}(0),
  after: new ${root.view}(${words}),
  initialise(){ ${root.initialise(String(words))} },
  check(){ ${root.check(String(words))} },
  rename(p){ ${root.rename(String(words), "0")} },
};`;
  const make = new Function("W", "R", "prelude", ...environment.names, source);
  const made = make(memory, renamed, prelude, ...environment.values) as Omit<
    Program,
    "words" | "memory" | "renamed" | "source" | "permutations"
  >;
  return {
    ...made,
    words,
    memory,
    renamed,
    source,
    permutations,
  };
}

import type { Interners, RecordSchema } from "../../spec/lang/index.ts";
import { Environment } from "./environment.ts";
import type { Flyweights, Registry } from "./flyweights.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { shapeOf } from "./places/shapes.ts";
import { type Access, assign } from "./places/slot.ts";

/** The two states of a memory, as a spec sees them. */
export interface Views {
  readonly before: unknown;
  readonly after: unknown;
  /** Gives the state after the content of a state of any origin. Throws `BoundError`. */
  readonly assign: (state: unknown) => void;
}

export interface Program {
  readonly layout: Layout;
  readonly tables: readonly Flyweights[];
  /** Views that reach the states in this way. */
  readonly views: (access: Access) => Views;
}

/**
 * Lays out the states of a schema. Threads that share `registry` give equal contents equal numbers; `interners` are those of
 * the semantics that the same functions of the spec are also run on.
 */
export function compile(schema: RecordSchema, registry: Registry | null, interners?: Interners): Program {
  const environment = new Environment(registry, interners);
  const shape = shapeOf(schema, "", environment);
  if (shape.kind === "cell") throw new Error("a state is a record");
  const layout = layoutOf(shape);
  return {
    layout,
    tables: environment.tables,
    views: (access) => {
      const before = shape.at(access, 0, 0);
      const after = shape.at(access, layout.cells, layout.bags.length);
      return {
        before: before.place,
        after: after.place,
        assign: (state) => {
          after[assign](state);
        },
      };
    },
  };
}

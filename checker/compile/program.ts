import type { RecordSchema } from "../../spec/lang/index.ts";
import { Emitter } from "./emit-places.ts";
import { Environment, prelude } from "./environment.ts";
import type { Flyweights, Registry } from "./flyweights.ts";
import { type Layout, layoutOf } from "./layout.ts";
import type { Pretence } from "./pretence.ts";

/** How views reach cells and bags. */
export interface Access {
  /** The code in a cell. */
  rd(cell: number): number;
  wr(cell: number, code: number): void;
  /** One bit of a cell that is a mask. */
  rdb(cell: number, bit: number): number;
  wrb(cell: number, bit: number, value: number): void;
  /** Elements of a bag, copies counted. */
  size(bag: number): number;
  /** Copies of the flyweight with this number. */
  count(bag: number, number: number): number;
  /** Makes it this many copies; `count` was asked before. */
  change(bag: number, number: number, copies: number): void;
  /** The numbers of all elements, in any order. */
  numbers(bag: number): number[];
  clear(bag: number): void;
  /** While `on`, bags that are enumerated give marks instead of their elements. */
  readonly search: Pretence;
}

/** The two states of a memory, as a spec sees them. */
export interface Views {
  readonly before: unknown;
  readonly after: unknown;
}

export interface Program {
  readonly layout: Layout;
  readonly tables: readonly Flyweights[];
  readonly source: string;
  /** Views that reach the states in this way. */
  readonly views: (access: Access) => Views;
}

const accessNames = ["rd", "wr", "rdb", "wrb", "size", "count", "change", "numbers", "clear", "search"] as const;

/** Generates the program of a schema. Threads that share `registry` give equal contents equal numbers. */
export function compile(schema: RecordSchema, registry: Registry | null): Program {
  const environment = new Environment(registry);
  const emitter = new Emitter(environment);
  const shape = emitter.shape(schema, "");
  if (shape.kind === "cell") throw new Error("a state is a record");
  const layout = layoutOf(shape);
  const source = `"use strict";
const { ${Object.keys(prelude).join(", ")} } = prelude;
${emitter.source}
return { before: new ${shape.view}(0, 0), after: new ${shape.view}(${layout.cells}, ${layout.bags.length}) };`;
  const make = new Function("prelude", ...accessNames, ...environment.names, source);
  return {
    layout,
    tables: environment.tables,
    source,
    views: (access) => make(prelude, ...accessNames.map((name) => access[name]), ...environment.values) as Views,
  };
}

/** The function that the text of a program without parameters returns. */
export function evaluate(source: string): unknown {
  return new Function(source)();
}

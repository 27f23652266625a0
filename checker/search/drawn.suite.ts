/** A model of any kind that tests draw, as plain data, so that a failure prints what it takes to make it again. */
import fc from "fast-check";
import type { Model } from "../../spec/lang/index.ts";
import { anyGraph, type Graph, graphModel } from "../reference/graph-model.suite.ts";
import { anyProgram, type Program, programModel } from "./random-program.suite.ts";
import { anyWideProgram, type WideProgram, wideModel } from "./wide-program.suite.ts";

export type Drawn = { readonly graph: Graph } | { readonly program: Program } | { readonly wide: WideProgram };

export const anyDrawn: fc.Arbitrary<Drawn> = fc.oneof(
  fc.record({ graph: anyGraph }),
  fc.record({ program: anyProgram }),
  fc.record({ wide: anyWideProgram }),
);

export function modelOfDrawn(drawn: Drawn): Model {
  if ("graph" in drawn) return graphModel(drawn.graph);
  return "program" in drawn ? programModel(drawn.program) : wideModel(drawn.wide);
}

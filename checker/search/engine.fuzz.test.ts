import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breadthFirst, check, Semantics } from "../index.ts";
import { ended } from "./ended.suite.ts";
import { engineLaws } from "./engine.suite.ts";
import { anyProgram, programModel } from "./random-program.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

describe("the breadth-first search", () => {
  for (const [says, law] of Object.entries(engineLaws)) {
    it(says, () => law((model) => ended(breadthFirst(model, {}, world))));
  }

  it("gives the very trace that the reference gives", () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const { verdict, trace, model } = ended(breadthFirst(programModel(program), {}, world));
        if (verdict !== "violated") return;
        const semantics = new Semantics(model);
        const written = ({ action, choice, state }: (typeof trace)[number]): unknown => [
          action,
          choice,
          semantics.encode(state),
        ];
        expect(trace.map(written)).toEqual(check(programModel(program)).trace?.map(written));
      }),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, it } from "vitest";
import type { Model } from "../../spec/lang/index.ts";
import { breadthFirst, type Outcome } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { engineLaws } from "../search/engine.suite.ts";
import { breadthFirstOn, packedRefusal } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

describe.each(["lowered", "views"] as const)("the engine %s", (engine) => {
  for (const [says, law] of Object.entries(engineLaws)) {
    it(says, () => {
      const ran = { lowered: 0, views: 0, reference: 0 };
      const explore = (model: Model): Outcome => {
        const run =
          packedRefusal(model) === null ? breadthFirstOn(engine, model, {}, world) : breadthFirst(model, {}, world);
        const outcome = ended(run);
        ran[outcome.engine] += 1;
        return outcome;
      };
      law(explore);
      expect(ran[engine]).toBeGreaterThan(ran.reference);
    });
  }
});

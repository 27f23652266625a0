import { describe, expect, it } from "vitest";
import type { Model } from "../../spec/lang/index.ts";
import { breadthFirst, type Outcome } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { engineLaws } from "../search/engine.suite.ts";
import { breadthFirstOnViews, viewsRefusal } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

describe("the search on views", () => {
  for (const [says, law] of Object.entries(engineLaws)) {
    it(says, () => {
      const ran = { views: 0, reference: 0 };
      const explore = (model: Model): Outcome => {
        const run = viewsRefusal(model) === null ? breadthFirstOnViews : breadthFirst;
        const outcome = ended(run(model, {}, world));
        ran[outcome.engine] += 1;
        return outcome;
      };
      law(explore);
      expect(ran.views).toBeGreaterThan(ran.reference);
    });
  }
});

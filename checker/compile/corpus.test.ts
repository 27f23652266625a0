import { describe, expect, it } from "vitest";
import { instantiate } from "../../spec/lang/index.ts";
import { corpus } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { breadthFirstOn } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
/** The views take a few microseconds for each state. */
const generatedMax = { lowered: 20_000_000, views: 500_000 };

describe.each(["lowered", "views"] as const)("the corpus on the engine %s", (engine) => {
  const models = corpus.filter(({ large, expect: e }) => large !== true && (e?.generated ?? 0) < generatedMax[engine]);

  it.each(models)("$name gives its recorded verdict and numbers", (declaration) => {
    const model = instantiate(declaration);
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const outcome = ended(breadthFirstOn(engine, model.value, {}, world));
    const { verdict, traceLength, distinct, generated, depth } = declaration.expect ?? {};
    expect(outcome.engine).toBe(engine);
    expect(outcome.verdict).toBe(verdict);
    if (traceLength !== undefined) expect(outcome.trace.length).toBe(traceLength);
    if (verdict === "violated") return;
    expect({ distinct: outcome.distinct, generated: outcome.generated, depth: outcome.depth }).toEqual({
      distinct,
      generated,
      depth,
    });
  });
});

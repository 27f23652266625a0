import { describe, expect, it } from "vitest";
import { instantiate } from "../../spec/lang/index.ts";
import { corpus } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { breadthFirstOnViews } from "./index.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
const generatedMax = 3_000_000;

describe("the corpus on views", () => {
  const models = corpus.filter(({ large, expect: e }) => large !== true && (e?.generated ?? 0) < generatedMax);

  it.each(models)("$name gives its recorded verdict and numbers", (declaration) => {
    const model = instantiate(declaration);
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const outcome = ended(breadthFirstOnViews(model.value, {}, world));
    const { verdict, traceLength, distinct, generated, depth } = declaration.expect ?? {};
    expect(outcome.engine).toBe("views");
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

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantiate, type Model } from "../../spec/lang/index.ts";
import { corpus } from "../index.ts";
import { anyDrawn, modelOfDrawn } from "../search/drawn.suite.ts";
import { Table } from "../store/table.ts";
import { emitForest, evaluate } from "./emit-forest.ts";
import { Explorer } from "./explorer.ts";
import { item } from "./forest.ts";
import { packedRefusal } from "./index.ts";
import { usual } from "./tuning.ts";

/** All that is counted when a model is explored to so many levels, with code from this many states on. */
function explored(model: Model, emitsAfter: number, levels: number) {
  const table = new Table(null);
  const tuning = { ...usual, emitsAfter };
  const explorer = new Explorer(model, table, null, "lowered", (words) => new Int32Array(words), tuning);
  for (const _ of explorer.start());
  for (let level = 1; explorer.next.count > 0 && level < levels; level += 1) {
    explorer.begin([]);
    for (const chunk of explorer.next.take()) {
      const used = chunk[0] ?? 0;
      for (let at = 1; at < used; ) at = explorer.expand(chunk, at, level);
    }
  }
  const { counts, hasEmitted } = explorer;
  return { hasEmitted, found: { distinct: table.size, counts } };
}

describe("code made of merged trees", () => {
  it("finds the steps of Raft that the trees find", () => {
    const declaration = corpus.find(({ name }) => name === "raft-3s-1e-0r-1v");
    if (declaration === undefined) throw new Error("there is no such model");
    const model = instantiate(declaration);
    if (!model.ok) throw new Error("the model cannot be made");
    const walked = explored(model.value, Number.POSITIVE_INFINITY, 100);
    const early = explored(model.value, 0, 100);
    const later = explored(model.value, 1000, 100);
    expect([walked.hasEmitted, early.hasEmitted, later.hasEmitted]).toEqual([false, true, true]);
    expect(early.found).toEqual(walked.found);
    expect(later.found).toEqual(walked.found);
  });

  it("finds the steps of any program that the trees find", () => {
    let emitted = 0;
    fc.assert(
      fc.property(anyDrawn, (drawn) => {
        const model = modelOfDrawn(drawn);
        if (packedRefusal(model) !== null) return;
        const fast = explored(model, 0, 12);
        emitted += fast.hasEmitted ? 1 : 0;
        expect(fast.found).toEqual(explored(model, Number.POSITIVE_INFINITY, 12).found);
      }),
      { numRuns: 150 },
    );
    expect(emitted).toBeGreaterThan(50);
  });

  it("writes functions that are small enough to be optimised, whatever is nested in them", () => {
    // Questions with 256 answers, each of which leads to another, down to five levels.
    const words: number[] = [0];
    const nested = (depth: number): number => {
      const lists = Array.from({ length: 256 }, (_, answer) => {
        if (depth > 0) return answer % 64 === 0 ? nested(depth - 1) : 0;
        return words.push(item.step, answer, 1 + answer, item.end) - 4;
      });
      return words.push(item.bits, depth, 0, 255, ...lists, item.end) - 261;
    };
    const list = nested(3);
    const source = emitForest(Int32Array.from(words), list, 1_000_000) ?? "";
    const sizes = source.split("\nfunction ").map(({ length }) => length);
    expect(sizes.length).toBeGreaterThan(4);
    // Bytecode is shorter than its text.
    expect(Math.max(...sizes)).toBeLessThan(61_440);
    const run = evaluate(source) as (W: Int32Array, copies: Uint8Array[], out: Int32Array, at: number) => number;
    const out = new Int32Array(8);
    expect(run(Int32Array.of(17, 64, 128, 192), [], out, 0)).toBe(2);
    expect([...out.subarray(0, 2)]).toEqual([18, 17]);
    expect(run(Int32Array.of(17, 64, 1, 192), [], out, 0)).toBe(0);
    expect(emitForest(Int32Array.from(words), list, 1000)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { type RecordedNode, Recorder } from "./recorder.ts";

/** Kind, site and value of each node, as nested lists. */
type Tree = readonly [string, unknown, ...Tree[]];

function tree(node: RecordedNode): Tree {
  return [`${node.kind} ${node.site}`, node.isDone ? node.value : "open", ...node.children.map(tree)];
}

function recorded(recorder: Recorder, evaluate: () => unknown): readonly Tree[] | string {
  const result = recorder.record(evaluate);
  return result.ok ? result.roots.map(tree) : result.reason;
}

describe("the recorder", () => {
  it("nests expressions in the expressions that they are evaluated for", () => {
    const r = new Recorder();
    const evaluate = () =>
      r.leave(r.frame(1, ["x"]), r.leave(r.enter(2), r.leave(r.enter(3), 1) + r.leave(r.enter(4), 2)));
    expect(recorded(r, evaluate)).toEqual([
      ["frame 1", 3, ["expression 2", 3, ["expression 3", 1], ["expression 4", 2]]],
    ]);
  });

  it("records each call of a callback as a candidate", () => {
    const r = new Recorder();
    const evaluate = () => r.leave(r.enter(1), [4, 6].every(r.candidates(2, (n: number) => n > 5)));
    expect(recorded(r, evaluate)).toEqual([["expression 1", false, ["candidate 2", false]]]);
  });

  it("closes the rounds of a loop that was left by continue, by its end or by a return", () => {
    const r = new Recorder();
    const evaluate = () => {
      const frame = r.frame(1, []);
      for (const n of [1, 2]) {
        r.iteration(2, [n]);
        r.leave(r.enter(3), n);
      }
      r.endLoop(2);
      return r.leave(frame, r.leave(r.enter(4), true));
    };
    expect(recorded(r, evaluate)).toEqual([
      [
        "frame 1",
        true,
        ["iteration 2", "open", ["expression 3", 1]],
        ["iteration 2", "open", ["expression 3", 2]],
        ["expression 4", true],
      ],
    ]);
  });

  it("records nothing, and changes nothing, while nobody asks", () => {
    const r = new Recorder();
    const callback = (n: number): boolean => n > 1;
    expect(r.leave(r.enter(1), 7)).toBe(7);
    expect(r.candidates(2, callback)).toBe(callback);
    expect(recorded(r, () => true)).toEqual([]);
  });

  it("starts anew after an evaluation that threw", () => {
    const r = new Recorder();
    const failing = () => r.record(() => r.leave(r.enter(1), fail()));
    expect(failing).toThrow("no such entry");
    expect(recorded(r, () => r.leave(r.enter(2), true))).toEqual([["expression 2", true]]);
  });

  it("says so when an evaluation does not nest", () => {
    const r = new Recorder();
    const evaluate = () => {
      const outer = r.enter(1);
      const inner = r.enter(2);
      r.leave(outer, 1);
      return r.leave(inner, 2);
    };
    expect(recorded(r, evaluate)).toBe("not-nested");
    expect(recorded(r, () => r.enter(3))).toBe("not-nested");
  });

  it("gives up on an evaluation that is too large", () => {
    const r = new Recorder();
    const evaluate = () => {
      for (let n = 0; n < 600_000; n += 1) r.leave(r.enter(1), n);
    };
    expect(recorded(r, evaluate)).toBe("too-large");
  });
});

function fail(): never {
  throw new Error("no such entry");
}

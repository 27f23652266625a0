import { describe, expect, it } from "vitest";
import { instantiate, integer, type Model, protocol, record } from "../../spec/lang/index.ts";
import { breadthFirstBy, engineNames } from "../index.ts";
import { ended } from "../search/ended.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

/** Two steps, each with one of so many values; the second asks for the first. */
function modelOf(values: number): Model {
  const many = protocol("Many", {
    constants: {},
    state: () => record({ n: integer(0, 2), last: integer(0, values) }),
  });
  const choose = many.action("Choose", {
    says: "A value is chosen.",
    params: () => ({ value: integer(1, values) }),
    guard: (s, { value }) => s.n < 2 && (s.n === 0 ? value % 9973 === 0 : s.last !== value && value % 997 === 0),
    effect: (s, { value }) => {
      s.n += 1;
      s.last = value;
    },
  });
  const spec = many.spec({ says: "Values.", actions: [choose], properties: [], terminates: true });
  const model = instantiate({ name: "many", says: "", spec });
  if (!model.ok) throw new Error("no constants");
  return model.value;
}

describe("a parameter of 60,000 values", () => {
  it.each(engineNames)("is explored, with the same counts, on %s", (engine) => {
    const { verdict, distinct, generated, depth } = ended(breadthFirstBy(engine, modelOf(60_000), {}, world, null));
    // Six values divide by 9973, sixty by 997; none by both.
    expect([verdict, distinct, generated, depth]).toEqual(["holds", 1 + 6 + 60, 1 + 6 + 6 * 60, 3]);
  });
});

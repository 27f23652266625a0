import { describe, expect, it } from "vitest";
import {
  boolean,
  ids,
  integer,
  type ModelDeclaration,
  map,
  type Params,
  protocol,
  type RecordSchema,
  record,
  sequence,
  set,
  union,
} from "../../spec/lang/index.ts";
import { breadthFirstBy, engineNames, Semantics, SizeError } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { modelOf } from "./graph-model.suite.ts";

const nodes = { Node: ids("n", { default: 3, max: 60_000, says: "the nodes" }) };

function declared(state: RecordSchema, params: Params): ModelDeclaration {
  const sized = protocol("Sized", { constants: nodes, state: () => state });
  const step = sized.action("Step", {
    says: "A step.",
    params: () => params,
    guard: () => false,
    effect: () => undefined,
  });
  const spec = sized.spec({ says: "Sizes.", actions: [step], properties: [], symmetry: ["Node"], terminates: true });
  return { name: "sized", spec, says: "" };
}

const small = record({ n: integer(0, 1) });

/** What the model is refused with; null where it is taken. */
function refusal(declaration: ModelDeclaration): readonly [message: string, ...tries: string[]] | null {
  try {
    new Semantics(modelOf(declaration));
    return null;
  } catch (error) {
    if (!(error instanceof SizeError)) throw error;
    return [error.message, ...error.tries];
  }
}

describe("a size that is too large", () => {
  const far = integer(0, 99_999);
  const choices = (count: number) => refusal(declared(small, { a: integer(1, 1024), b: integer(1, count) }));

  it("of parameters is refused with the number, and the largest that is not is tried", () => {
    expect(choices(1024)).toBe(null);
    expect(choices(1025)?.[0]).toBe(
      "the parameters of Step have too many values (a: 1,024 values; b: 1,025 values; together 1,049,600 combinations); the limit is 1,048,576",
    );
    expect(refusal(declared(small, { m: union({ A: { x: far, y: far, z: far }, B: {} }) }))?.[0]).toBe(
      "the parameters of Step have too many values (m: 1,000,000,000,000,001 values); the limit is 1,048,576",
    );
    expect(refusal(declared(small, { m: set(integer(1, 5000)) }))?.[0]).toContain("(m: more than 10^308 values); ");
    expect(refusal(declared(small, { m: sequence(boolean(), 1e9) }))?.[0]).toContain("(m: more than 10^308 values); ");
    expect(refusal(declared(small, { m: set(integer(1, 100)) }))?.[0]).toContain("(m: about 10^30 values); ");
  });

  it("of a map is refused with its place", () => {
    const keys = record({ a: far, b: far });
    const state = record({ outer: record({ seen: map(integer(0, 1), map(keys, boolean())) }) });
    expect(refusal(declared(state, {}))?.[0]).toBe(
      "the map outer.seen[] has 10,000,000,000 keys; the limit is 1,048,576",
    );
  });

  it("of a state is refused, whatever it is made of", () => {
    const state = record({ log: map(integer(1, 1024), sequence(boolean(), 1024)) });
    expect(refusal(declared(state, {}))?.[0]).toContain(
      "a state has room for 1,049,600 values, 1,049,600 of them in log: ",
    );
    expect(refusal(declared(record({ log: map(integer(1, 1024), sequence(boolean(), 10)) }), {}))).toBe(null);
  });

  it("of symmetric ids is refused with the largest that is possible", () => {
    const symmetric = (Node: number) => refusal({ ...declared(small, {}), symmetry: true, set: { Node } });
    expect(symmetric(7)).toBe(null);
    expect(symmetric(8)).toEqual([
      "symmetry over 8 ids of Node means 40,320 renamings, which are tried on every state; the limit is 10,000",
      "--set Node=7",
      "Remove --symmetry, or add --no-symmetry where the model sets it.",
    ]);
    expect(symmetric(50_000)?.[1]).toBe("--set Node=7");
  });

  it("of ids is refused where they are declared", () => {
    expect(() => ids("n", { default: 1, max: 1e9, says: "" })).toThrow(
      'ids("n"): max is 1,000,000,000, and a set has 65,536 ids at most',
    );
  });
});

describe("a domain that fails in a state", () => {
  const many = Array.from({ length: 2000 }, (_, position) => position);

  it.each(engineNames)("is an error of the spec, with the behaviour that leads there, on %s", async (engine) => {
    const failing = protocol("Failing", { constants: {}, state: () => record({ n: integer(0, 3) }) });
    const step = failing.action("Step", {
      says: "A step.",
      params: () => ({
        a: failing.found((s) => (s.n < 2 ? [0] : many)),
        b: failing.found((s) => (s.n < 2 ? [0] : many)),
      }),
      effect: (s) => {
        s.n += 1;
      },
    });
    const model = modelOf({
      name: "failing",
      says: "",
      spec: failing.spec({ says: "Fails.", actions: [step], properties: [], terminates: true }),
    });
    const outcome = ended(breadthFirstBy(engine, model, {}, { now: () => 0, memoryBytes: () => 0 }, null));
    expect(outcome.verdict).toBe("failed");
    expect(outcome.trace.map(({ state }) => (state as { n: number }).n)).toEqual([0, 1, 2]);
    expect(outcome.finding).toMatchObject({
      kind: "error",
      error: {
        part: "parameter",
        of: "Step.b",
        message: "the parameters of Step have 4,000,000 combinations in this state; the limit is 1,048,576",
      },
    });
  });
});

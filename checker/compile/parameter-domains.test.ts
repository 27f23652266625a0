import { describe, expect, it } from "vitest";
import {
  bag,
  boolean,
  entriesOf,
  id,
  ids,
  integer,
  map,
  protocol,
  record,
  type Schema,
  sequence,
  set,
} from "../../spec/lang/index.ts";
import { Semantics } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

const assignments = protocol("Assignments", {
  constants: { Task: ids("t", { default: 2, says: "the tasks" }) },
  state: (c) =>
    record({
      chosen: map(id(c.Task), boolean()),
      stock: bag(boolean(), { copies: 2 }),
      word: sequence(boolean(), 2),
      known: set(map(id(c.Task), boolean())),
      steps: integer(0, 2),
    }),
});

const choose = assignments.action("Choose", {
  says: "A whole map, bag and sequence at once.",
  params: (c) => ({
    chosen: map(id(c.Task), boolean()),
    stock: bag(boolean(), { copies: 2 }),
    word: sequence(boolean(), 1),
  }),
  guard: (s) => s.steps < 2,
  effect: (s, { chosen, stock, word }) => {
    s.steps += 1;
    for (const [task, value] of entriesOf(chosen)) s.chosen.set(task, value);
    s.stock.clear();
    for (const element of stock) for (let n = stock.copies(element); n > 0; n -= 1) s.stock.add(element);
    s.word.assign(word);
    s.known.add(chosen);
  },
});

const withDomain = (domain: Schema) =>
  modelOf({
    name: "wide",
    says: "",
    spec: assignments.spec({
      says: "",
      actions: [
        assignments.action("Wide", { says: "", params: () => ({ a: domain, b: boolean() }), effect: () => undefined }),
      ],
      properties: [],
    }),
  });

describe("a map, a bag and a sequence", () => {
  it("are domains of parameters, in every engine", () => {
    const spec = assignments.spec({ says: "", actions: [choose], properties: [], terminates: true });
    // One step gives 4 maps, 9 bags and 3 sequences; after two the set knows one map or two.
    expect(onEveryEngine(modelOf({ name: "assignments", says: "", spec }))).toMatchObject({
      verdict: "holds",
      distinct: 1 + 4 * 27 + 4 * 4 * 27,
      generated: 1 + 108 + 108 * 108,
    });
  });
});

describe("a domain with more values than a search can try", () => {
  it("is refused with their number", () => {
    expect(() => new Semantics(withDomain(set(integer(1, 40))))).toThrow(
      "the parameters of Wide have too many values (a: 1,099,511,627,776 values; b: 2 values; together 2,199,023,255,552 combinations); the limit is 1,048,576",
    );
    expect(() => new Semantics(withDomain(map(integer(1, 9), bag(integer(1, 9)))))).toThrow("the limit is 1,048,576");
    expect(() => new Semantics(withDomain(integer(1, 2 ** 20)))).toThrow(
      "(a: 1,048,576 values; b: 2 values; together 2,097,152 combinations)",
    );
  });
});

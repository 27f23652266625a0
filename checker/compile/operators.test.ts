import { describe, expect, it } from "vitest";
import {
  argmin,
  chooseUnique,
  entriesOf,
  id,
  ids,
  integer,
  map,
  mapOf,
  mapped,
  max,
  permutations,
  protocol,
  range,
  record,
  sequence,
  set,
  setEach,
  subsets,
  sum,
  unionOf,
} from "../../spec/lang/index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

const loads = protocol("Loads", {
  constants: { Worker: ids("w", { default: 3, says: "the workers" }) },
  state: (c) =>
    record({
      load: map(id(c.Worker), integer(0, 3)),
      jobs: set(integer(1, 3)),
      order: sequence(integer(1, 3), 3),
      seen: set(map(id(c.Worker), integer(0, 3))),
      groups: map(id(c.Worker), set(integer(1, 3))),
    }),
});

const arrive = loads.action("Arrive", {
  says: "Some jobs arrive, in some order.",
  params: () => ({
    some: loads.found(() => subsets(range(1, 3)).filter(({ size }) => size > 0)),
    order: loads.found((_, { some }: { readonly some: Iterable<number> }) => permutations(some)),
  }),
  guard: (s) => s.jobs.size === 0,
  effect: (s, { some, order }) => {
    s.jobs.assign(some);
    s.order.assign(order);
    s.groups.fill(mapped(some, (job) => 4 - job));
  },
});

const place = loads.action("Place", {
  says: "The next job goes to the worker that has least to do.",
  guard: (s, _, c) => s.order.length > 0 && sum(c.Worker, (w) => s.load.get(w)) < 4,
  effect: (s, _, c) => {
    const least = argmin(c.Worker, (w) => s.load.get(w));
    s.load.set(least, s.load.get(least) + 1);
    s.groups.get(least).assign(unionOf([s.groups.get(least), [s.order.first]]));
    s.order.shift();
    s.seen.add(mapOf(c.Worker, (w) => s.load.get(w)));
  },
});

const rotate = loads.action("Rotate", {
  says: "Every worker takes what the next one has.",
  guard: (s) => s.jobs.size > 0 && max(entriesOf(s.load).map(([, load]) => load)) > 0,
  effect: (s, _, c) => {
    setEach(s.load, (w) => s.load.get(chooseUnique(c.Worker, (one) => one === nextOf(w, c.Worker))));
    s.seen.clear();
  },
});

/** The worker after this one, the last one's being the first. */
function nextOf<W>(worker: W, workers: readonly W[]): W {
  const position = workers.indexOf(worker);
  return workers[(position + 1) % workers.length] ?? worker;
}

const balanced = loads.invariant("Balanced", {
  says: "All that was seen adds up.",
  holds: (s) =>
    s.seen.every((load) => sum(entriesOf(load), ([, n]) => n) <= 3) &&
    sum(entriesOf(s.load), ([, n]) => n) === s.jobs.size - s.order.length,
});

const spec = loads.spec({
  says: "Workers with jobs.",
  actions: [arrive, place, rotate],
  properties: [balanced],
  terminates: true,
});

describe("operators on collections of the state", () => {
  it("give what they give on plain ones, in every engine", () => {
    expect(onEveryEngine(modelOf({ name: "loads", says: "", spec }))).toMatchObject({
      verdict: "holds",
      distinct: 127,
    });
  });

  it("fail with their own words, in every engine", () => {
    const empty = loads.action("Empty", {
      says: "The order is empty, and has no greatest load.",
      effect: (s) => s.load.fill(max(s.order)),
    });
    const failing = loads.spec({ says: "", actions: [empty], properties: [] });
    expect(onEveryEngine(modelOf({ name: "empty", says: "", spec: failing }))).toMatchObject({
      verdict: "failed",
      finding: "max: order is empty",
    });
  });
});

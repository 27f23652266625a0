import { describe, expect, it } from "vitest";
import { bag, type DraftOf, integer, protocol, record, sequence, union, type ViewOf } from "../../spec/lang/index.ts";
import { breadthFirst, type Outcome, Semantics } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { ended } from "../search/ended.suite.ts";
import { Domains } from "./domains.ts";
import { Fingerprints } from "./fingerprints.ts";
import { breadthFirstOn } from "./index.ts";
import { Memory } from "./memory.ts";
import { compile } from "./program.ts";
import { Recorder } from "./recorder.ts";
import { Tries } from "./tries.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
/** The bag grows to this many elements, one by one. */
const elementsMax = 14;

const element = union({ Odd: { n: integer(0, elementsMax) }, Even: { n: integer(0, elementsMax) } });
const state = record({
  grown: integer(0, elementsMax),
  taken: integer(0, 5 * elementsMax),
  some: bag(element),
  others: bag(element, { copies: 2 }),
  list: sequence(element, 2),
});
type State = ViewOf<typeof state>;
type Draft = DraftOf<typeof state>;
type Element = ViewOf<typeof element>;

const growing = protocol("Growing", { constants: {}, state: () => state });

/** A bag that grows, and an action that takes what the domain gives. */
function modelWith(domain: (s: State) => Iterable<Element>) {
  const grow = growing.action("Grow", {
    says: "One more.",
    guard: (s) => s.grown < elementsMax && s.taken === 0,
    effect: (s: Draft) => {
      s.some.add(s.grown % 2 === 0 ? { kind: "Even", n: s.grown } : { kind: "Odd", n: s.grown });
      if (s.grown % 3 === 0) s.others.add({ kind: "Odd", n: s.grown });
      s.grown += 1;
    },
  });
  const take = growing.action("Take", {
    says: "One is looked at.",
    params: () => ({ e: growing.found(domain) }),
    guard: (s) => s.taken === 0,
    effect: (s, { e }) => {
      s.taken = e.n + 1;
    },
  });
  const spec = growing.spec({ says: "Growth.", actions: [grow, take], properties: [], terminates: true });
  return modelOf({ name: "growing", says: "Growth.", spec });
}

/** True where the domain was taken for the elements of bags, to be run through without asking the spec again. */
function isEnumeration(domain: (s: State) => Iterable<Element>): boolean {
  const model = modelWith(domain);
  const { layout, views } = compile(model.schema, null);
  const memory = new Memory(layout);
  memory.blank();
  const recorder = new Recorder(memory, new Fingerprints(memory));
  const domains = new Domains(new Semantics(model), new Tries(memory, 2 ** 20), recorder, views(recorder));
  return domains.computed.length === 0;
}

function numbersOf({ distinct, generated, depth, actions }: Outcome): unknown {
  return { distinct, generated, depth, fired: actions.map(({ fired }) => fired) };
}

const enumerations: Readonly<Record<string, (s: State) => Iterable<Element>>> = {
  "a bag": (s) => s.some,
  "one kind": (s) => s.some.ofKind("Odd"),
};

const computed: Readonly<Record<string, (s: State) => Iterable<Element>>> = {
  "a copy of a bag": (s) => [...s.some],
  "two bags, one after the other": (s) => [...s.some, ...s.others],
  "two kinds": (s) => [...s.some.ofKind("Odd"), ...s.some.ofKind("Even")],
  "a bag and one kind of it": (s) => [...s.others, ...s.others.ofKind("Odd")],
  "the first": (s) => [...s.some].slice(0, 1),
  "the last": (s) => [...s.some].slice(-1),
  "all but the first": (s) => [...s.some].slice(1),
  "the first six": (s) => [...s.some].slice(0, 6),
  "the sixth": (s) => [...s.some].slice(5, 6),
  "every second": (s) => [...s.some].filter((_, at) => at % 2 === 0),
  "the last first": (s) => [...s.some].reverse(),
  "sorted by content": (s) => [...s.some].sort((a, b) => b.n - a.n),
  "filtered by content": (s) => [...s.some].filter(({ n }) => n > 2),
  "filtered by kind": (s) => [...s.some].filter(({ kind }) => kind === "Odd"),
  "each twice, one after the other": (s) => [...s.some].flatMap((e) => [e, e]),
  "other values": (s) => [...s.some].map(({ n }) => ({ kind: "Odd", n }) as const),
  "filtered by truth": (s) => [...s.some].filter((e) => e),
  "filtered by null": (s) => [...s.some].filter((e) => e !== null && e.n > 2),
  "a copy where there are more than seventy": (s) => [...s.some].filter((_, at) => at < 70),
  "pairs of two bags": (s) => [...s.some].flatMap((e) => [...s.others].map(() => e)),
  "nothing where there are six": (s) => nothingWhere([...s.some], (length) => length === 6),
  "nothing where one kind has six": (s) => nothingWhere(s.some.ofKind("Odd"), (length) => length === 6),
  "nothing where there are eight to twelve": (s) => nothingWhere([...s.some], (n) => n >= 8 && n <= 12),
  "nothing where size says six": (s) => (s.some.size === 6 ? [] : s.some),
  "one bag or the other": (s) => (s.grown % 2 === 0 ? s.some : s.others),
  "a bag that is found by its elements": (s) => (s.some.has({ kind: "Even", n: 0 }) ? s.some : s.others),
  "a sequence": (s) => s.list,
  "a bag and a constant": (s) => [...s.some, { kind: "Odd", n: 3 }],
  nothing: () => [],
};

function nothingWhere(list: readonly Element[], isSo: (length: number) => boolean): readonly Element[] {
  return isSo(list.length) ? [] : list;
}

describe("a domain", () => {
  it.each(Object.entries(enumerations))("is run through where it is %s", (_, domain) => {
    expect(isEnumeration(domain)).toBe(true);
  });

  it.each(Object.entries(computed))("is asked for anew where it is %s", (_, domain) => {
    expect(isEnumeration(domain)).toBe(false);
  });

  it.each(Object.entries({ ...enumerations, ...computed }))(
    "gives what the reference gives where it is %s",
    (_, domain) => {
      const model = modelWith(domain);
      const expected = numbersOf(ended(breadthFirst(model, {}, world)));
      expect(numbersOf(ended(breadthFirstOn("lowered", model, {}, world)))).toEqual(expected);
      expect(numbersOf(ended(breadthFirstOn("views", model, {}, world)))).toEqual(expected);
    },
  );
});

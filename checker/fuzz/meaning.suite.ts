/**
 * The meaning of a spec, as plain cases: small specs with what every engine must find, one table for each point of
 * issue 11 on which engines differed.
 */
import { oddNames } from "./names.suite.ts";

/** What a run of the case gives: a verdict, and how often its action `Step` was taken; or an error. */
type Expected =
  | { readonly verdict: "holds" | "violated"; readonly fired?: number; readonly distinct?: number }
  | { readonly error: RegExp };

export interface Case {
  readonly name: string;
  /** The body of a module that makes `models`. */
  readonly body: string;
  readonly expected: Expected;
}

/** The parts of a case that takes one step, after which `holds` must be true. */
interface OneStep {
  readonly state: string;
  readonly init?: string;
  readonly effect: string;
  readonly holds?: string;
  readonly params?: string;
}

const holds: Expected = { verdict: "holds" };

function bodyOf({ state, init = "", effect, holds: test = "true", params }: OneStep): string {
  const taken = params === undefined ? "" : `params: (c) => ({ p: ${params} }), `;
  return `const P = protocol("Meaning", {
  constants: { C: ids("c", { default: 2, says: "The ids." }) },
  state: (c) => record({ done: boolean(), ${state} }),
});
const step = P.action("Step", {
  says: "The step.", ${taken}
  guard: (s) => !s.done,
  effect: (s, { p }, c) => { ${effect} s.done = true; },
});
const fact = P.invariant("Fact", { says: "What the step leads to.", holds: (s, c) => !s.done || (${test}) });
const spec = P.spec({ says: "A case.", init: { effect: (s, _, c) => { ${init} } }, actions: [step], properties: [fact] });
const models = [{ name: "meaning", says: "A case.", spec, deadlock: false }];`;
}

function oneStep(name: string, step: OneStep, expected: Expected = holds): Case {
  return { name, body: bodyOf(step), expected };
}

/** A place of each kind: how it is declared, given content, emptied, and how its content is told. */
const places = [
  { of: "record", schema: "record({ a: integer(0, 1) })", give: ".a = 1;", empty: ".a = 0;", has: ".a === 1" },
  { of: "set", schema: "set(integer(0, 1))", give: ".add(1);", empty: ".clear();", has: ".has(1)" },
  { of: "sequence", schema: "sequence(integer(0, 1), 2)", give: ".push(1);", empty: ".clear();", has: ".length === 1" },
  { of: "bag", schema: "bag(integer(0, 1))", give: ".add(1);", empty: ".clear();", has: ".copies(1) === 1" },
  {
    of: "map",
    schema: "map(integer(1, 2), boolean())",
    give: ".set(1, true);",
    empty: ".fill(false);",
    has: ".get(1)",
  },
] as const;

const second = (has: string): string => `!(s.m.get(1)${has}) && s.m.get(2)${has}`;

export const placeCases: readonly Case[] = places.flatMap(({ of, schema, give, empty, has }) => {
  const state = `m: map(integer(1, 2), ${schema}), r: record({ inner: ${schema} })`;
  const init = `s.m.get(1)${give}`;
  const kept = (name: string, effect: string, test = second(has)): Case =>
    oneStep(`${name}, in a map of ${of}`, { state, init, effect, holds: test });
  const taken = (name: string, field: string, put: string, test: string): Case =>
    oneStep(`${name} takes the value of a ${of}`, {
      state: `${state}, ${field}`,
      init,
      effect: `${put} s.m.get(1)${empty}`,
      holds: `!(s.m.get(1)${has}) && ${test}`,
    });
  return [
    kept("swaps the values at two keys", "const x = s.m.get(1); s.m.set(1, s.m.get(2)); s.m.set(2, x);"),
    kept("rotates the values at two keys", "const x = s.m.get(1); const y = s.m.get(2); s.m.set(1, y); s.m.set(2, x);"),
    kept("copies what is set, so that later edits stay apart", `s.m.set(2, s.m.get(1)); s.m.get(1)${empty}`),
    kept("reads a place as it was when fill replaced it", "const x = s.m.get(1); s.m.fill(s.m.get(2)); s.m.set(2, x);"),
    kept(
      "reads a place as it was when set replaced it, after edits of the new one",
      `const x = s.m.get(1); s.m.set(1, s.m.get(2)); s.m.get(1)${give} s.m.get(1)${empty} s.m.set(2, x);`,
    ),
    kept("fills from a place of its own", `s.m.fill(s.m.get(1)); s.m.get(1)${empty}`),
    kept(
      "swaps through a helper",
      "const swap = (m, a, b) => { const x = m.get(a); m.set(a, m.get(b)); m.set(b, x); }; swap(s.m, 1, 2);",
    ),
    kept("edits through a variable that was not replaced", `const x = s.m.get(2); s.m.get(1)${empty} x${give}`),
    kept("takes a place of a record", `s.r.inner${give} s.m.set(2, s.r.inner); s.m.get(1)${empty} s.r.inner${empty}`),
    oneStep(
      `refuses a write through a place that was replaced, in a map of ${of}`,
      { state, init, effect: `const x = s.m.get(1); s.m.set(1, s.m.get(2)); x${empty}` },
      { error: /replaced/ },
    ),
    oneStep(
      `refuses a write through a place that fill replaced, in a map of ${of}`,
      { state, init, effect: `const x = s.m.get(1); s.m.fill(s.m.get(2)); x${empty}` },
      { error: /replaced/ },
    ),
    taken("an option", `kept: option(${schema})`, "s.kept = s.m.get(1);", `s.kept !== null && s.kept${has}`),
    taken(
      "a union",
      `kept: union({ A: {}, B: { v: ${schema} } })`,
      `s.kept = { kind: "B", v: s.m.get(1) };`,
      `s.kept.kind === "B" && s.kept.v${has}`,
    ),
    taken("push", `kept: sequence(${schema}, 1)`, "s.kept.push(s.m.get(1));", `s.kept.first${has}`),
    taken("a set's add", `kept: set(${schema})`, "s.kept.add(s.m.get(1));", `[...s.kept].every((e) => e${has})`),
    taken("a bag's add", `kept: bag(${schema})`, "s.kept.add(s.m.get(1));", `[...s.kept].every((e) => e${has})`),
    taken("assign", `kept: set(${schema})`, "s.kept.assign([s.m.get(1)]);", `[...s.kept].every((e) => e${has})`),
    taken(
      "a literal",
      `kept: option(record({ v: ${schema} }))`,
      "s.kept = { v: s.m.get(1) };",
      `s.kept !== null && s.kept.v${has}`,
    ),
  ];
});

export const recordCases: readonly Case[] = [
  oneStep("spreads a record into its fields", {
    state:
      "r: record({ a: integer(0, 1), b: integer(0, 1) }), m: map(integer(1, 2), record({ a: integer(0, 1), b: integer(0, 1) }))",
    effect: "s.r.b = 1; s.m.set(2, { ...s.r, a: 1 }); s.r.b = 0;",
    holds: "s.m.get(2).a === 1 && s.m.get(2).b === 1 && s.m.get(1).b === 0",
  }),
  oneStep("gives the declared fields of a record as its keys", {
    state: `r: record({ b: boolean(), a: part(false, boolean()), ["a b"]: set(boolean()) }), n: integer(0, 9)`,
    effect: `s.n = Object.keys(s.r).join() === "b,a b" ? 1 : 0;`,
    holds: `s.n === 1 && Object.keys(s.r).join() === "b,a b" && Object.entries(s.r).length === 2`,
  }),
  oneStep("gives the declared fields of an element as its keys", {
    state: "x: set(record({ b: boolean(), a: boolean() })), n: integer(0, 9)",
    init: "s.x.add({ a: true, b: true });",
    effect: "for (const e of s.x) s.n = Object.keys(e).length;",
    holds: `s.n === 2 && s.x.every((e) => Object.keys(e).join() === "b,a")`,
  }),
  oneStep("destructures a record", {
    state: "r: record({ a: set(boolean()), b: integer(0, 1) })",
    effect: "const { a, b } = s.r; s.r.b = 1; a.add(b === 0);",
    holds: "s.r.a.has(true) && s.r.b === 1",
  }),
  oneStep(
    "refuses a write to the value of an option",
    { state: "kept: option(record({ a: integer(0, 1) }))", init: "s.kept = { a: 0 };", effect: "s.kept.a = 1;" },
    { error: /./ },
  ),
  oneStep(
    "refuses a write to an element",
    {
      state: "x: set(record({ a: integer(0, 1) }))",
      init: "s.x.add({ a: 0 });",
      effect: "for (const e of s.x) e.a = 1;",
    },
    { error: /./ },
  ),
];

/** A collection with two elements of its own, and how it changes while it is walked. */
const walked = [
  {
    of: "set",
    schema: "set(integer(0, 3))",
    init: "s.x.add(0); s.x.add(2);",
    grow: "add(1);",
    methods: ["every", "some", "count", "filter"],
  },
  {
    of: "bag",
    schema: "bag(integer(0, 3), { copies: 4 })",
    init: "s.x.add(0); s.x.add(2);",
    grow: "add(1);",
    methods: ["every", "some"],
  },
  {
    of: "sequence",
    schema: "sequence(integer(0, 3), 4)",
    init: "s.x.push(0); s.x.push(2);",
    grow: "push(1);",
    methods: ["every", "some"],
  },
] as const;

export const iterationCases: readonly Case[] = [
  ...walked.flatMap(({ of, schema, init, grow, methods }) => {
    const state = `x: ${schema}, n: integer(0, 9)`;
    const counts = (name: string, effect: string): Case =>
      oneStep(`${name} a ${of} at the start`, { state, init, effect, holds: "s.n === 2" });
    const results = { every: "true", some: "false", count: "true", filter: "true" } as const;
    return [
      counts("a loop that adds walks", `for (const e of s.x) { s.n += 1; s.x.${grow} }`),
      counts("a loop that clears walks", "for (const e of s.x) { s.n += 1; s.x.clear(); }"),
      counts(
        "a loop that adds through a second name walks",
        `const y = s.x; for (const e of s.x) { s.n += 1; y.${grow} }`,
      ),
      counts("a spread taken before a change is", `const all = [...s.x]; s.x.clear(); s.n = all.length;`),
      ...methods.flatMap((method) => [
        counts(
          `${method} that adds walks`,
          `s.x.${method}((e) => { s.n += 1; s.x.${grow} return ${results[method]}; });`,
        ),
        counts(
          `${method} that clears walks`,
          `s.x.${method}((e) => { s.n += 1; s.x.clear(); return ${results[method]}; });`,
        ),
      ]),
      counts(
        "an iterator begun before a change walks",
        `const all = s.x[Symbol.iterator](); s.n += 1; all.next(); s.x.clear(); if (!all.next().done) s.n += 1;`,
      ),
    ];
  }),
  oneStep("ofKind gives the elements of a bag at that moment", {
    state: "x: bag(union({ A: { n: integer(0, 3) }, B: {} })), n: integer(0, 9)",
    init: `s.x.add({ kind: "A", n: 0 }); s.x.add({ kind: "A", n: 1 });`,
    effect: `for (const e of s.x.ofKind("A")) { s.n += 1; s.x.remove(e); if (e.n < 1) s.x.add({ kind: "A", n: 3 }); }`,
    holds: "s.n === 2 && s.x.size === 1",
  }),
  ...(["every", "some", "count"] as const).map((method) =>
    oneStep(`${method} walks a map at the start`, {
      state: "m: map(integer(1, 2), integer(0, 1)), n: integer(0, 9)",
      effect: `s.m.${method}((v) => { s.n += v; s.m.fill(1); return ${method !== "some"}; });`,
      holds: "s.n === 0 && s.m.get(1) === 1",
    }),
  ),
  oneStep("keys of a map are the same whatever is set meanwhile", {
    state: "m: map(integer(1, 3), integer(0, 1)), n: integer(0, 9)",
    effect: "for (const k of s.m.keys()) { s.n += 1; s.m.set(k, 1); s.m.fill(0); }",
    holds: "s.n === 3",
  }),
];

/** Values of each kind of element, in their order. */
const ordered = [
  { of: "booleans", schema: "boolean()", values: ["false", "true"] },
  { of: "integers", schema: "integer(-1, 10)", values: ["-1", "2", "10"] },
  { of: "names", schema: `oneOf("lo", "mid", "hi")`, values: [`"lo"`, `"mid"`, `"hi"`] },
  { of: "ids", schema: "id(c.C)", values: ["c.C[0]", "c.C[1]"] },
  { of: "options", schema: "option(integer(-1, 1))", values: ["null", "-1", "0"] },
  {
    of: "records",
    schema: `record({ b: oneOf("z", "a"), a: boolean() })`,
    values: [`{ b: "z", a: true }`, `{ b: "a", a: false }`, `{ b: "a", a: true }`],
  },
  {
    of: "unions",
    schema: "union({ Z: { n: integer(-1, 1) }, A: {} })",
    values: [`{ kind: "Z", n: -1 }`, `{ kind: "Z", n: 1 }`, `{ kind: "A" }`],
  },
  { of: "sets", schema: `set(oneOf("z", "a"))`, values: ["setOf()", `setOf("z")`, `setOf("a")`] },
  { of: "sequences", schema: `sequence(oneOf("z", "a"), 2)`, values: [`seq("z")`, `seq("a")`, `seq("z", "z")`] },
] as const;

export const orderCases: readonly Case[] = ordered.flatMap(({ of, schema, values }) => {
  const [first = ""] = values;
  const state = `x: set(${schema}), y: set(${schema}), b: bag(${schema}), q: sequence(${schema}, 3)`;
  const backwards = [...values].reverse();
  const init = backwards.map((value) => `s.x.add(${value}); s.b.add(${value});`).join(" ");
  const listed = (name: string, list: string): Case =>
    oneStep(`${name} has ${of} in their order`, {
      state,
      init,
      effect: `s.q.assign(${list});`,
      holds: `s.q.equals(seq(${values.join(", ")})) && ((q) => q.equals(s.q))(seq(...(${list})))`,
    });
  return [
    listed("a set", "s.x"),
    listed("a bag", "s.b"),
    listed("a spread", "[...s.x]"),
    listed("a union with nothing", "s.x.union([])"),
    listed("a union with a literal", `s.y.union(setOf(${backwards.join(", ")}))`),
    listed("a union with a bag", "s.y.union(s.b)"),
    listed("a difference", "s.x.minus(s.y)"),
    listed("an intersection", "s.x.intersect(s.x)"),
    listed("a filtered set", "s.x.filter(() => true)"),
    listed("a union that was filtered", "s.x.union([]).filter(() => true)"),
    oneStep(`a parameter over sets has ${of} in their order`, {
      state,
      init,
      params: `set(${schema})`,
      effect: "s.y.assign(p); s.q.assign([...p].slice(0, 3));",
      holds: "[...s.y].slice(0, 3).every((e, i) => seq(e).equals(seq(s.q.get(i + 1))))",
    }),
    oneStep(`an element that is removed and added comes to its place again, among ${of}`, {
      state,
      init,
      effect: `s.x.remove(${first}); s.x.add(${first}); s.q.assign(s.x);`,
      holds: `s.q.equals(seq(${values.join(", ")}))`,
    }),
  ];
});

/** Ways to say where a parameter comes from, over the elements `null`, 0 and 1, and how many values it then has. */
const domains = [
  ["the collection", "s.x", 3],
  ["a filter of what is not null", "[...s.x].filter((e) => e !== null)", 2],
  ["a filter of what is null", "[...s.x].filter((e) => e === null)", 1],
  ["a filter of what is true", "[...s.x].filter((e) => e)", 1],
  ["a filter of what is false", "[...s.x].filter((e) => !e)", 2],
  ["a filter by Boolean", "[...s.x].filter(Boolean)", 1],
  ["a filter by type", `[...s.x].filter((e) => typeof e === "number")`, 2],
  ["a filter by comparison", "[...s.x].filter((e) => e < 1)", 2],
  ["a map to itself", "[...s.x].map((e) => e)", 3],
  ["a flatMap", "[...s.x].flatMap((e) => (e === null ? [] : [e]))", 2],
  ["a flatMap by ??", "[...s.x].flatMap((e) => e ?? [])", 2],
  ["a slice", "[...s.x].slice(1)", 2],
  ["a choice by size, taken", "[...s.x].length > 2 ? s.x : []", 3],
  ["a choice by size, not taken", "[...s.x].length > 3 ? s.x : []", 0],
  ["a concatenation", "[...s.x, ...s.x]", 6],
  ["the first", "[...s.x].slice(0, 1)", 1],
  ["find", "[[...s.x].find((e) => e !== null)]", 1],
  ["some", "[...s.x].some((e) => e === 7) ? s.x : []", 0],
] as const;

export const domainCases: readonly Case[] = [
  ["set", "set(option(integer(0, 1)))", "add"],
  ["bag", "bag(option(integer(0, 1)))", "add"],
  ["sequence", "sequence(option(integer(0, 1)), 3)", "push"],
].flatMap(([of = "", schema = "", add = ""]) => {
  const init = `s.x.${add}(null); s.x.${add}(0); s.x.${add}(1);`;
  return domains.map(([name, list, fired]) =>
    oneStep(
      `${name} of a ${of} is found as it is written`,
      {
        state: `x: ${schema}, kept: option(integer(0, 1))`,
        init,
        params: `P.found((s, c) => ${list})`,
        effect: "s.kept = p;",
      },
      { verdict: "holds", fired },
    ),
  );
});

export const numberCases: readonly Case[] = [
  oneStep("minus zero in a field is zero", { state: "n: integer(-1, 1)", effect: "s.n = -0;", holds: "1 / s.n > 0" }),
  oneStep("minus zero in collections is zero", {
    state:
      "m: map(integer(0, 1), integer(0, 1)), x: set(integer(0, 1)), q: sequence(integer(0, 1), 1), kept: option(integer(0, 1))",
    effect: "s.m.set(-0, -0); s.x.add(-0); s.x.add(0); s.q.push(-0); s.kept = -0;",
    holds: "s.x.size === 1 && s.x.has(-0) && [s.m.get(0), s.q.first, s.kept, ...s.x].every((n) => 1 / n > 0)",
  }),
  oneStep("an option of a scalar may leave its range for a moment", {
    state: "n: option(integer(0, 2))",
    effect: "s.n = 5; s.n = s.n === 5 ? 1 : null;",
    holds: "s.n === 1",
  }),
  oneStep("a field may leave its range for a moment", {
    state: "n: integer(0, 2)",
    effect: "s.n += 5; s.n %= 3;",
    holds: "s.n === 2",
  }),
  oneStep("a field may be a fraction for a moment", {
    state: "n: integer(0, 2)",
    init: "s.n = 1;",
    effect: "s.n /= 2; s.n *= 2;",
    holds: "s.n === 1",
  }),
  oneStep("a field may be no number for a moment", {
    state: "n: integer(0, 2)",
    effect: "s.n = Number.NaN; if (!(s.n >= 0)) s.n = 2;",
    holds: "s.n === 2",
  }),
  ...[
    ["a number outside", "3"],
    ["a fraction", "0.5"],
    ["NaN", "Number.NaN"],
    ["undefined", "undefined"],
  ].flatMap(([name = "", value = ""]) => {
    const refused = (where: string, state: string, effect: string, error: RegExp): Case =>
      oneStep(`${name} is refused in ${where}`, { state, effect }, { error });
    return [
      refused("a field, by its name and bound", "n: integer(0, 2)", `s.n = ${value};`, /^n became .*0\.\.2/),
      refused(
        "a field of a record in a map",
        "m: map(integer(1, 2), record({ n: integer(0, 2) }))",
        `s.m.get(2).n = ${value};`,
        /became .*0\.\.2/,
      ),
      refused(
        "a map at once",
        "m: map(integer(1, 2), integer(0, 2))",
        `s.m.set(1, ${value}); s.m.set(1, 0);`,
        /became .*0\.\.2/,
      ),
      refused("a set at once", "x: set(integer(0, 2))", `s.x.add(${value}); s.x.clear();`, /became .*0\.\.2/),
      refused("a bag at once", "x: bag(integer(0, 2))", `s.x.add(${value}); s.x.clear();`, /became .*0\.\.2/),
      refused(
        "a sequence at once",
        "q: sequence(integer(0, 2), 1)",
        `s.q.push(${value}); s.q.clear();`,
        /became .*0\.\.2/,
      ),
      refused(
        "an option of a record at once",
        "kept: option(record({ n: integer(0, 2) }))",
        `s.kept = { n: ${value} }; s.kept = null;`,
        /became .*0\.\.2/,
      ),
      refused(
        "a union at once",
        "kept: union({ A: {}, B: { n: integer(0, 2) } })",
        `s.kept = { kind: "B", n: ${value} }; s.kept = { kind: "A" };`,
        /became .*0\.\.2/,
      ),
    ];
  }),
];

/** Specs in which this name is given to each thing that has one. */
export function nameCases(name: string): readonly Case[] {
  return [...namesOfParts(name), ...namesOfKinds(name), ...namesOutside(name)];
}

function named(name: string, where: string, step: OneStep): Case {
  return oneStep(`a ${where} is named ${JSON.stringify(name)}`, step);
}

/** Of fields and places. */
function namesOfParts(name: string): readonly Case[] {
  const field = `[${JSON.stringify(name)}]`;
  return [
    named(name, "field", {
      state: `${field}: integer(0, 2), other: integer(0, 2)`,
      effect: `s${field} = 2; s.other = s${field} - 1;`,
      holds: `s${field} === 2 && s.other === 1`,
    }),
    named(name, "place", {
      state: `${field}: set(integer(0, 2))`,
      effect: `s${field}.add(1);`,
      holds: `s${field}.has(1)`,
    }),
    named(name, "field of a record", {
      state: `r: record({ ${field}: integer(0, 2), a1: boolean() })`,
      effect: `s.r${field} = 2;`,
      holds: `s.r${field} === 2 && !s.r.a1`,
    }),
    named(name, "field of an element", {
      state: `x: set(record({ ${field}: integer(0, 2) }))`,
      effect: `s.x.add({ ${field}: 2 });`,
      holds: `s.x.has({ ${field}: 2 }) && s.x.every((e) => e${field} === 2)`,
    }),
  ];
}

/** Of what values are called. `kind` is the name of the tag, and no field of a union may have it. */
function namesOfKinds(name: string): readonly Case[] {
  const text = JSON.stringify(name);
  const field = `[${text}]`;
  const ofUnion = named(name, "field of a union", {
    state: `kept: union({ A: {}, B: { ${field}: integer(0, 2) } })`,
    effect: `s.kept = { kind: "B", ${field}: 2 };`,
    holds: `s.kept.kind === "B" && s.kept${field} === 2`,
  });
  return [
    named(name, "enum member", {
      state: `e: oneOf("first one", ${text}), x: set(oneOf(${text}, "other one"))`,
      effect: `s.e = ${text}; s.x.add(s.e);`,
      holds: `s.e === ${text} && s.x.has(${text})`,
    }),
    ...(name === "kind" ? [] : [ofUnion]),
    named(name, "kind of a union", {
      state: `x: bag(union({ First: {}, ${field}: { n: integer(0, 1) } }))`,
      effect: `s.x.add({ kind: ${text}, n: 1 });`,
      holds: `s.x.ofKind(${text}).length === 1 && s.x.ofKind("First").length === 0`,
    }),
  ];
}

/** Of what is no part of a state. `rules` is where guards find the rules, and no constant may have that name. */
function namesOutside(name: string): readonly Case[] {
  const text = JSON.stringify(name);
  const field = `[${text}]`;
  const plain = bodyOf({
    state: "x: set(id(c.C)), n: integer(0, 1)",
    effect: "s.n = 1; s.x.add(c.C[1]);",
    holds: "s.n === 1",
  });
  const taking = bodyOf({ state: "n: integer(0, 2)", effect: "s.n = p;", params: "integer(1, 2)" });
  const whole = (where: string, body: string, fired = 1): Case => ({
    name: `a ${where} is named ${text}`,
    body,
    expected: { verdict: "holds", fired },
  });
  const withParameter = taking.replace("({ p: ", () => `({ ${field}: `).replace("{ p }", () => `{ ${field}: p }`);
  const withConstant = plain.replace("{ C: ids", () => `{ ${field}: ids`).replaceAll("c.C", () => `c${field}`);
  return [
    whole("parameter", withParameter, 2),
    ...(name === "rules" ? [] : [whole("constant", withConstant)]),
    whole(
      "id prefix",
      plain.replace(`ids("c"`, () => `ids(${text}`),
    ),
    whole(
      "property",
      plain.replace(`"Fact"`, () => text),
    ),
    whole(
      "action",
      plain.replace(`"Step"`, () => text),
    ),
  ];
}

export const namesOfCases: readonly string[] = oddNames.filter((name) => name !== "");

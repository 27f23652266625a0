import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProgram, type SpecProgram } from "../modules/program.ts";
import { specResolver } from "../modules/resolution.ts";
import { assignments } from "./assignments.suite.ts";
import { type Case, effect, guard, holds, mark, preamble } from "./case.suite.ts";
import { problemsOf, sourceFiles } from "./check-files.ts";
import { identity } from "./identity.suite.ts";

const arguments_ = "a guard, an effect and a property depend on their arguments alone";
const onlyEquality = "ids may only be compared with === and !==, be keys and be elements";
const orderAdvice =
  "Keep the number that belongs to each id in a map, such as rank: map(id(c.Server), integer(0, 9)), and use that.";
const quantify =
  "Quantify with .some, .every or .filter, or let the action have a parameter over id(...). Declare an id set of its own for a special id, or remove these ids from symmetry.";
const fromConstants = 'Declare the ids among the constants (ids("s", ...)) and take them from there.';
const mayDiffer = "its result may differ from one call to the next";
const keepChange = "Put what changes into the state of the protocol; build other values anew in the function.";

const outsideWorld: readonly Case[] = [
  {
    what: "randomness",
    spec: guard(`() => ${mark}Math.random() < 0.5`),
    code: "randomness",
    message: `Math.random is random; ${arguments_}`,
    tryThis: "Give the action a parameter over a finite domain: the checker tries every value of it.",
  },
  {
    what: "Math handed on, because its random() goes with it",
    spec: `const { floor } = ${mark}Math;\n${guard("(s) => floor(s.n / 2) > 1")}`,
    code: "global",
    message: `Math is used as a value, so the check cannot see which of its functions are called; ${arguments_}`,
    tryThis: "Call its functions by their names: Math.floor(...).",
  },
  {
    what: "globals that it does not know to be pure",
    spec: holds(`() => ${mark}Symbol() !== null`),
    code: "global",
    message:
      "Symbol is not among the globals that a spec may use: Array, Boolean, Math, Number, Object, String, BigInt, Map, Set, Error, RangeError, TypeError, isNaN, isFinite, parseInt, parseFloat",
    tryThis: "Write the function you need in the spec.",
  },
  {
    what: "the clock",
    spec: guard(`(s) => ${mark}Date.now() > s.n`),
    code: "clock",
    message: `Date.now() reads the clock; ${arguments_}`,
    tryThis: "Model time as an action that may happen at any moment, such as a timeout without a duration.",
  },
  {
    what: "timers",
    spec: effect(`() => { ${mark}setTimeout(() => undefined, 10); }`),
    code: "clock",
    message: `setTimeout runs code later; ${arguments_}`,
    tryThis: "Write an action: its guard says when it may happen.",
  },
  {
    what: "the environment of the process",
    spec: guard(`() => ${mark}process.env["FAST"] === "1"`),
    code: "outside-world",
    message: `process.env reaches the world outside the spec; ${arguments_}`,
    tryThis: "Declare what varies between runs as a constant of the protocol, and set it with --set.",
  },
  {
    what: "printing",
    spec: effect(`(s) => { ${mark}console.log(s.n); }`),
    code: "outside-world",
    message: `console.log() prints; ${arguments_}`,
    tryThis: "Write a `reachable` property: its trace shows the states you want to see.",
  },
  {
    what: "the global object",
    spec: guard(`() => ${mark}globalThis === undefined`),
    code: "global",
    message: `globalThis reaches every global, and anything may write to it; ${arguments_}`,
    tryThis: "Use a constant of the protocol or a field of the state by its name.",
  },
  {
    what: "a global that is declared to exist",
    spec: `${mark}declare const limit: number;\n${guard("(s) => s.n < limit")}`,
    code: "ambient",
    message: "`declare` promises a value that the spec does not define: at run time it would be a global",
    tryThis: "Define the value, or declare it as a constant of the protocol.",
  },
  {
    what: "states turned into text",
    spec: holds(`(s) => ${mark}JSON.stringify(s.marks) !== ""`),
    code: "id-text",
    message: `JSON.stringify() turns states and ids into text, whose order and spelling would become part of the spec; ${arguments_}`,
    tryThis: "Write equal(a, b), which compares contents, or compare single fields with ===.",
  },
  {
    what: "the language of the machine",
    spec: holds(`(s) => s.n.${mark}toLocaleString() !== "7"`),
    code: "locale",
    message: `.toLocaleString depends on the language of the machine; ${arguments_}`,
    tryThis: "Compare with ===; where an order matters, declare the field as integer(...).",
  },
  {
    what: "a module of Node.js",
    spec: `import { cpus } from ${mark}"node:os";\n${guard("(s) => s.n < cpus().length")}`,
    code: "foreign-import",
    message:
      'the spec imports "node:os"; a spec may import "lockstep" and its own files (names that start with ./ or ../)',
    tryThis: "Declare what varies between runs as a constant of the protocol.",
  },
  {
    what: "another package",
    spec: `import ${mark}"lodash";`,
    code: "foreign-import",
    message:
      'the spec imports "lodash"; a spec may import "lockstep" and its own files (names that start with ./ or ../)',
    tryThis: "Write the function you need in a file of the spec: it must not depend on code that was not checked.",
  },
  {
    what: "a file that is not there",
    spec: `import ${mark}"./absent.ts";`,
    code: "foreign-import",
    message:
      'the spec imports "./absent.ts", and there is no such TypeScript file; a spec may import "lockstep" and its own files (names that start with ./ or ../)',
    tryThis: "Fix the path, or remove the import.",
  },
  {
    what: "the checker",
    spec: `import ${mark}"lockstep/checker";`,
    code: "foreign-import",
    message:
      'the spec imports "lockstep/checker"; a spec may import "lockstep" and its own files (names that start with ./ or ../)',
    tryThis: 'Import "lockstep": a spec needs the vocabulary only.',
  },
  {
    what: "code that is loaded while the spec runs",
    spec: guard(`() => ${mark}import("lockstep") === null`),
    code: "dynamic-import",
    message: "`import()` loads code while the spec runs; a spec imports at the top of its files only",
    tryThis: 'Write `import { ... } from "..."` at the top of the file.',
  },
];

const forms: readonly Case[] = [
  {
    what: "async functions",
    spec: `export const later = ${mark}async () => 1;`,
    code: "asynchronous",
    message: "an `async` function gives its result later; guards, effects and properties give theirs at once",
    tryThis: "Compute the value at once; what happens later is an action of its own.",
  },
  {
    what: "caught errors",
    spec: effect(`(s) => { ${mark}try { s.n += 1; } catch { s.n = 0; } }`),
    code: "caught-error",
    message:
      "`try` hides errors, among them a bound that an effect has broken, which the checker must see to report it",
    tryThis: "Remove the `try`. Say in the guard when the action may happen; an effect that throws is reported.",
  },
  {
    what: "classes",
    spec: `${mark}class Counter { n = 0; }\nexport const counter = new Counter();`,
    code: "object-state",
    message: "a class keeps state of its own, which the checker neither stores nor restores",
    tryThis: "Declare what changes as a field of the state; write functions over it.",
  },
  {
    what: "accessors",
    spec: `export const box = { ${mark}get size() { return 1; } };`,
    code: "object-state",
    message: "the accessor size runs code where a reader sees a field",
    tryThis: "Write a function that takes what it needs.",
  },
  {
    what: "namespaces",
    spec: `${mark}namespace Box { export let n = 0; }\nexport const size = Box.n;`,
    code: "object-state",
    message: "a `namespace` is an object of its own, whose contents any function may change",
    tryThis: "Write its constants and functions at the top of a file, and export them.",
  },
  {
    what: "the objects behind all values",
    spec: `${mark}Array.prototype.reverse.call([1, 2]);`,
    code: "object-state",
    message: "Array.prototype reaches the objects behind all values, and what is done to them happens everywhere",
    tryThis: "Call methods on the values themselves.",
  },
  {
    what: "regular expressions that remember where they stopped",
    spec: `const a = ${mark}/a/g;\nexport const isA = (text: string): boolean => a.test(text);`,
    code: "object-state",
    message: "the regular expression /a/g remembers where it stopped, from one call to the next",
    tryThis: "Remove the flags g and y.",
  },
  {
    what: "any",
    spec: `export const half = (n: ${mark}any): number => n / 2;`,
    code: "unchecked",
    message: "`any` switches the type check off, and with it the check that ids are only compared for equality",
    tryThis: "Write the type: ViewOf, DraftOf and ConstantsOf give those of states and constants.",
  },
  {
    what: "comments that hide type errors",
    spec: `${mark}// @ts-ignore\nexport const wrong: number = "one";`,
    code: "unchecked",
    message: "@ts-ignore hides type errors, and with them what the check of ids relies on",
    tryThis: "Remove the comment, and fix the type error that it hides.",
  },
  {
    what: "the fields of a map",
    spec: holds(`(s) => ${mark}Object.keys(s.marks).every((key) => key === "never")`),
    code: "collection-fields",
    message: "Object.keys(s.marks) finds nothing: s.marks is a collection, which has elements but no fields",
    tryThis: "Write s.marks.keys() or entriesOf(s.marks) for a map, and [...s.marks] for the elements of others.",
  },
  {
    what: "the fields of a set",
    spec: holds(`(s) => ${mark}Object.values(s.seen).length < 2`),
    code: "collection-fields",
    message: "Object.values(s.seen) finds nothing: s.seen is a collection, which has elements but no fields",
    tryThis: "Write s.seen.keys() or entriesOf(s.seen) for a map, and [...s.seen] for the elements of others.",
  },
  {
    what: "the spread of a map",
    spec: holds(`(s) => "s1" in { ${mark}...s.marks }`),
    code: "collection-fields",
    message: "...s.marks finds nothing: s.marks is a collection, which has elements but no fields",
    tryThis: "Write s.marks.keys() or entriesOf(s.marks) for a map, and [...s.marks] for the elements of others.",
  },
];

const captures: readonly Case[] = [
  {
    what: "a variable that a guard assigns",
    spec: `let calls = 0;\n${guard(`() => { ${mark}calls += 1; return calls < 3; }`)}`,
    code: "captured-variable",
    message: `the guard of Tick assigns calls, a variable declared outside it: ${mayDiffer}`,
    tryThis: "Put what changes into the state of the protocol, and what does not into a const.",
  },
  {
    what: "a variable that a property reads",
    spec: `let limit = 3;\n${holds(`(s) => s.n < ${mark}limit`)}`,
    code: "captured-variable",
    message: `the property Safe reads limit, a variable declared outside it: ${mayDiffer}`,
    tryThis: "Declare limit with const.",
  },
  {
    what: "a counter that a closure carries along",
    spec: `const limited = () => { let n = 0; return () => (${mark}n += 1) < 3; };\n${guard("limited()")}`,
    code: "captured-variable",
    message: `a function assigns n, a variable declared outside it: ${mayDiffer}`,
    tryThis: "Put what changes into the state of the protocol, and what does not into a const.",
  },
  {
    what: "an array that an effect collects into",
    spec: `const turns: number[] = [];\n${effect(`(s) => { ${mark}turns.push(s.n); }`)}`,
    code: "captured-change",
    message: `the effect of Tick changes turns, which is declared outside it: ${mayDiffer} (turns.push(s.n))`,
    tryThis: keepChange,
  },
  {
    what: "a captured object that is changed under another name",
    spec: `const memo = { best: 0 };\n${holds(`(s) => { const known = memo; ${mark}known.best = s.n; return true; }`)}`,
    code: "captured-change",
    message: `the property Safe changes memo, which is declared outside it: ${mayDiffer} (known.best = s.n)`,
    tryThis: keepChange,
  },
  {
    what: "a captured map that a helper changes",
    spec: `const memo = new Map<number, number>();\nfunction remember(known: Map<number, number>, n: number): void { known.set(n, n); }\n${holds(`(s) => { ${mark}remember(memo, s.n); return true; }`)}`,
    code: "captured-change",
    message: `the property Safe calls remember, which changes memo at FILE:11:66, and memo is declared outside it: ${mayDiffer} (remember(memo, s.n))`,
    tryThis: keepChange,
  },
  {
    what: "a captured map that a helper of a helper changes",
    spec: `const memo = new Map<number, number>();\nfunction keep(known: Map<number, number>): void { known.clear(); }\nfunction remember(known: Map<number, number>): void { keep(known); }\n${holds(`(s) => { ${mark}remember(memo); return s.n > 0; }`)}`,
    code: "captured-change",
    message: `the property Safe calls remember, which changes memo at FILE:11:51, and memo is declared outside it: ${mayDiffer} (remember(memo))`,
    tryThis: keepChange,
  },
  {
    what: "a captured set that a function hands out",
    spec: `const all = new Set<number>();\nconst known = () => all;\n${guard(`(s) => { ${mark}known().add(s.n); return true; }`)}`,
    code: "captured-change",
    message: `the guard of Tick changes all, which is declared outside it: ${mayDiffer} (known().add(s.n))`,
    tryThis: keepChange,
  },
  {
    what: "a captured array that a parameter stands for where it is not given",
    spec: `const all: number[] = [];\nfunction add(n: number, to: number[] = all): number { return ${mark}to.push(n); }\n${guard("(s) => add(s.n) > 0")}`,
    code: "captured-change",
    message: `the function add changes all, which is declared outside it: ${mayDiffer} (to.push(n))`,
    tryThis: keepChange,
  },
  {
    what: "a part of a captured object that an operator finds",
    spec: `const memo = [{ best: 0 }];\n${holds("(s) => { mapped(memo, (one) => { /*!*/one.best = s.n; return 1; }); return true; }")}`,
    code: "captured-change",
    message: `the property Safe changes memo, which is declared outside it: ${mayDiffer} (one.best = s.n)`,
    tryThis: keepChange,
  },
  {
    what: "a field that a function keeps",
    spec: `function calls(): number { return 0; }\ncalls.n = 0;\n${guard(`() => { ${mark}calls.n += 1; return calls.n > 2; }`)}`,
    code: "captured-change",
    message: `the guard of Tick changes calls, which is declared outside it: ${mayDiffer} (calls.n += 1)`,
    tryThis: keepChange,
  },
  {
    what: "a change under a name in quotes",
    spec: `const all: number[] = [];\n${guard(`(s) => ${mark}all["push"](s.n) > 2`)}`,
    code: "captured-change",
    message: `the guard of Tick changes all, which is declared outside it: ${mayDiffer} (all["push"](s.n))`,
    tryThis: keepChange,
  },
  {
    what: "a method that changes and is called later",
    spec: `const all: number[] = [];\nconst add = ${mark}all.push.bind(all);\n${guard("(s) => add(s.n) > 2")}`,
    code: "captured-change",
    message: "all.push is used as a value, so the check cannot see what it will change",
    tryThis: "Call push directly, and only on what the same function created.",
  },
  {
    what: "a captured iterator",
    spec: `const numbers = [1, 2].values();\n${guard(`() => [...${mark}numbers].length > 0`)}`,
    code: "captured-variable",
    message: `the guard of Tick reads numbers, an iterator made outside it: ${mayDiffer}`,
    tryThis: "Declare an array instead, such as const numbers = [1, 2, 3].",
  },
  {
    what: "a guard that changes the state in spite of the types",
    spec: guard(`(s) => { const draft = s as D; ${mark}draft.n = 1; return true; }`),
    code: "changed-argument",
    message: "the guard of Tick changes its argument s (draft.n = 1); only an effect may change the state",
    tryThis: "Move the change into the effect of an action.",
  },
  {
    what: "an effect that assigns its draft",
    spec: effect(`(s: D) => { ${mark}s = { ...s, n: 1 }; }`),
    code: "replaced-draft",
    message: "the effect of Tick assigns s itself: the state stays as it was",
    tryThis: "Assign its fields (s.field = ...), and change collections by their methods.",
  },
];

const scalarsets: readonly Case[] = [
  {
    what: "ids put in order",
    spec: guard(`(s, _, c) => c.Server.some((i) => ${mark}i < s.turn)`),
    code: "id-order",
    message: `i < s.turn orders the id i; ${onlyEquality}`,
    tryThis: orderAdvice,
  },
  {
    what: "ids in text",
    spec: holds(`(s) => \`turn of \${${mark}s.turn}\` !== ""`),
    code: "id-text",
    message: `the id s.turn becomes text; ${onlyEquality}`,
    tryThis: "Use the id itself as the key or element.",
  },
  {
    what: "ids joined to text",
    spec: holds(`(s) => "s" + ${mark}s.turn !== "s1"`),
    code: "id-text",
    message: `the id s.turn becomes text; ${onlyEquality}`,
    tryThis: "Use the id itself as the key or element.",
  },
  {
    what: "records in text",
    spec: holds(`(s) => \`\${${mark}s.log}\` !== ""`),
    code: "id-text",
    message: "s.log becomes text, and only text, numbers and booleans have a text of their own",
    tryThis: "Put the fields that you mean into the text, one by one.",
  },
  {
    what: "ids made into numbers by Number()",
    spec: holds(`(s) => Number(${mark}s.turn) < 3`),
    code: "id-number",
    message: `Number(s.turn) hands on the id s.turn as a value of any type; ${onlyEquality}`,
    tryThis: "Give the parameter the type of the id.",
  },
  {
    what: "the number behind an id",
    spec: holds(`(s) => ${mark}ordinalOf(s.turn) < 3`),
    code: "id-made",
    message: `ordinalOf tells the number of an id and is for checkers; ${onlyEquality}`,
    tryThis: fromConstants,
  },
  {
    what: "ids cast to something that says nothing",
    spec: holds(`(s) => setOf(${mark}s.turn as unknown).size < 3`),
    code: "id-number",
    message: `s.turn as unknown takes an id for something else; ${onlyEquality}`,
    tryThis: orderAdvice,
  },
  {
    what: "ids picked by their position",
    spec: guard(`(s, _, c) => s.turn === ${mark}c.Server[0]`),
    code: "id-position",
    message: `c.Server[0] picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "the position of an id",
    spec: guard(`(s, _, c) => ${mark}c.Server.indexOf(s.turn) === 0`),
    code: "id-position",
    message: `.indexOf picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "sorted ids",
    spec: holds(`(s) => ${mark}[...s.seen].sort().length > 0`),
    code: "id-position",
    message: `.sort picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "a callback that asks for the position of an id",
    spec: guard(`(s, _, c) => c.Server.some((i, ${mark}at) => s.turn === i && at === 0)`),
    code: "id-position",
    message: "at is the position of an id, and the spec declares these ids symmetric: no id comes before another",
    tryThis: "Use the id itself: .some((i) => ...); or remove these ids from symmetry.",
  },
  {
    what: "ids taken apart from the others by destructuring",
    spec: guard(`(s, _, { Server: ${mark}[one] }) => s.turn === one`),
    code: "id-position",
    message: `[one] picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "ids compared with numbers, behind a type that allows both",
    spec: `const is = (n: S["turn"] | number): boolean => ${mark}n === 1;\n${holds("(s) => is(s.turn)")}`,
    code: "id-number",
    message: "n === 1 compares the id n with a number; an id is compared with ids of its own set, or null",
    tryThis:
      "Take the other id from a parameter or from the state; for one particular id write first(...) of the id set, where the spec does not declare it symmetric.",
  },
  {
    what: "types that hide ids",
    spec: holds(`(s) => { const n: ${mark}unknown = s.turn; return n === 1; }`),
    code: "id-number",
    message: `the type unknown hides that s.turn is an id; ${onlyEquality}`,
    tryThis: "Remove the type, or write the type of the id.",
  },
  {
    what: "ids paired with their positions",
    spec: holds(`(s, c) => ${mark}Object.entries(c.Server).every(([at, i]) => at !== "0" || i === s.turn)`),
    code: "id-position",
    message: `Object.entries(c.Server) picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "the first of some ids, by an operator",
    spec: guard(`(s, _, c) => s.turn === ${mark}first(c.Server)`),
    code: "id-position",
    message: `first(c.Server) picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "ids assigned by their position",
    spec: holds(`(s, c) => { let one: S["turn"] | undefined; ${mark}[one] = c.Server; return one === s.turn; }`),
    code: "id-position",
    message: `[one] picks ids by their position, and the spec declares them symmetric: no id comes before another`,
    tryThis: quantify,
  },
  {
    what: "how an id is represented",
    spec: holds(`(s) => ${mark}typeof s.turn !== "object"`),
    code: "id-number",
    message: "typeof s.turn asks how a value is represented, and an id's number is no part of the spec",
    tryThis: "Compare the id with an id or with null.",
  },
];

const typeErrors: readonly Case[] = [
  {
    what: "a helper that assigns a read-only state, by its type",
    spec: `export const raise = (s: S): void => { s.${mark}n = 1; };`,
    code: "type",
    message: "Cannot assign to 'n' because it is a read-only property. (TypeScript 2540)",
    tryThis: "Only an effect changes the state, through its first argument; guards and properties see it read-only.",
  },
];

const loops: readonly Case[] = [
  {
    what: "a loop over a map, by its type",
    spec: holds(`(s) => { for (const i of ${mark}s.marks) if (i === null) return false; return true; }`),
    code: "type",
    message:
      "Type 'ReadonlyFixedMap<Id<\"s\">, number>' must have a '[Symbol.iterator]()' method that returns an iterator. (TypeScript 2488)",
    tryThis: "Loop over a set, a sequence or a bag; over a map by its keys, map.keys(), or by entriesOf(map).",
  },
];

/** Specs that do nothing wrong, though they come close. */
const accepted: Readonly<Record<string, string>> = {
  "a search with a set and a helper of its own": holds(`(s, c) => {
    const met = new Set<C["Server"][number]>();
    const visit = (i: C["Server"][number]): void => {
      if (met.has(i)) return;
      met.add(i);
      for (const j of s.seen) visit(j);
    };
    for (const i of c.Server) visit(i);
    return met.size <= c.Server.length;
  }`),
  "a sum in a variable of its own": holds(
    "(s) => { let sum = 0; for (const e of s.log) sum += e.term; return sum < 9; }",
  ),
  "a sum that a callback adds to": holds(
    "(s, c) => { let sum = 0; c.Server.forEach((i) => { sum += s.marks.get(i); }); return sum < 99; }",
  ),
  "helpers that change the draft they are given": `function raise(s: D): void { s.n += 1; }\n${effect("(s) => raise(s)")}`,
  "a part of the draft under another name": effect(
    "(s) => { const { log } = s; log.push({ term: 1 }); for (const i of s.marks.keys()) s.marks.set(i, 0); }",
  ),
  "lists that are built when the file is loaded": `const names: string[] = [];\nfor (const name of ["a", "b"]) names.push(name);\n${holds("() => names.length === 2")}`,
  "ids compared, as keys and as elements": holds(
    "(s, c) => c.Server.every((i) => i !== s.turn || s.seen.has(i) || s.marks.get(i) > 0)",
  ),
  "positions in a tuple of one's own": holds(
    "(s, c) => c.Server.every((i) => { const pair = [i, s.turn] as const; return pair[0] === i; })",
  ),
  "the greatest of two numbers, and text made of it": holds(`(s, c) => "n" + Math.max(s.n, c.N) !== ""`),
  "a variable that a callback of an operator adds to": holds(
    "(s) => { let seen = 0; sum(s.log, (e) => { seen += 1; return e.term; }); return seen < 9; }",
  ),
  "a map of the draft that an operator changes": effect("(s) => setEach(s.marks, (i) => s.marks.get(i) + 1)"),
  "a distinguished one of ids that are not symmetric": holds(
    `(s, _c) => { const c = _c; const [root] = c.Node; return root === first(c.Node) && c.Node[0] === root && c.Node.indexOf(first(c.Node)) === 0 && choose(c.Node, () => true) === argmin(c.Node, () => s.n); }`,
  ),
  "a throw for what must not be": effect(`(s) => { if (s.n > 9) throw new RangeError("n is " + s.n); }`),
  "a generator without memory": `function* terms(s: S): Generator<number> { for (const e of s.log) yield e.term; }\n${holds("(s) => [...terms(s)].length === s.log.length")}`,
  "a variable named like a global": "const process = 1;\nexport const next = process + 1;",
};

interface Fixture {
  readonly file: string;
  readonly text: string;
}

describe("the analysis of a spec's sources", () => {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-purity-"));
  const cases = [
    ...outsideWorld,
    ...forms,
    ...identity,
    ...captures,
    ...scalarsets,
    ...typeErrors,
    ...loops,
    ...assignments,
  ];
  const fixture = (name: string, spec: string): Fixture => ({
    file: join(folder, `${name}.ts`),
    text: preamble + spec,
  });
  const refusedFiles = cases.map(({ spec }, number) => fixture(`refused-${number}`, spec));
  const acceptedFiles = Object.values(accepted).map((spec, number) => fixture(`accepted-${number}`, spec));
  let opened: SpecProgram;

  beforeAll(() => {
    const all = [...refusedFiles, ...acceptedFiles];
    for (const { file, text } of all) writeFileSync(file, text);
    opened = openProgram(all.map(({ file }) => file));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const problemsIn = (fixture: Fixture | undefined) => {
    const file = fixture?.file ?? "";
    return problemsOf(opened, sourceFiles(opened, [file]), specResolver());
  };

  it.each(cases.map((one, number) => ({ ...one, number })))("refuses $what", ({ number, code, message, tryThis }) => {
    const refused = refusedFiles[number];
    const before = refused?.text.slice(0, refused.text.indexOf(mark) + mark.length) ?? "";
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    const said = message.replace("FILE", `refused-${number}.ts`);
    expect(problemsIn(refused)).toEqual([{ code, file: refused?.file, line, column, message: said, tryThis }]);
  });

  it.each(Object.keys(accepted).map((what, number) => ({ what, number })))("accepts $what", ({ number }) => {
    expect(problemsIn(acceptedFiles[number])).toEqual([]);
  });
});

import { above, beside, constant, effect, guard, holds, params, right, specPart, top } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const purity: Chapter = {
  title: "What a spec may not do",
  says: "Found in the text of the spec before it runs: a guard, an effect and a property depend on their arguments alone, and ids have no order.",
  read: "together",
  entries: [
    {
      title: "A package is imported",
      change: [top('import { readFileSync } from "node:fs";\nexport const text = readFileSync("shop.txt", "utf8");')],
      instead: right(constant('shelves: count({ default: 2, says: "how many shelves the shop has" })')),
    },
    {
      title: "A package of another author is imported",
      change: [top('import { sum } from "sums";\nexport const two = sum(1, 1);')],
      instead: right(top("const sum = (one: number, other: number) => one + other;\nexport const two = sum(1, 1);")),
    },
    {
      title: "Another entry point of lockstep is imported",
      change: [top('import { check } from "lockstep/checker";\nexport const again = check;')],
    },
    {
      title: "A file is imported that is not there",
      change: [top('import { limit } from "./limit.ts";\nexport const most = limit;')],
      instead: beside(
        { "limits.ts": "export const limit = 2;\n" },
        top('import { limit } from "./limits.ts";\nexport const most = limit;'),
      ),
    },
    {
      title: "`import()`",
      change: [effect('import("./limits.ts");')],
      instead: beside(
        { "limits.ts": "export const limit = 2;\n" },
        top('import { limit } from "./limits.ts";'),
        effect("s.sold = limit;"),
      ),
    },
    {
      title: "`import ... = require(...)`",
      change: [top('import limits = require("./limits");\nexport const most = limits;')],
      instead: beside(
        { "limits.ts": "export const limit = 2;\n" },
        top('import { limit } from "./limits.ts";\nexport const most = limit;'),
      ),
    },
    {
      title: "`import.meta`",
      change: [top("export const here = import.meta;")],
      instead: right(constant('shelves: count({ default: 2, says: "how many shelves the shop has" })')),
    },
    {
      title: "Randomness",
      change: [guard("() => Math.random() < 0.5")],
      instead: right(params("(c) => ({ j: id(c.Jar), lucky: boolean() })"), guard("(s, { lucky }) => lucky")),
    },
    {
      title: "A function is taken out of `Math`",
      note: "The check finds Math.random by its name, so it must see each function of Math that is called.",
      change: [top("const { floor } = Math;"), guard("(s) => floor(s.sold / 2) > 1")],
      instead: right(guard("(s) => Math.floor(s.sold / 2) > 1")),
    },
    {
      title: "The clock",
      change: [guard("() => Date.now() > 0")],
      instead: right(
        above('const expire = shop.action("Expire", { says: "Time passes.", effect: (s) => s.open.clear() });'),
        ["  actions: [fill],", "  actions: [fill, expire],"],
      ),
    },
    {
      title: "A timer",
      change: [effect("setTimeout(() => undefined, 10);")],
      instead: right(
        above('const settle = shop.action("Settle", { says: "It happens later.", effect: (s) => s.open.clear() });'),
        ["  actions: [fill],", "  actions: [fill, settle],"],
      ),
    },
    {
      title: "The environment",
      change: [guard('() => process.env["DEEP"] === "1"')],
      instead: right(
        constant('deep: flag({ default: true, says: "whether the run is deep" })'),
        guard("(s, p, c) => c.deep"),
      ),
    },
    {
      title: "Printing",
      change: [effect("console.log(s.sold);")],
      instead: right(
        above(
          'const full = shop.reachable("Full", { says: "All jars are full.", goal: (s, c) => s.level.every((level) => level === c.max) });',
        ),
        ["  properties: [room],", "  properties: [room, full],"],
      ),
    },
    {
      title: "`globalThis`",
      change: [guard('() => "limit" in globalThis')],
      instead: right(
        constant('limit: count({ default: 2, says: "how many are sold" })'),
        guard("(s, p, c) => s.sold < c.limit"),
      ),
    },
    { title: "`eval`", change: [guard('() => eval("true") === true')], instead: right(guard("() => true")) },
    { title: "A promise", change: [effect("Promise.resolve(1);")], instead: right(effect("s.sold = 1;")) },
    {
      title: "States as text",
      change: [guard('(s) => JSON.stringify(s.till) !== "{}"')],
      instead: right(guard("(s) => s.till.coins === 0")),
    },
    {
      title: "A global that is not allowed",
      change: [guard("(s) => new WeakSet().has(s.till)")],
      instead: right(
        above("const isEmpty = (till: { readonly coins: number }) => till.coins === 0;"),
        guard("(s) => isEmpty(s.till)"),
      ),
    },
    {
      title: "The language of the machine",
      change: [guard('(s) => "a".localeCompare("b") < s.sold')],
      instead: right(guard("(s) => s.sold < 2")),
    },
    {
      title: "An `async` effect",
      change: [["effect: (s, { j }, c) => {", "effect: async (s, { j }, c) => {"]],
      instead: right(),
    },
    {
      title: "`await` at the top of the file",
      change: [top("export const later = await 1;")],
      instead: right(top("export const later = 1;")),
    },
    {
      title: "`try` and `catch`",
      change: [effect("try {\n      s.sold += 1;\n    } catch {\n      s.sold = 0;\n    }")],
      instead: right(guard("(s) => s.sold < 2"), effect("s.sold += 1;")),
    },
    {
      title: "A class",
      change: [top("export class Counter {\n  n = 0;\n}")],
      instead: right(["      sold: integer(0, 2),", "      sold: integer(0, 2),\n      n: integer(0, 2),"]),
    },
    {
      title: "`this`",
      change: [guard("function (this: { n: number }) {\n    return this.n > 0;\n  }")],
      instead: right(guard("(s) => s.sold > 0")),
    },
    {
      title: "An accessor",
      change: [top("export const box = {\n  get n() {\n    return 1;\n  },\n};")],
      instead: right(top("export const sizeOf = (jars: number) => jars + 1;")),
    },
    {
      title: "A `namespace`",
      change: [top("export namespace Limits {\n  export const most = 3;\n}")],
      instead: right(top("export const most = 3;")),
    },
    {
      title: "A prototype",
      change: [guard("() => Array.prototype.length === 0")],
      instead: right(guard("(s) => [...s.log].length === 0")),
    },
    {
      title: "A regular expression that remembers",
      change: [top("const digits = /\\d/g;"), guard('() => digits.test("1")')],
      instead: right(top("const digits = /\\d/;"), guard('() => digits.test("1")')),
    },
    {
      title: "`declare`",
      change: [top("declare const limit: number;"), guard("(s) => s.sold < limit")],
      instead: right(top("const limit = 2;"), guard("(s) => s.sold < limit")),
    },
    {
      title: "`any`",
      note: "Where the type is any, the check cannot see which values are ids.",
      change: [guard("(s) => (s as any).sold < 2")],
      instead: right(guard("(s) => s.sold < 2")),
    },
    { title: "A comment that hides type errors", change: [above("// @ts-expect-error: it works")] },
    {
      title: "A variable outside the spec's functions is assigned",
      change: [top("let calls = 0;"), guard("() => (calls += 1) > 0")],
      instead: right(guard("(s) => s.sold < 2"), effect("s.sold += 1;")),
    },
    {
      title: "A variable outside the spec's functions is read",
      note: "What is declared with let may change between two calls.",
      change: [top("let limit = 2;"), guard("(s) => s.sold < limit")],
      instead: right(top("const limit = 2;"), guard("(s) => s.sold < limit")),
    },
    {
      title: "An object outside the spec's functions is changed",
      change: [top("const seen: number[] = [];"), guard("(s) => seen.push(s.sold) > 0")],
      instead: right(guard("(s, { j }) => !s.open.has(j)"), effect("s.open.add(j);")),
    },
    {
      title: "An iterator outside the spec's functions",
      change: [top("const numbers = [1, 2, 3].values();"), guard("(s) => s.sold === numbers.next().value")],
      instead: right(top("const numbers = [1, 2, 3];"), guard("(s) => numbers.includes(s.sold)")),
    },
    {
      title: "A method that changes something is stored in a variable",
      change: [top("const seen: number[] = [];\nconst remember = seen.push;"), guard("(s) => remember(s.sold) > 0")],
      instead: right(
        guard("(s) => {\n    const seen: number[] = [];\n    seen.push(s.sold);\n    return seen.length > 0;\n  }"),
      ),
    },
    {
      title: "The state itself is assigned in an effect",
      change: [effect("s = { ...s };")],
      instead: right(effect("s.sold = 1;")),
    },
    {
      title: "An effect changes its parameters",
      change: [["effect: (s, { j }, c) => {", "effect: (s, p) => {"], effect("Object.assign(p, { j: null });")],
      instead: right(["effect: (s, { j }, c) => {", "effect: (s, p) => {"], effect("s.open.remove(p.j);")),
    },
    {
      title: "A helper changes what a guard gives it",
      change: [
        above("const fresh = <S extends { sold: number }>(s: S) => Object.assign(s, { sold: 1 }).sold === 1;"),
        guard("(s) => fresh(s)"),
      ],
      instead: right(above("const fresh = (s: { readonly sold: number }) => s.sold === 1;"), guard("(s) => fresh(s)")),
    },
    {
      title: "Records are compared as objects",
      note: "Two records with equal contents may be two objects.",
      change: [guard("(s, { j }, c) => c.Jar.some((one) => s.label.get(one) === s.label.get(j))")],
      instead: right(guard("(s, { j }, c) => c.Jar.some((one) => equal(s.label.get(one), s.label.get(j)))")),
    },
    {
      title: "Objects are looked for in an array",
      change: [guard("(s) => s.log.length > 0 && [...s.log].includes(s.log.first)")],
      instead: right(guard("(s) => s.log.length > 0 && s.log.has(s.log.first)")),
    },
    {
      title: "A set with objects as keys",
      change: [guard("(s) => new Set([...s.log]).size > 1")],
      instead: right(guard("(s) => setOf(...s.log).size > 1")),
    },
    {
      title: "The fields of a collection are asked for",
      change: [guard("(s) => Object.keys(s.log).length > 0")],
      instead: right(guard("(s) => [...s.log].length > 0")),
    },
    {
      title: "Ids are ordered",
      note: "An id is a name. With symmetry, states that differ by a renaming of ids are explored once, so an order of ids would give a wrong verdict.",
      change: [holds("(s, c) => c.Jar.every((one) => c.Jar.every((other) => one < other))")],
      instead: right(
        [
          "level: map(id(c.Jar), integer(0, c.max)),",
          "level: map(id(c.Jar), integer(0, c.max)),\n      rank: map(id(c.Jar), integer(0, 9)),",
        ],
        holds("(s, c) => c.Jar.every((one) => c.Jar.every((other) => s.rank.get(one) <= s.rank.get(other)))"),
      ),
    },
    {
      title: "An id is computed with",
      change: [guard("(s, { j }) => +j > 1")],
      instead: right(guard("(s, { j }) => s.level.get(j) > 1")),
    },
    {
      title: "An id is compared with a number",
      change: [guard("(s, { j }) => j === 1")],
      instead: right(params("(c) => ({ j: id(c.Jar), other: id(c.Jar) })"), guard("(s, { j, other }) => j === other")),
    },
    {
      title: "An id becomes text",
      change: [guard('(s, { j }) => j + "" !== ""')],
      instead: right(guard("(s, { j }) => s.open.has(j)")),
    },
    {
      title: "A record becomes text",
      change: [guard(`(s) => \`\${s.till}\` !== ""`)],
      instead: right(guard(`(s) => \`\${s.till.coins}\` !== ""`)),
    },
    {
      title: "The first id of a symmetric set is picked",
      note: "With symmetry, states that differ by a renaming of ids are explored once, so no id may be special.",
      change: [guard("(s, { j }, c) => j === c.Jar[0]"), specPart('symmetry: ["Jar"]')],
      instead: right(
        guard("(s, { j }, c) => c.Jar.some((one) => one !== j && s.open.has(one))"),
        specPart('symmetry: ["Jar"]'),
      ),
    },
    {
      title: "Ids of a symmetric set are picked by a pattern",
      change: [
        guard("(s, { j }, c) => {\n    const [one] = c.Jar;\n    return j === one;\n  }"),
        specPart('symmetry: ["Jar"]'),
      ],
      instead: right(
        guard("(s, { j }, c) => c.Jar.some((one) => one !== j && s.open.has(one))"),
        specPart('symmetry: ["Jar"]'),
      ),
    },
    {
      title: "The position of an id",
      change: [holds("(s, c) => c.Jar.every((one, position) => position < s.sold)"), specPart('symmetry: ["Jar"]')],
      instead: right(holds("(s, c) => c.Jar.every((one) => s.level.get(one) <= c.max)"), specPart('symmetry: ["Jar"]')),
    },
    {
      title: "An id is cast to a number",
      change: [guard("(s, { j }) => (j as unknown as number) > 1")],
      instead: right(guard("(s, { j }) => s.level.get(j) > 1")),
    },
    {
      title: "An id is made",
      change: [top('import { idOf } from "lockstep";'), guard('(s, { j }) => j === idOf<"j">(1)')],
      instead: right(guard("(s, { j }, c) => j === c.Jar[0]")),
    },
    {
      title: "An id is hidden behind a type",
      change: [guard("(s, { j }) => {\n    const hidden: unknown = j;\n    return hidden !== null;\n  }")],
      instead: right(guard('(s, { j }) => {\n    const known: Id<"j"> | null = j;\n    return known !== null;\n  }')),
    },
    {
      title: "The representation of an id",
      change: [guard('(s, { j }) => typeof j === "number"')],
      instead: right(guard("(s, { j }) => s.last !== null && j === s.last.jar")),
    },
    {
      title: "A field of an id",
      change: [guard('(s, { j }) => j.toString() !== ""')],
      instead: right(guard("(s, { j }) => s.level.get(j) > 1")),
    },
    {
      title: "An id is passed to a function that takes any value",
      change: [above("const present = (value: unknown) => value !== null;"), guard("(s, { j }) => present(j)")],
      instead: right(
        above('const present = (value: Id<"j"> | null) => value !== null;'),
        guard("(s, { j }) => present(j)"),
      ),
    },
  ],
};

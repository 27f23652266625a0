import { above, effect, guard, holds, params, specPart, top } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const purity: Chapter = {
  title: "What a spec may not do",
  says: "Found in the text of the spec before it runs: a guard, an effect and a property depend on their arguments alone, and ids have no order.",
  read: "together",
  entries: [
    {
      title: "A package is imported",
      change: [top('import { readFileSync } from "node:fs";\nexport const text = readFileSync("shop.txt", "utf8");')],
    },
    {
      title: "A package of another author is imported",
      change: [top('import { sum } from "sums";\nexport const two = sum(1, 1);')],
    },
    {
      title: "Another entry point of lockstep is imported",
      change: [top('import { check } from "lockstep/checker";\nexport const again = check;')],
    },
    {
      title: "A file is imported that is not there",
      change: [top('import { limit } from "./limits.ts";\nexport const most = limit;')],
    },
    { title: "A file is imported while the spec runs", change: [effect('import("./limits.ts");')] },
    {
      title: "A file is imported in the way of old modules",
      change: [top('import limits = require("./limits");\nexport const most = limits;')],
    },
    { title: "The place of the file is asked for", change: [top("export const here = import.meta;")] },
    { title: "Randomness", change: [guard("() => Math.random() < 0.5")] },
    { title: "Math is handed on", change: [top("const { floor } = Math;"), guard("(s) => floor(s.sold / 2) > 1")] },
    { title: "The clock", change: [guard("() => Date.now() > 0")] },
    { title: "A timer", change: [effect("setTimeout(() => undefined, 10);")] },
    { title: "The environment", change: [guard('() => process.env["DEEP"] === "1"')] },
    { title: "Printing", change: [effect("console.log(s.sold);")] },
    { title: "Every global", change: [guard('() => "limit" in globalThis')] },
    { title: "Code made of text", change: [guard('() => eval("true") === true')] },
    { title: "A promise", change: [effect("Promise.resolve(1);")] },
    { title: "States as text", change: [guard('(s) => JSON.stringify(s.till) !== "{}"')] },
    { title: "A global that is not allowed", change: [guard("(s) => new WeakSet().has(s.till)")] },
    { title: "The language of the machine", change: [guard('(s) => "a".localeCompare("b") < s.sold')] },
    { title: "An effect that waits", change: [["effect: (s, { j }) => {", "effect: async (s, { j }) => {"]] },
    { title: "Waiting at the top", change: [top("export const later = await 1;")] },
    {
      title: "An error is caught",
      change: [effect("try {\n      s.sold += 1;\n    } catch {\n      s.sold = 0;\n    }")],
    },
    { title: "A class", change: [top("export class Counter {\n  n = 0;\n}")] },
    { title: "this", change: [guard("function (this: { n: number }) {\n    return this.n > 0;\n  }")] },
    { title: "An accessor", change: [top("export const box = {\n  get n() {\n    return 1;\n  },\n};")] },
    { title: "A namespace", change: [top("export namespace Limits {\n  export const most = 3;\n}")] },
    { title: "A prototype", change: [guard("() => Array.prototype.length === 0")] },
    {
      title: "A regular expression that remembers",
      change: [top("const digits = /\\d/g;"), guard('() => digits.test("1")')],
    },
    {
      title: "A value that is only declared",
      change: [top("declare const limit: number;"), guard("(s) => s.sold < limit")],
    },
    { title: "any", change: [guard("(s) => (s as any).sold < 2")] },
    { title: "A comment that hides type errors", change: [above("// @ts-expect-error: it works")] },
    {
      title: "A variable outside the spec's functions is assigned",
      change: [top("let calls = 0;"), guard("() => (calls += 1) > 0")],
    },
    {
      title: "A variable outside the spec's functions is read",
      change: [top("let limit = 2;"), guard("(s) => s.sold < limit")],
    },
    {
      title: "An object outside the spec's functions is changed",
      change: [top("const seen: number[] = [];"), guard("(s) => seen.push(s.sold) > 0")],
    },
    {
      title: "An iterator outside the spec's functions",
      change: [top("const numbers = [1, 2, 3].values();"), guard("(s) => s.sold === numbers.next().value")],
    },
    {
      title: "A method that changes is handed on",
      change: [top("const seen: number[] = [];\nconst remember = seen.push;"), guard("(s) => remember(s.sold) > 0")],
    },
    { title: "The state itself is assigned in an effect", change: [effect("s = { ...s };")] },
    {
      title: "An effect changes its parameters",
      change: [
        params("(c) => ({ j: id(c.Jar), all: set(integer(0, 1)) })"),
        ["effect: (s, { j }) => {", "effect: (s, p) => {"],
        effect("Object.assign(p, { j: null });"),
      ],
    },
    {
      title: "A helper changes what a guard gives it",
      change: [
        above("const fresh = <S extends { sold: number }>(s: S) => Object.assign(s, { sold: 1 }).sold === 1;"),
        guard("(s) => fresh(s)"),
      ],
    },
    { title: "Records are compared as objects", change: [guard("(s, { j }) => s.label.get(j) === s.till")] },
    { title: "Objects are looked for in an array", change: [guard("(s) => [...s.log].includes(s.log.first)")] },
    { title: "A set with objects as keys", change: [guard("(s) => new Set([...s.log]).size > 1")] },
    {
      title: "The fields of a collection are asked for",
      change: [guard("(s) => Object.keys(s.log).length > 0")],
    },
    {
      title: "Ids are ordered",
      change: [holds("(s, c) => c.Jar.every((one) => c.Jar.every((other) => one < other))")],
    },
    { title: "An id is computed with", change: [guard("(s, { j }) => +j > 1")] },
    { title: "An id is compared with a number", change: [guard("(s, { j }) => j === 1")] },
    { title: "An id becomes text", change: [guard('(s, { j }) => j + "" !== ""')] },
    { title: "A record becomes text", change: [guard('(s) => String(s.till) + s.till !== ""')] },
    {
      title: "The first id of a symmetric set is picked",
      change: [guard("(s, { j }, c) => j === c.Jar[0]"), specPart('symmetry: ["Jar"]')],
    },
    {
      title: "Ids of a symmetric set are picked by a pattern",
      change: [
        guard("(s, { j }, c) => {\n    const [one] = c.Jar;\n    return j === one;\n  }"),
        specPart('symmetry: ["Jar"]'),
      ],
    },
    {
      title: "The position of an id",
      change: [holds("(s, c) => c.Jar.every((one, position) => position < s.sold)"), specPart('symmetry: ["Jar"]')],
    },
    { title: "An id is cast to a number", change: [guard("(s, { j }) => (j as unknown as number) > 1")] },
    {
      title: "An id is made",
      change: [top('import { idOf } from "lockstep";'), guard('(s, { j }) => j === idOf<"j">(1)')],
    },
    {
      title: "An id is hidden behind a type",
      change: [guard("(s, { j }) => {\n    const hidden: unknown = j;\n    return hidden !== null;\n  }")],
    },
    { title: "The representation of an id", change: [guard('(s, { j }) => typeof j === "number"')] },
    { title: "A field of an id", change: [guard('(s, { j }) => j.toString() !== ""')] },
    {
      title: "An id is handed to what takes any value",
      change: [above("const present = (value: unknown) => value !== null;"), guard("(s, { j }) => present(j)")],
    },
  ],
};

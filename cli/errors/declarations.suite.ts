import { above, below, constant, holds, params, right, sold, top } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const declarations: Chapter = {
  title: "Declarations",
  says: "Refused when the file is loaded, or when the model is built from its constants: nothing is explored.",
  entries: [
    { title: "A range without values", change: [sold("integer(5, 1)")], instead: right() },
    { title: "A range with a fraction", change: [sold("integer(0, 2.5)")], instead: right() },
    { title: "A range of more than 2^32 values", change: [sold("integer(0, 5_000_000_000)")], instead: right() },
    {
      title: "A range that the constants make empty",
      note: "The constant max is 2.",
      change: [sold("integer(c.max, 1)")],
      instead: right(sold("integer(1, c.max)")),
    },
    { title: "An enum without names", change: [sold("oneOf()")], instead: right(sold('oneOf("idle", "busy")')) },
    {
      title: "An enum with a name twice",
      change: [sold('oneOf("lo", "mid", "lo")')],
      instead: right(sold('oneOf("lo", "mid", "hi")')),
    },
    {
      title: "An option of an option",
      note: "null would be both the absence of the option and the absence of the option in it.",
      change: [sold("option(option(integer(0, 2)))")],
      instead: right(sold("union({ Unknown: {}, Absent: {}, Known: { count: integer(0, 2) } })")),
    },
    {
      title: "A sequence of a negative length",
      change: [sold("sequence(integer(0, 2), -1)")],
      instead: right(sold("sequence(integer(0, 2), 3)")),
    },
    {
      title: "A bag without copies",
      change: [sold("bag(integer(0, 2), { copies: 0 })")],
      instead: right(sold("bag(integer(0, 2))")),
    },
    {
      title: "A union without kinds",
      change: [sold("union({})")],
      instead: right(sold("union({ Ping: { from: id(c.Jar) }, Pong: {} })")),
    },
    {
      title: "A kind of a union with a field named kind",
      change: [sold("union({ Paid: { kind: integer(0, 2) } })")],
      instead: right(sold("union({ Paid: { coins: integer(0, 2) } })")),
    },
    {
      title: "A field named __proto__",
      change: [sold("record({ __proto__: integer(0, 2) })")],
      instead: right(sold('record({ ["__proto__"]: integer(0, 2) })')),
    },
    {
      title: "A kind of a union named __proto__",
      change: [sold("union({ __proto__: { price: integer(0, 2) } })")],
      instead: right(sold('union({ ["__proto__"]: { price: integer(0, 2) } })')),
    },
    {
      title: "A field of a kind named __proto__",
      change: [sold("union({ Paid: { __proto__: integer(0, 2) } })")],
      instead: right(sold('union({ Paid: { ["__proto__"]: integer(0, 2) } })')),
    },
    {
      title: "A constant named __proto__",
      change: [constant('__proto__: count({ default: 1, says: "a number" })')],
      instead: right(constant('["__proto__"]: count({ default: 1, says: "a number" })')),
    },
    {
      title: "A constant named rules",
      change: [constant('rules: count({ default: 1, says: "a number" })')],
      instead: right(constant('ruleCount: count({ default: 1, says: "a number" })')),
    },
    {
      title: "An id set that may be empty",
      change: [constant('Shelf: ids("shelf", { default: 2, min: 0, says: "the shelves" })')],
      instead: right(
        constant('shelves: count({ default: 0, max: 2, says: "how many jars are on shelves" })'),
        holds("(s, c) => c.Jar.slice(0, c.shelves).every((j) => s.level.get(j) <= c.max)"),
      ),
    },
    {
      title: "More ids than the constant allows",
      change: [constant('Shelf: ids("shelf", { default: 20, says: "the shelves" })')],
      instead: right(constant('Shelf: ids("shelf", { default: 20, max: 20, says: "the shelves" })')),
    },
    {
      title: "A default outside the range of a constant",
      change: [constant('price: count({ default: 7, max: 5, says: "a price" })')],
      instead: right(constant('price: count({ default: 5, max: 5, says: "a price" })')),
    },
    {
      title: "An id set that may be too large",
      change: [constant('Shelf: ids("shelf", { default: 2, max: 100_000, says: "the shelves" })')],
      instead: right(constant('Shelf: ids("shelf", { default: 2, max: 65_536, says: "the shelves" })')),
    },
    {
      title: "An initial value out of its range",
      change: [sold("initially(integer(0, 2), 3)")],
      instead: right(sold("initially(integer(0, 2), 2)")),
    },
    {
      title: "A map whose keys are a part that is switched off",
      note: "The constant lids is false.",
      change: [sold("map(part(c.lids, boolean()), integer(0, 2))")],
      instead: right(sold("part(c.lids, map(boolean(), integer(0, 2)))")),
    },
    {
      title: "A state of too many values",
      change: [sold("sequence(integer(0, 2), 2_000_000)")],
      instead: right(sold("sequence(integer(0, 2), 20)")),
    },
    {
      title: "A map whose keys are sets with too many elements",
      change: [sold("map(set(integer(1, 30)), boolean())")],
      instead: right(sold("map(set(integer(1, 3)), boolean())")),
    },
    {
      title: "A parameter over sets with too many elements",
      change: [params("(c) => ({ j: id(c.Jar), subset: set(integer(1, 30)) })")],
      instead: right(params("(c) => ({ j: id(c.Jar), subset: set(integer(1, 3)) })")),
    },
    {
      title: "A parameter over a part that is switched off",
      note: "The constant lids is false.",
      change: [params("(c) => ({ j: id(c.Jar), lid: part(c.lids, integer(0, 2)) })")],
      instead: right([
        "params: (c) => ({ j: id(c.Jar) })",
        "part: (c) => c.lids,\n  params: (c) => ({ j: id(c.Jar), lid: part(c.lids, integer(0, 2)) })",
      ]),
    },
    {
      title: "An action that is listed twice",
      change: [["  actions: [fill],", "  actions: [fill, fill],"]],
      instead: right(),
    },
    {
      title: "Two actions of one name",
      change: [
        ["  actions: [fill],", "  actions: [fill, other],"],
        above('const other = shop.action("Fill", { says: "Another one.", effect: () => undefined });'),
      ],
      instead: right(
        ["  actions: [fill],", "  actions: [fill, other],"],
        above('const other = shop.action("Other", { says: "Another one.", effect: () => undefined });'),
      ),
    },
    {
      title: "A rule that the spec does not have",
      change: [below("export const broken = withRules(shopSpec, { rooom: () => true });")],
      instead: right(below("export const broken = withRules(shopSpec, { room: () => true });")),
    },
    {
      title: "A state that throws",
      change: [
        sold("table[c.max] ?? missing()"),
        top(
          'const table = [integer(0, 1)];\nconst missing = () => {\n  throw new Error("no entry for this maximum");\n};',
        ),
      ],
      instead: right(sold("table[c.max] ?? integer(0, 2)"), top("const table = [integer(0, 1)];")),
    },
    {
      title: "The range of a parameter is empty",
      change: [params("(c) => ({ j: id(c.Jar), by: integer(1, c.max - 2) })")],
      instead: right(params("(c) => ({ j: id(c.Jar), by: integer(1, c.max) })")),
    },
    {
      title: "A declaration that throws when the file is loaded",
      change: [above('if (shop.found !== undefined) throw new Error("not finished");')],
    },
  ],
};

import { above, below, constant, params, sold, top } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const declarations: Chapter = {
  title: "Declarations",
  says: "Refused when the file is loaded, or when the model is built from its constants: nothing is explored.",
  entries: [
    { title: "A range without values", change: [sold("integer(5, 1)")] },
    { title: "A range with a fraction", change: [sold("integer(0, 2.5)")] },
    { title: "A range of more than 2^32 values", change: [sold("integer(0, 5_000_000_000)")] },
    { title: "A range that the constants make empty", change: [sold("integer(c.max, 1)")] },
    { title: "An enum without names", change: [sold("oneOf()")] },
    { title: "An enum with a name twice", change: [sold('oneOf("lo", "mid", "lo")')] },
    { title: "An option of an option", change: [sold("option(option(integer(0, 2)))")] },
    { title: "A sequence of a negative length", change: [sold("sequence(integer(0, 2), -1)")] },
    { title: "A bag without copies", change: [sold("bag(integer(0, 2), { copies: 0 })")] },
    { title: "A union without cases", change: [sold("union({})")] },
    { title: "A case of a union with a field named kind", change: [sold("union({ Paid: { kind: integer(0, 2) } })")] },
    { title: "A field named __proto__", change: [sold("record({ __proto__: integer(0, 2) })")] },
    { title: "A case of a union named __proto__", change: [sold("union({ __proto__: { price: integer(0, 2) } })")] },
    {
      title: "A field of a case named __proto__",
      change: [sold("union({ Paid: { __proto__: integer(0, 2) } })")],
    },
    { title: "A constant named __proto__", change: [constant('__proto__: count({ default: 1, says: "a number" })')] },
    { title: "A constant named rules", change: [constant('rules: count({ default: 1, says: "a number" })')] },
    {
      title: "An id set that may be empty",
      change: [constant('Shelf: ids("shelf", { default: 2, min: 0, says: "the shelves" })')],
    },
    {
      title: "More ids than the constant allows",
      change: [constant('Shelf: ids("shelf", { default: 20, says: "the shelves" })')],
    },
    {
      title: "A default outside the range of a constant",
      change: [constant('price: count({ default: 7, max: 5, says: "a price" })')],
    },
    {
      title: "An id set that may be too large",
      change: [constant('Shelf: ids("shelf", { default: 2, max: 100_000, says: "the shelves" })')],
    },
    { title: "An initial value out of its range", change: [sold("initially(integer(0, 2), 3)")] },
    {
      title: "A map whose keys are a part that is switched off",
      change: [sold("map(part(c.lids, boolean()), integer(0, 2))")],
    },
    { title: "A state of too many places", change: [sold("sequence(integer(0, 2), 2_000_000)")] },
    {
      title: "A map whose keys are sets with too many elements",
      change: [sold("map(set(integer(1, 30)), boolean())")],
    },
    {
      title: "A parameter over sets with too many elements",
      change: [params("(c) => ({ j: id(c.Jar), some: set(integer(1, 30)) })")],
    },
    {
      title: "A parameter over a part that is switched off",
      change: [params("(c) => ({ j: id(c.Jar), lid: part(c.lids, integer(0, 2)) })")],
    },
    { title: "An action that is listed twice", change: [["  actions: [fill],", "  actions: [fill, fill],"]] },
    {
      title: "Two actions of one name",
      change: [
        ["  actions: [fill],", "  actions: [fill, other],"],
        above('const other = shop.action("Fill", { says: "Another one.", effect: () => undefined });'),
      ],
    },
    {
      title: "A rule that the spec does not have",
      change: [below("export const broken = withRules(shopSpec, { rooom: () => true });")],
    },
    {
      title: "A state that throws",
      change: [
        sold("table[c.max] ?? missing()"),
        top(
          'const table = [integer(0, 1)];\nconst missing = () => {\n  throw new Error("no entry for this maximum");\n};',
        ),
      ],
    },
    {
      title: "The range of a parameter is empty",
      change: [params("(c) => ({ j: id(c.Jar), by: integer(1, c.max - 2) })")],
    },
    {
      title: "A declaration that throws when the file is loaded",
      change: [above('if (shop.found !== undefined) throw new Error("not finished");')],
    },
  ],
};

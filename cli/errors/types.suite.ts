import { above, below, effect, guard, holds, params, sold, specPart } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const types: Chapter = {
  title: "Types",
  says: "Found by the compiler of TypeScript, in the file of the spec and in what it imports: nothing is loaded.",
  read: "together",
  entries: [
    { title: "A value of another type", change: [effect('s.sold = "two";')] },
    { title: "A field that is not declared", change: [guard("(s) => s.solt < 2")] },
    { title: "A name that nothing declares", change: [guard("(s) => s.sold < limit")] },
    {
      title: "A cast between types that have nothing in common",
      change: [guard('(s) => (s.sold as string) === "two"')],
    },
    { title: "A set of the state is assigned", change: [effect("s.open = setOf(j);")] },
    { title: "A sequence of the state is assigned", change: [effect("s.log = seq({ jar: j });")] },
    { title: "A bag of the state is assigned", change: [effect("s.mail = s.mail;")] },
    { title: "A map of the state is assigned", change: [effect("s.level = s.level;")] },
    { title: "A record of the state is assigned", change: [effect("s.till = { coins: 1 };")] },
    { title: "What get returns is assigned", change: [effect("s.level.get(j) = 1;")] },
    {
      title: "A field of what an option holds is assigned",
      change: [effect("if (s.last !== null) s.last.price = 1;")],
    },
    { title: "A field of an element is assigned", change: [effect("for (const item of s.log) item.jar = j;")] },
    { title: "A guard assigns a field", change: [guard("(s) => (s.sold = 1) === 1")] },
    {
      title: "A guard changes a collection",
      change: [guard("(s, { j }) => {\n    s.open.add(j);\n    return true;\n  }")],
    },
    { title: "A property assigns a field", change: [holds("(s) => {\n    s.till.coins = 0;\n    return true;\n  }")] },
    { title: "Symmetry over what is no id set", change: [specPart('symmetry: ["max"]')] },
    {
      title: "A parameter of a domain without its type",
      change: [params("(c) => ({ j: id(c.Jar), again: shop.found((s, { j }) => [j]) })")],
    },
    {
      title: "A parameter that is not declared",
      change: [["params: (c) => ({ j: id(c.Jar) })", "part: (c) => c.lids"]],
    },
    { title: "A method that a collection does not have", change: [effect("s.open.push(j);")] },
    { title: "A value where a schema is due", change: [sold("2")] },
    {
      title: "A property of another protocol",
      change: [
        above('const other = protocol("Other", { constants: {}, state: () => record({ n: integer(0, 1) }) });'),
        guard("(s) => other.n > 0"),
      ],
    },
    {
      title: "A rule is replaced by another kind of function",
      change: [below("export const broken = withRules(shopSpec, { room: true });")],
    },
  ],
};

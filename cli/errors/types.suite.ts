import { above, below, effect, guard, holds, params, right, sold, specPart, top } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const types: Chapter = {
  title: "Types",
  says: "Found by the compiler of TypeScript, in the file of the spec and in what it imports: nothing is loaded.",
  read: "together",
  entries: [
    { title: "A value of another type", change: [effect('s.sold = "two";')], instead: right(effect("s.sold = 2;")) },
    {
      title: "A field that is not declared",
      change: [guard("(s) => s.solt < 2")],
      instead: right(guard("(s) => s.sold < 2")),
    },
    {
      title: "A name that nothing declares",
      change: [guard("(s) => s.sold < limit")],
      instead: right(top("const limit = 2;"), guard("(s) => s.sold < limit")),
    },
    {
      title: "A cast between types that have nothing in common",
      change: [guard('(s) => (s.sold as string) === "two"')],
      instead: right(guard("(s) => s.sold === 2")),
    },
    {
      title: "A set of the state is assigned",
      note: "A collection of the state is a place: an effect changes it where it is.",
      change: [effect("s.open = setOf(j);")],
      instead: right(effect("s.open.assign([j]);")),
    },
    {
      title: "A sequence of the state is assigned",
      change: [effect("s.log = seq({ jar: j });")],
      instead: right(effect("s.log.assign([{ jar: j }]);")),
    },
    {
      title: "A bag of the state is assigned",
      change: [effect("s.mail = bagOf(1);")],
      instead: right(effect("s.mail.clear();\n    s.mail.add(1);")),
    },
    {
      title: "A map of the state is assigned",
      change: [effect("s.level = mapOf(c.Jar, () => 1);")],
      instead: right(effect("s.level.fill(1);")),
    },
    {
      title: "A record of the state is assigned",
      change: [effect("s.till = { coins: 1 };")],
      instead: right(effect("s.till.coins = 1;")),
    },
    {
      title: "What get returns is assigned",
      change: [effect("s.level.get(j) = 1;")],
      instead: right(effect("s.level.set(j, 1);")),
    },
    {
      title: "A field of the value of an option is assigned",
      change: [effect("if (s.last !== null) s.last.price = 1;")],
      instead: right(effect("if (s.last !== null) s.last = { ...s.last, price: 1 };")),
    },
    {
      title: "A field of an element is assigned",
      note: "An element is a value, which other collections may hold too.",
      change: [effect("for (const item of s.log) item.jar = j;")],
      instead: right(effect("for (const i of range(1, s.log.length)) s.log.set(i, { ...s.log.get(i), jar: j });")),
    },
    {
      title: "A guard assigns a field",
      change: [guard("(s) => (s.sold = 1) === 1")],
      instead: right(guard("(s) => s.sold === 1")),
    },
    {
      title: "A guard changes a collection",
      change: [guard("(s, { j }) => {\n    s.open.add(j);\n    return true;\n  }")],
      instead: right(guard("(s, { j }) => !s.open.has(j)"), effect("s.open.add(j);")),
    },
    {
      title: "A property assigns a field",
      change: [holds("(s) => {\n    s.till.coins = 0;\n    return true;\n  }")],
      instead: right(holds("(s) => s.till.coins === 0")),
    },
    {
      title: "Symmetry over what is no id set",
      change: [specPart('symmetry: ["max"]')],
      instead: right(specPart('symmetry: ["Jar"]')),
    },
    {
      title: "A parameter of a domain without its type",
      note: "TypeScript does not know the types of the other parameters while it reads params.",
      change: [params("(c) => ({ j: id(c.Jar), again: shop.found((s, { j }) => [j]) })")],
      instead: right(params('(c) => ({ j: id(c.Jar), again: shop.found((s, { j }: { j: Id<"j"> }) => [j]) })')),
    },
    {
      title: "A parameter that is declared below",
      note: "params is written below guard and effect, so TypeScript does not know the parameters there.",
      change: [
        ["  params: (c) => ({ j: id(c.Jar) }),\n", ""],
        [
          "    s.level.set(j, c.max);\n  },\n",
          "    s.level.set(j, c.max);\n  },\n  params: (c) => ({ j: id(c.Jar) }),\n",
        ],
      ],
      instead: right(),
    },
    {
      title: "A method that a collection does not have",
      change: [effect("s.open.push(j);")],
      instead: right(effect("s.open.add(j);")),
    },
    { title: "A value where a schema is due", change: [sold("2")], instead: right() },
    {
      title: "A field is read from a protocol",
      change: [
        above('const other = protocol("Other", { constants: {}, state: () => record({ n: integer(0, 1) }) });'),
        guard("(s) => other.n > 0"),
      ],
      instead: right(guard("(s) => s.sold > 0")),
    },
    {
      title: "A rule is replaced by what is not a function",
      change: [below("export const broken = withRules(shopSpec, { room: true });")],
      instead: right(below("export const broken = withRules(shopSpec, { room: () => true });")),
    },
  ],
};

import { above, effect, guard, holds, params, sold, specPart } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const running: Chapter = {
  title: "While the spec runs",
  says: "Reported with the behaviour that leads there, which is left out here.",
  entries: [
    { title: "A field of the state leaves its range", change: [effect("s.sold += 3;")] },
    { title: "A value of a map leaves its range", change: [effect("s.level.set(j, 3);")] },
    { title: "A field of a record in a map leaves its range", change: [effect("s.label.get(j).price += 4;")] },
    { title: "Every value of a map leaves its range", change: [effect("s.level.fill(3);")] },
    { title: "NaN", change: [effect("s.sold = Number.NaN;")] },
    { title: "A fraction", change: [effect("s.sold = 1 / 2;")] },
    { title: "An element out of its range", change: [effect("s.mail.add(7);")] },
    { title: "A field of an element is out of its range", change: [effect("s.last = { jar: j, price: 7 };")] },
    { title: "A sequence grows too long", change: [effect("s.log.assign([{ jar: j }, { jar: j }, { jar: j }]);")] },
    { title: "A bag has too many copies of an element", change: [effect("s.mail.add(1);\n    s.mail.add(1);")] },
    { title: "An element of a sequence that is not there", change: [guard("(s, { j }) => s.log.get(3).jar === j")] },
    { title: "The first element of an empty sequence", change: [guard("(s, { j }) => s.log.first.jar === j")] },
    { title: "A piece of a sequence that reaches outside", change: [guard("(s) => s.log.sub(1, 3).length > 0")] },
    { title: "A sequence is cut to more than it has", change: [effect("s.log.truncate(2);")] },
    { title: "An element is removed that the bag does not have", change: [effect("s.mail.remove(2);")] },
    {
      title: "A key outside the domain of a map",
      change: [sold("map(integer(1, 2), integer(0, 2))"), effect("s.sold.set(3, 1);")],
    },
    { title: "The first element of an empty collection", change: [effect("s.sold = first(s.mail);")] },
    { title: "choose finds no element", change: [effect("s.sold = choose(s.mail, (n) => n > 1);")] },
    {
      title: "chooseUnique finds several elements",
      change: [effect("s.mail.add(1);\n    s.mail.add(2);\n    s.sold = chooseUnique(s.mail, (n) => n > 0);")],
    },
    { title: "The least of an empty collection", change: [effect("s.sold = min(s.mail);")] },
    { title: "A key that a map literal does not have", change: [effect("s.sold = mapOf([1, 2], () => 1).get(3);")] },
    {
      title: "A map literal with other keys than the schema",
      change: [sold("option(map(id(c.Jar), boolean()))"), effect("s.sold = mapOf([j], () => true);")],
    },
    {
      title: "A range that ends at a fraction",
      change: [effect("s.sold = [...range(0, s.till.coins + 0.5)].length;")],
    },
    { title: "A range that is too long", change: [effect("s.sold = [...range(1, 10_000_000)].length;")] },
    { title: "Too many subsets", change: [effect("s.sold = [...subsets(range(1, 30))].length;")] },
    { title: "Too many orders", change: [effect("s.sold = [...permutations(range(1, 12))].length;")] },
    {
      title: "A parameter that depends on a later one",
      change: [params('(c) => ({ by: shop.found((s, { j }: { j: Id<"j"> }) => [j]), j: id(c.Jar) })')],
    },
    { title: "A text that does not fit into the memory", change: [effect('s.sold = "x".repeat(2 ** 30).length;')] },
    { title: "A part that is switched off is read", change: [guard("(s, { j }) => s.lid.get(j)")] },
    {
      title: "A place that was replaced is changed",
      change: [effect("const old = s.label.get(j);\n    s.label.set(j, { price: 1 });\n    old.price = 2;")],
    },
    {
      title: "A collection in a place that was replaced is changed",
      change: [
        sold("map(id(c.Jar), set(integer(0, 2)))"),
        effect("const old = s.sold.get(j);\n    s.sold.set(j, setOf(1));\n    old.add(2);"),
      ],
    },
    {
      title: "A value is changed",
      change: [
        effect(
          "const item: { price: number } = s.last ?? { price: 0 };\n    s.last = { jar: j, price: 1 };\n    const next: { price: number } = s.last;\n    next.price = item.price;",
        ),
      ],
    },
    {
      title: "A field is added to a value",
      change: [
        effect(
          "s.last = { jar: j, price: 1 };\n    const item: { price: number; note?: number } = s.last;\n    item.note = 1;",
        ),
      ],
    },
    {
      title: "A field is deleted from a value",
      change: [
        effect("s.last = { jar: j, price: 1 };\n    const item: { price?: number } = s.last;\n    delete item.price;"),
      ],
    },
    { title: "A field of undefined is read", change: [effect("s.sold = [[1]][s.sold + 1]!.length;")] },
    {
      title: "A function calls itself without end",
      change: [above("const depth = (n: number): number => depth(n + 1) + 1;"), effect("s.sold = depth(1);")],
    },
    {
      title: "A property throws",
      change: [
        holds(
          '(s, c) => {\n    if (s.level.some((level) => level === c.max)) throw new Error("no answer for a full jar");\n    return true;\n  }',
        ),
      ],
    },
    { title: "A property of a state that has no answer", change: [holds("(s) => s.log.last.jar !== null")] },
    {
      title: "The domain of a parameter fails in a state",
      change: [params("(c) => ({ j: id(c.Jar), entry: shop.found((s) => [s.log.get(1)]) })")],
    },
    {
      title: "An initial state is out of its range",
      change: [specPart("init: {\n    effect: (s) => {\n      s.sold = 9;\n    },\n  }")],
    },
    {
      title: "A constraint fails",
      change: [
        specPart(
          'constraints: [shop.stateConstraint("Few", { says: "Few are sold.", within: (s) => s.log.first.jar !== null })]',
        ),
      ],
    },
    { title: "A view fails", change: [specPart("view: (s) => s.log.first.jar")] },
  ],
};

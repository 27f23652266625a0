import { above, effect, guard, holds, params, right, sold, specPart } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const running: Chapter = {
  title: "While the spec runs",
  says: "Reported with the behaviour that leads there, which is not shown here. A scalar field of a record may leave its range while an\neffect runs: it is checked when the effect has ended, and the line is that of the last assignment.",
  entries: [
    {
      title: "A field of the state leaves its range",
      change: [effect("s.sold += 3;")],
      instead: right(guard("(s) => s.sold < 2"), effect("s.sold += 1;")),
    },
    {
      title: "A value of a map leaves its range",
      change: [effect("s.level.set(j, 3);")],
      instead: right(effect("s.level.set(j, 2);")),
    },
    {
      title: "A field of a record in a map leaves its range",
      change: [effect("s.label.get(j).price += 4;")],
      instead: right(effect("s.label.get(j).price = 3;")),
    },
    {
      title: "Every value of a map leaves its range",
      change: [effect("s.level.fill(3);")],
      instead: right(effect("s.level.fill(2);")),
    },
    {
      title: "NaN",
      note: "coins is 0, and 0 / 0 is NaN.",
      change: [effect("s.sold = s.till.coins / s.till.coins;")],
      instead: right(effect("s.sold = s.till.coins === 0 ? 0 : 1;")),
    },
    { title: "A fraction", change: [effect("s.sold = 1 / 2;")], instead: right(effect("s.sold = Math.floor(1 / 2);")) },
    {
      title: "An element out of its range",
      change: [effect("s.mail.add(7);")],
      instead: right(guard("(s) => !s.mail.has(3)"), effect("s.mail.add(3);")),
    },
    {
      title: "A field of an element is out of its range",
      change: [effect("s.last = { jar: j, price: 7 };")],
      instead: right(effect("s.last = { jar: j, price: 3 };")),
    },
    {
      title: "A sequence grows too long",
      change: [effect("s.log.assign([{ jar: j }, { jar: j }, { jar: j }]);")],
      instead: right(effect("s.log.assign([{ jar: j }, { jar: j }]);")),
    },
    {
      title: "A bag has too many copies of an element",
      change: [effect("s.mail.add(1);\n    s.mail.add(1);")],
      instead: right(
        ["mail: bag(integer(0, 3))", "mail: bag(integer(0, 3), { copies: 2 })"],
        guard("(s) => !s.mail.has(1)"),
        effect("s.mail.add(1);\n    s.mail.add(1);"),
      ),
    },
    {
      title: "An element of a sequence that is not there",
      note: "A guard is evaluated in every state, also where log is empty.",
      change: [guard("(s, { j }) => s.log.get(3).jar === j")],
      instead: right(guard("(s, { j }) => s.log.length >= 3 && s.log.get(3).jar === j")),
    },
    {
      title: "The first element of an empty sequence",
      change: [guard("(s, { j }) => s.log.first.jar === j")],
      instead: right(guard("(s, { j }) => s.log.length > 0 && s.log.first.jar === j")),
    },
    {
      title: "A part of a sequence that reaches outside",
      change: [guard("(s) => s.log.sub(1, 3).length > 0")],
      instead: right(guard("(s) => s.log.sub(1, s.log.length).length > 0")),
    },
    {
      title: "A sequence is cut to more than it has",
      change: [effect("s.log.truncate(2);")],
      instead: right(effect("s.log.truncate(min([2, s.log.length]));")),
    },
    {
      title: "An element is removed that the bag does not have",
      change: [effect("s.mail.remove(2);")],
      instead: right(effect("if (s.mail.has(2)) s.mail.remove(2);")),
    },
    {
      title: "A key outside the domain of a map",
      change: [sold("map(integer(1, 2), integer(0, 2))"), effect("s.sold.set(3, 1);")],
      instead: right(sold("map(integer(1, 2), integer(0, 2))"), effect("s.sold.set(2, 1);")),
    },
    {
      title: "The first element of an empty collection",
      change: [effect("s.sold = first(s.mail);")],
      instead: right(guard("(s) => s.mail.size > 0"), effect("s.sold = first(s.mail);")),
    },
    {
      title: "choose finds no element",
      change: [effect("s.sold = choose(s.mail, (n) => n > 1);")],
      instead: right(guard("(s) => s.mail.some((n) => n > 1)"), effect("s.sold = choose(s.mail, (n) => n > 1);")),
    },
    {
      title: "chooseUnique finds several elements",
      change: [effect("s.mail.add(1);\n    s.mail.add(2);\n    s.sold = chooseUnique(s.mail, (n) => n > 0);")],
      instead: right(
        guard("(s) => s.mail.size === 0"),
        effect("s.mail.add(1);\n    s.mail.add(2);\n    s.sold = choose(s.mail, (n) => n > 0);"),
      ),
    },
    {
      title: "The least of an empty collection",
      change: [effect("s.sold = min(s.mail);")],
      instead: right(guard("(s) => s.mail.size > 0"), effect("s.sold = min(s.mail);")),
    },
    {
      title: "A key that a map literal does not have",
      change: [effect("s.sold = mapOf([1, 2], () => 1).get(3);")],
      instead: right(effect("s.sold = mapOf([1, 2], () => 1).get(2);")),
    },
    {
      title: "A map literal with other keys than the schema",
      change: [sold("option(map(id(c.Jar), boolean()))"), effect("s.sold = mapOf([j], () => true);")],
      instead: right(sold("option(map(id(c.Jar), boolean()))"), effect("s.sold = mapOf(c.Jar, (key) => key === j);")),
    },
    {
      title: "A range that ends at a fraction",
      change: [effect("s.sold = [...range(0, s.till.coins + 0.5)].length;")],
      instead: right(effect("s.sold = [...range(0, Math.floor(s.till.coins + 0.5))].length;")),
    },
    {
      title: "A range that is too long",
      change: [effect("s.sold = [...range(1, 10_000_000)].length;")],
      instead: right(effect("s.sold = [...range(1, 2)].length;")),
    },
    {
      title: "Too many subsets",
      change: [effect("s.sold = [...subsets(range(1, 30))].length;")],
      instead: right(effect("s.sold = [...subsets(range(1, 1))].length;")),
    },
    {
      title: "Too many orders",
      change: [effect("s.sold = [...permutations(range(1, 12))].length;")],
      instead: right(effect("s.sold = [...permutations(range(1, 2))].length;")),
    },
    {
      title: "A parameter that depends on a later one",
      note: "The domains are evaluated in the order of params, so by is chosen before j.",
      change: [params('(c) => ({ by: shop.found((s, { j }: { j: Id<"j"> }) => [j]), j: id(c.Jar) })')],
      instead: right(params('(c) => ({ j: id(c.Jar), by: shop.found((s, { j }: { j: Id<"j"> }) => [j]) })')),
    },
    {
      title: "A text that does not fit into the memory",
      change: [effect('s.sold = "x".repeat(2 ** 30).length;')],
      instead: right(effect('s.sold = "x".repeat(2).length;')),
    },
    {
      title: "A part that is switched off is read",
      note: "The constant lids is false, so the state has no field lid.",
      change: [guard("(s, { j }) => s.lid.get(j)")],
      instead: right(guard("(s, { j }, c) => c.lids && s.lid.get(j)")),
    },
    {
      title: "A place that was replaced is changed",
      note: "The record that get gave is not part of the state any more once set has put another one there.",
      change: [effect("const old = s.label.get(j);\n    s.label.set(j, { price: 1 });\n    old.price = 2;")],
      instead: right(effect("s.label.set(j, { price: 1 });\n    s.label.get(j).price = 2;")),
    },
    {
      title: "A collection in a place that was replaced is changed",
      change: [
        sold("map(id(c.Jar), set(integer(0, 2)))"),
        effect("const old = s.sold.get(j);\n    s.sold.set(j, setOf(1));\n    old.add(2);"),
      ],
      instead: right(
        sold("map(id(c.Jar), set(integer(0, 2)))"),
        effect("s.sold.set(j, setOf(1));\n    s.sold.get(j).add(2);"),
      ),
    },
    {
      title: "A value is changed",
      note: "The value of an option is copied when it is assigned, and never changes then.",
      change: [
        effect("s.last = { jar: j, price: 1 };\n    const item: { price: number } = s.last;\n    item.price = 2;"),
      ],
      instead: right(effect("s.last = { jar: j, price: 1 };\n    s.last = { ...s.last, price: 2 };")),
    },
    {
      title: "A field is added to a value",
      change: [
        effect(
          "s.last = { jar: j, price: 1 };\n    const item: { price: number; note?: number } = s.last;\n    item.note = 1;",
        ),
      ],
      instead: right(
        ["price: integer(0, 3) })),\n      lid:", "price: integer(0, 3), note: option(integer(0, 1)) })),\n      lid:"],
        effect("s.last = { jar: j, price: 1, note: 1 };"),
      ),
    },
    {
      title: "A field is deleted from a value",
      change: [
        effect("s.last = { jar: j, price: 1 };\n    const item: { price?: number } = s.last;\n    delete item.price;"),
      ],
      instead: right(
        ["price: integer(0, 3) })),\n      lid:", "price: option(integer(0, 3)) })),\n      lid:"],
        effect("s.last = { jar: j, price: null };"),
      ),
    },
    {
      title: "A field of undefined is read",
      change: [effect("s.sold = [[1]][s.sold + 1]!.length;")],
      instead: right(effect("s.sold = [[1]][s.sold]?.length ?? 0;")),
    },
    {
      title: "A function calls itself without end",
      change: [above("const depth = (n: number): number => depth(n + 1) + 1;"), effect("s.sold = depth(1);")],
      instead: right(
        above("const depth = (n: number): number => (n > 1 ? 0 : depth(n + 1) + 1);"),
        effect("s.sold = depth(1);"),
      ),
    },
    {
      title: "A property throws",
      change: [
        holds(
          '(s, c) => {\n    if (s.level.some((level) => level === c.max)) throw new Error("no answer for a full jar");\n    return true;\n  }',
        ),
      ],
      instead: right([
        "  holds: (s, c) =>",
        "  when: (s, c) => s.level.every((level) => level < c.max),\n  holds: (s, c) =>",
      ]),
    },
    {
      title: "A property of a state that has no answer",
      change: [holds("(s) => s.log.last.jar !== null")],
      instead: right([
        "  holds: (s, c) => s.level.every((level) => level <= c.max),",
        "  when: (s) => s.log.length > 0,\n  holds: (s) => s.log.last.jar !== null,",
      ]),
    },
    {
      title: "The domain of a parameter fails in a state",
      change: [params("(c) => ({ j: id(c.Jar), entry: shop.found((s) => [s.log.get(1)]) })")],
      instead: right(params("(c) => ({ j: id(c.Jar), entry: shop.found((s) => s.log) })")),
    },
    {
      title: "A spec without an initial state",
      change: [specPart("init: {\n    guard: (s) => s.sold > 0,\n    effect: () => undefined,\n  }")],
      instead: right(specPart("init: {\n    guard: (s) => s.sold === 0,\n    effect: () => undefined,\n  }")),
    },
    {
      title: "An initial state is out of its range",
      change: [specPart("init: {\n    effect: (s) => {\n      s.sold = 9;\n    },\n  }")],
      instead: right(specPart("init: {\n    effect: (s) => {\n      s.sold = 2;\n    },\n  }")),
    },
    {
      title: "A constraint fails",
      change: [
        specPart(
          'constraints: [shop.stateConstraint("Few", { says: "Few are sold.", within: (s) => s.log.first.jar !== null })]',
        ),
      ],
      instead: right(
        specPart(
          'constraints: [shop.stateConstraint("Few", { says: "Few are sold.", within: (s) => s.log.length === 0 || s.log.first.jar !== null })]',
        ),
      ),
    },
    {
      title: "A view fails",
      change: [specPart("view: (s) => s.log.first.jar")],
      instead: right(specPart("view: (s) => (s.log.length === 0 ? null : s.log.first.jar)")),
    },
  ],
};

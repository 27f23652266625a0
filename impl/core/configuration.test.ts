import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quorumValue } from "./configuration.ts";
import { type Configuration, initialConfiguration, isQuorum, membersOf, noConfiguration } from "./index.ts";

const ids = ["a", "b", "c", "d", "e", "f"];
const voters = fc.subarray(ids, { minLength: 1 });
const configuration: fc.Arbitrary<Configuration> = fc
  .tuple(voters, fc.oneof(fc.constant([]), voters))
  .map(([some, others]) => ({ ...noConfiguration, voters: some, outgoing: others }));

describe("a quorum", () => {
  it.each([
    [["a"], 1],
    [["a", "b"], 2],
    [["a", "b", "c"], 2],
    [["a", "b", "c", "d"], 3],
    [["a", "b", "c", "d", "e"], 3],
  ])("of %j is %i", (voters, needed) => {
    const one = { ...noConfiguration, voters };
    expect(isQuorum(one, (id) => voters.indexOf(id) < needed)).toBe(true);
    expect(isQuorum(one, (id) => voters.indexOf(id) < needed - 1)).toBe(false);
  });

  it("of nobody there is none", () => {
    expect(isQuorum(noConfiguration, () => true)).toBe(false);
    expect(quorumValue(noConfiguration, () => 7)).toBe(0);
  });

  it("has a server in common with every other quorum of the same configuration", () => {
    const says = fc.subarray(ids);
    const law = fc.property(configuration, says, says, (one, some, others) => {
      fc.pre(isQuorum(one, (id) => some.includes(id)) && isQuorum(one, (id) => others.includes(id)));
      expect(some.some((id) => others.includes(id))).toBe(true);
    });
    fc.assert(law, { seed: 7 });
  });

  it("of a joint configuration has one in common with every quorum of the old one and of the new one", () => {
    const says = fc.subarray(ids);
    const law = fc.property(voters, voters, says, says, fc.boolean(), (old, next, some, others, isOld) => {
      fc.pre(isQuorum({ ...noConfiguration, voters: next, outgoing: old }, (id) => some.includes(id)));
      fc.pre(isQuorum({ ...noConfiguration, voters: isOld ? old : next }, (id) => others.includes(id)));
      expect(some.some((id) => others.includes(id))).toBe(true);
    });
    fc.assert(law, { seed: 7 });
  });

  it("has reached the greatest value for which its members are enough", () => {
    const values = fc.dictionary(fc.constantFrom(...ids), fc.nat(9), { noNullPrototype: true });
    const law = fc.property(configuration, values, (one, reached) => {
      const of = (id: string) => reached[id] ?? 0;
      const value = quorumValue(one, of);
      expect(isQuorum(one, (id) => of(id) >= value)).toBe(true);
      expect(isQuorum(one, (id) => of(id) > value)).toBe(false);
    });
    fc.assert(law, { seed: 7 });
  });
});

describe("a configuration", () => {
  it("begins with all contacts as voters, sorted", () => {
    expect(initialConfiguration({ b: "two", a: "one" })).toEqual({
      voters: ["a", "b"],
      outgoing: [],
      learners: [],
      promoting: [],
      removing: [],
      contacts: { b: "two", a: "one" },
    });
  });

  it("has old voters, new voters and learners as members, each once", () => {
    const one = { ...noConfiguration, voters: ["c", "d"], outgoing: ["a", "c"], learners: ["b"] };
    expect(membersOf(one)).toEqual(["a", "b", "c", "d"]);
  });
});

import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type ConstantsOf,
  choice,
  constantValues,
  count,
  describeConstant,
  flag,
  type IdSet,
  idSet,
  ids,
  type Resolved,
  resolveConstants,
  type Settings,
  type SettingsOf,
} from "./index.ts";

const declarations = {
  Server: ids("s", { default: 3, min: 1, max: 5, says: "the servers" }),
  MaxTerm: count({ default: 2, min: 1, max: 9, says: "terms" }),
  PreVote: flag({ default: false, says: "whether candidates ask first" }),
  Network: choice(["bag", "channels"], { default: "bag", says: "how messages travel" }),
};

const defaults = { Server: 3, MaxTerm: 2, PreVote: false, Network: "bag" };

function refused(...problems: readonly (readonly [string, string, string])[]): Resolved<Settings> {
  return {
    ok: false,
    problems: problems.map(([constant, found, expected]) => ({ constant, found, expected })),
  };
}

describe("the constants of a spec", () => {
  it("are their defaults where nothing is set", () => {
    expect(resolveConstants(declarations, {})).toEqual({ ok: true, value: defaults });
  });

  it("are what is set, in the order of the declarations", () => {
    const resolved = resolveConstants(declarations, { Network: "channels", Server: 5 });
    expect(resolved).toEqual({ ok: true, value: { ...defaults, Server: 5, Network: "channels" } });
    if (!resolved.ok) throw new Error("just compared");
    expect(Object.keys(resolved.value)).toEqual(["Server", "MaxTerm", "PreVote", "Network"]);
  });

  it("may be set to false, to zero and to both ends of their range", () => {
    const free = { N: count({ default: 1, says: "a number" }), On: flag({ default: true, says: "a switch" }) };
    expect(resolveConstants(free, { N: 0, On: false })).toEqual({ ok: true, value: { N: 0, On: false } });
    expect(resolveConstants(free, { N: 65_535 })).toEqual({ ok: true, value: { N: 65_535, On: true } });
    expect(resolveConstants(free, { N: 65_536 })).toEqual(refused(["N", "65536", "a whole number from 0 to 65535"]));
  });

  it("are refused by name where the spec has no such constant", () => {
    expect(resolveConstants(declarations, { Servers: 3 })).toEqual(
      refused(["Servers", "3", "one of Server, MaxTerm, PreVote, Network"]),
    );
    for (const inherited of ["constructor", "toString", "__proto__"]) {
      const settings: Settings = Object.fromEntries([[inherited, 3]]);
      expect(resolveConstants(declarations, settings), inherited).toEqual(
        refused([inherited, "3", "one of Server, MaxTerm, PreVote, Network"]),
      );
    }
  });

  const wrong: readonly (readonly [string, Settings[string], string])[] = [
    ["Server", 0, "a number of ids from 1 to 5"],
    ["Server", 6, "a number of ids from 1 to 5"],
    ["Server", 2.5, "a number of ids from 1 to 5"],
    ["Server", "3", "a number of ids from 1 to 5"],
    ["MaxTerm", 10, "a whole number from 1 to 9"],
    ["MaxTerm", Number.NaN, "a whole number from 1 to 9"],
    ["MaxTerm", true, "a whole number from 1 to 9"],
    ["PreVote", 1, "true or false"],
    ["PreVote", "true", "true or false"],
    ["Network", "carrier pigeon", "one of bag, channels"],
    ["Network", 1, "one of bag, channels"],
  ];
  for (const [constant, found, expected] of wrong) {
    it(`refuse ${typeof found} ${found} for ${constant}`, () => {
      expect(resolveConstants(declarations, { [constant]: found })).toEqual(
        refused([constant, String(found), expected]),
      );
    });
  }

  it("are refused all at once, in the order in which they were set", () => {
    expect(resolveConstants(declarations, { Network: "no", Term: 1, Server: 9, MaxTerm: 3 })).toEqual(
      refused(
        ["Network", "no", "one of bag, channels"],
        ["Term", "1", "one of Server, MaxTerm, PreVote, Network"],
        ["Server", "9", "a number of ids from 1 to 5"],
      ),
    );
  });

  it("must have a default that they accept themselves", () => {
    expect(() => count({ default: 9, max: 3, says: "too many" })).toThrow(
      "the default 9 is not a whole number from 0 to 3",
    );
    expect(() => ids("s", { default: 17, says: "too many" })).toThrow(
      'ids("s"): the default is 17, and max is 16 where none is given',
    );
  });

  it("say what they accept", () => {
    expect(Object.values(declarations).map(describeConstant)).toEqual([
      "a number of ids from 1 to 5",
      "a whole number from 1 to 9",
      "true or false",
      "one of bag, channels",
    ]);
  });

  it("become id sets, numbers, switches and names", () => {
    expect(constantValues(declarations, { ...defaults, Server: 2 })).toEqual({
      Server: idSet("s", 2),
      MaxTerm: 2,
      PreVote: false,
      Network: "bag",
    });
    expect(Object.isFrozen(constantValues(declarations, defaults))).toBe(true);
  });

  it("have types of their own", () => {
    type Declarations = typeof declarations;
    expectTypeOf<ConstantsOf<Declarations>>().toEqualTypeOf<{
      readonly Server: IdSet<"s">;
      readonly MaxTerm: number;
      readonly PreVote: boolean;
      readonly Network: "bag" | "channels";
    }>();
    expectTypeOf<SettingsOf<Declarations>>().toEqualTypeOf<{
      readonly Server?: number;
      readonly MaxTerm?: number;
      readonly PreVote?: boolean;
      readonly Network?: "bag" | "channels";
    }>();
    // @ts-expect-error: the default must be one of the names.
    choice(["bag", "channels"], { default: "pigeon", says: "" });
  });
});

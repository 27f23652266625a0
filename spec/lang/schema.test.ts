import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Bag,
  bag,
  boolean,
  codecOf,
  type DraftOf,
  type FiniteSet,
  type FixedMap,
  type Id,
  id,
  idSet,
  integer,
  kinds,
  map,
  oneOf,
  option,
  ordinalOf,
  part,
  type ReadonlyBag,
  type ReadonlyFiniteSet,
  type ReadonlyFixedMap,
  type ReadonlySeq,
  record,
  type Seq,
  sequence,
  set,
  union,
  type ViewOf,
} from "./index.ts";

const servers = idSet("s", 2);
const message = union({ Ask: { from: id(servers) }, Answer: { from: id(servers), granted: boolean() } });
const member = record({
  role: oneOf("follower", "leader"),
  votedFor: option(id(servers)),
  log: sequence(boolean(), 2),
});
const state = record({
  term: integer(0, 3),
  members: map(id(servers), member),
  commits: map(id(servers), integer(0, 2)),
  voters: set(id(servers)),
  network: bag(message, { copies: 2 }),
  last: option(message),
  nested: record({ on: boolean() }),
});

type Server = Id<"s">;
type Message =
  | { readonly kind: "Ask"; readonly from: Server }
  | { readonly kind: "Answer"; readonly from: Server; readonly granted: boolean };

describe("a schema", () => {
  it("has its smallest, first, null or empty value before anything is assigned", () => {
    const first = codecOf(
      record({
        on: boolean(),
        number: integer(-2, 3),
        role: oneOf("leader", "follower"),
        server: id(servers),
        vote: option(id(servers)),
        nested: record({ term: integer(1, 2) }),
        message: union({ Answer: { granted: boolean() }, Ask: {} }),
      }),
      "",
    ).initial();
    expect(first).toEqual({
      on: false,
      number: -2,
      role: "leader",
      server: servers[0],
      vote: null,
      nested: { term: 1 },
      message: { kind: "Answer", granted: false },
    });
  });

  it("is refused where it has no values, or two for one name", () => {
    expect(() => integer(3, 2)).toThrow("integer(3, 2): the range is empty");
    expect(() => integer(0.5, 2)).toThrow("integer(0.5, 2): both bounds must be whole numbers");
    expect(() => integer(0, Number.POSITIVE_INFINITY)).toThrow(
      "integer(0, Infinity): both bounds must be whole numbers",
    );
    expect(() => oneOf("a", "b", "a")).toThrow("oneOf(a, b, a): the name a is given twice");
    expect(() => union({ Ask: { kind: boolean() } })).toThrow(
      'union: the kind Ask has a field named kind, but the field kind already holds the name "Ask"',
    );
    expect(() => option(option(boolean()))).toThrow("option(option(...)): null would have two meanings");
  });

  it("of a bag allows one copy unless told", () => {
    expect([bag(boolean()).copies, bag(boolean(), { copies: 3 }).copies]).toEqual([1, 3]);
  });

  it("that is switched off is an absent one, and otherwise itself", () => {
    const on = boolean();
    expect(part(true, on)).toBe(on);
    expect(part(false, on)).toEqual({ kind: "absent" });
  });
});

describe("an id set", () => {
  it("has its ids in a fixed order, none of them falsy", () => {
    expect(servers.map(ordinalOf)).toEqual([1, 2]);
    expect(servers.prefix).toBe("s");
    expect(Object.isFrozen(servers)).toBe(true);
  });
});

describe("the types of a schema", () => {
  it("are immutable for guards and properties", () => {
    expectTypeOf<ViewOf<typeof message>>().branded.toEqualTypeOf<Message>();
    expectTypeOf<ViewOf<typeof member>>().toEqualTypeOf<{
      readonly role: "follower" | "leader";
      readonly votedFor: Server | null;
      readonly log: ReadonlySeq<boolean>;
    }>();
    expectTypeOf<ViewOf<typeof state>>().branded.toEqualTypeOf<{
      readonly term: number;
      readonly members: ReadonlyFixedMap<Server, ViewOf<typeof member>>;
      readonly commits: ReadonlyFixedMap<Server, number>;
      readonly voters: ReadonlyFiniteSet<Server>;
      readonly network: ReadonlyBag<Message>;
      readonly last: Message | null;
      readonly nested: { readonly on: boolean };
    }>();
  });

  it("let effects assign scalars, and change collections in place", () => {
    type Draft = DraftOf<typeof state>;
    expectTypeOf<Pick<Draft, "term" | "last">>().branded.toEqualTypeOf<{ term: number; last: Message | null }>();
    expectTypeOf<Draft["members"]>().toExtend<FixedMap<Server, ViewOf<typeof member>, DraftOf<typeof member>>>();
    expectTypeOf<Draft["voters"]>().branded.toEqualTypeOf<FiniteSet<Server>>();
    expectTypeOf<Draft["network"]>().branded.toEqualTypeOf<Bag<Message>>();
    expectTypeOf<DraftOf<typeof member>["log"]>().branded.toEqualTypeOf<Seq<boolean>>();
  });

  it("let nobody replace a collection, or a record inside another, by assignment", () => {
    const assign = (draft: DraftOf<typeof state>, other: DraftOf<typeof state>): void => {
      draft.term = 1;
      draft.nested.on = true;
      // @ts-expect-error: a collection is changed through its methods.
      draft.voters = other.voters;
      // @ts-expect-error: a record is changed field by field.
      draft.nested = other.nested;
    };
    expect(assign.length).toBe(2);
  });

  it("tell the ids of one set from those of another, and from numbers", () => {
    expectTypeOf<Id<"s">>().not.toExtend<Id<"c">>();
    expectTypeOf<Id<"s">>().not.toExtend<number>();
    expectTypeOf<number>().not.toExtend<Id<"s">>();
  });
});

describe("the kinds of a part", () => {
  const withVotes = (on: boolean) => union({ Ping: {}, ...kinds(on, { Vote: { round: integer(0, 2) } }) });

  it("belong to the union where the part is on, and to no value where it is off", () => {
    expect(withVotes(true)).toEqual(union({ Ping: {}, Vote: { round: integer(0, 2) } }));
    expect(withVotes(false)).toEqual(union({ Ping: {} }));
  });

  it("have their types in both cases, since a type does not depend on a constant", () => {
    type Message = ViewOf<ReturnType<typeof withVotes>>;
    expectTypeOf<Message["kind"]>().toEqualTypeOf<"Ping" | "Vote">();
    expectTypeOf<Extract<Message, { readonly kind: "Vote" }>["round"]>().toEqualTypeOf<number>();
  });
});

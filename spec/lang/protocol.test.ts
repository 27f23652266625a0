import { describe, expect, expectTypeOf, it } from "vitest";
import {
  bag,
  boolean,
  count,
  type FiniteSet,
  flag,
  type Id,
  id,
  ids,
  initially,
  instantiate,
  integer,
  map,
  option,
  protocol,
  type ReadonlyFiniteSet,
  record,
  type Spec,
  set,
  union,
  withRules,
  withState,
} from "./index.ts";

type Server = Id<"s">;

const votes = protocol("Votes", {
  constants: {
    Server: ids("s", { default: 3, says: "the servers" }),
    MaxTerm: count({ default: 2, says: "terms" }),
    PreVote: flag({ default: false, says: "whether candidates ask first" }),
  },
  rules: { isQuorum: (voters: number, servers: number): boolean => voters * 2 > servers },
  state: (c) =>
    record({
      term: integer(0, c.MaxTerm),
      votedFor: map(id(c.Server), option(id(c.Server))),
      granted: set(id(c.Server)),
      messages: bag(union({ Ask: { from: id(c.Server) }, Grant: { from: id(c.Server), term: integer(0, 9) } })),
    }),
});

const nothing = { says: "Nothing happens.", effect: (): void => undefined };

describe("an action", () => {
  it("always can happen, takes no parameters and is part of every model, unless told", () => {
    const action = votes.action("Idle", nothing);
    expect([action.name, action.says, action.part(null), action.params(null), action.guard(null, null, null)]).toEqual([
      "Idle",
      "Nothing happens.",
      true,
      {},
      true,
    ]);
    expect(Object.keys(action).sort()).toEqual(["effect", "guard", "name", "params", "part", "says"]);
  });

  it("keeps its source and its fairness", () => {
    const action = votes.action("Idle", { ...nothing, source: "section 5.2", fair: "weak" });
    expect([action.source, action.fair]).toEqual(["section 5.2", "weak"]);
  });

  it("sees the state, its parameters and the constants by their types", () => {
    votes.action("Vote", {
      says: "A server votes.",
      params: (c) => ({
        voter: id(c.Server),
        on: boolean(),
        message: votes.found((s) => s.messages.ofKind("Grant")),
        any: votes.found((s) => s.messages),
      }),
      guard: (s, p, c) => {
        expectTypeOf(s.term).toEqualTypeOf<number>();
        expectTypeOf(s.granted).toEqualTypeOf<ReadonlyFiniteSet<Server>>();
        expectTypeOf(p.voter).toEqualTypeOf<Server>();
        expectTypeOf(p.on).toEqualTypeOf<boolean>();
        expectTypeOf(p.message).branded.toEqualTypeOf<{
          readonly kind: "Grant";
          readonly from: Server;
          readonly term: number;
        }>();
        expectTypeOf(p.any.kind).toEqualTypeOf<"Ask" | "Grant">();
        expectTypeOf(c.MaxTerm).toEqualTypeOf<number>();
        expectTypeOf(c.PreVote).toEqualTypeOf<boolean>();
        expectTypeOf(c.rules.isQuorum).returns.toEqualTypeOf<boolean>();
        return s.votedFor.get(p.voter) === null;
      },
      effect: (s, p) => {
        expectTypeOf(s.granted).toEqualTypeOf<FiniteSet<Server>>();
        expectTypeOf(p.voter).toEqualTypeOf<Server>();
        s.term += 1;
        s.votedFor.set(p.voter, p.voter);
      },
    });
  });

  it("may not change what its guard sees, nor its parameters", () => {
    votes.action("Vote", {
      says: "A server votes.",
      params: (c) => ({ voter: id(c.Server) }),
      guard: (s, p) => {
        // @ts-expect-error: a guard sees the state and leaves it as it is.
        s.term = 1;
        // @ts-expect-error: neither does it change a collection.
        s.granted.add(p.voter);
        return true;
      },
      effect: (s, p, c) => {
        // @ts-expect-error: a parameter has the value that it has.
        p.voter = c.Server[0];
        // @ts-expect-error: a set of servers holds no numbers.
        s.granted.add(1);
        // @ts-expect-error: ids are not ordered, compared only.
        s.term = p.voter + 1;
        // @ts-expect-error: the state has no such field.
        s.trem = 1;
        // @ts-expect-error: the spec has no such constant.
        s.term = c.MaxTrem;
      },
    });
  });
});

describe("a property", () => {
  const state = { term: 1 };

  it("is an invariant, with its antecedent where it has one", () => {
    const plain = votes.invariant("Always", { says: "Always.", holds: (s) => s.term >= 0 });
    expect([plain.kind, plain.name, plain.says, plain.when, plain.part(null), plain.holds(state, null)]).toEqual([
      "invariant",
      "Always",
      "Always.",
      null,
      true,
      true,
    ]);
    const conditional = votes.invariant("Later", { says: "Later.", when: (s) => s.term > 1, holds: () => false });
    expect(conditional.when?.(state, null)).toBe(false);
  });

  it("is a step invariant over the states before and after", () => {
    const step = votes.stepInvariant("Grows", {
      says: "Terms grow.",
      holds: (before, after) => before.term < after.term,
    });
    expect([step.kind, step.when, step.holds({ term: 1 }, { term: 2 }, null)]).toEqual(["step", null, true]);
  });

  it("is a goal that a state meets, an initial one too", () => {
    const goal = votes.reachable("Second", { says: "The second term comes.", goal: (s) => s.term === 2 });
    expect(goal.kind).toBe("reachable");
    expect([goal.goal(null, { term: 2 }, null), goal.goal({ term: 2 }, { term: 1 }, null)]).toEqual([true, false]);
  });

  it("is a goal that a step meets, and no initial state", () => {
    const goal = votes.reachableStep("Reset", {
      says: "A term falls.",
      goal: (before, after) => before.term > after.term,
    });
    expect(goal.kind).toBe("reachable");
    expect([goal.goal(null, { term: 0 }, null), goal.goal({ term: 2 }, { term: 1 }, null)]).toEqual([false, true]);
  });

  it("is a promise about what comes", () => {
    const leadsTo = votes.leadsTo("Answered", { says: "Answered.", from: () => true, to: () => false });
    const again = votes.alwaysEventually("Again", { says: "Again.", goal: () => true });
    expect([leadsTo.kind, leadsTo.from(null, null), leadsTo.to(null, null)]).toEqual(["leads-to", true, false]);
    expect([again.kind, again.goal(null, null)]).toEqual(["always-eventually", true]);
  });

  it("sees states and leaves them as they are", () => {
    votes.invariant("Always", {
      says: "Always.",
      holds: (s, c) => {
        // @ts-expect-error: a property sees the state and leaves it as it is.
        s.term = 2;
        expectTypeOf(c.Server.length).toEqualTypeOf<number>();
        return true;
      },
    });
    votes.stepInvariant("Step", {
      says: "Step.",
      holds: (before, after) => {
        expectTypeOf(before).toEqualTypeOf(after);
        // @ts-expect-error: neither does it change the state after.
        after.term = before.term;
        return true;
      },
    });
  });
});

describe("a spec", () => {
  const idle = votes.action("Idle", nothing);

  it("has one initial state, no constraints, no view, no symmetry and no legal end, unless told", () => {
    const spec = votes.spec({ says: "Votes.", actions: [idle], properties: [] });
    const { constraints, view, symmetry, terminates, init, name, says } = spec;
    expect({ constraints, view, symmetry, terminates, name, says }).toEqual({
      constraints: [],
      view: null,
      symmetry: [],
      terminates: false,
      name: "Votes",
      says: "Votes.",
    });
    expect([init.name, init.says, init.params(null), init.guard(null, null, null)]).toEqual([
      "Init",
      "The initial states.",
      {},
      true,
    ]);
  });

  it("takes constraints by kind", () => {
    const state = votes.stateConstraint("Short", { says: "Two terms.", within: (s) => s.term < 2 });
    const step = votes.actionConstraint("Slow", { says: "One by one.", within: (a, b) => b.term - a.term < 2 });
    expect([state.kind, state.within({ term: 2 }, null)]).toEqual(["state-constraint", false]);
    expect([step.kind, step.within({ term: 0 }, { term: 1 }, null)]).toEqual(["action-constraint", true]);
  });

  it("is symmetric in constants that it has", () => {
    votes.spec({ says: "Votes.", actions: [], properties: [], symmetry: ["Server"] });
    // @ts-expect-error: there is no constant of this name.
    votes.spec({ says: "Votes.", actions: [], properties: [], symmetry: ["Sevrer"] });
  });

  it("gives each of its actions, properties and constraints a name of its own", () => {
    const invariant = votes.invariant("Same", { says: "Same.", holds: () => true });
    const goal = votes.reachable("Same", { says: "Same.", goal: () => true });
    const bound = votes.stateConstraint("Bound", { says: "A bound.", within: () => true });
    expect(() => votes.spec({ says: "", actions: [idle, idle], properties: [] })).toThrow(
      "Votes: Idle is twice among its actions",
    );
    expect(() => votes.spec({ says: "", actions: [], properties: [invariant, goal] })).toThrow(
      "Votes: two of its properties are named Same",
    );
    expect(() => votes.spec({ says: "", actions: [], properties: [], constraints: [bound, bound] })).toThrow(
      "Votes: Bound is twice among its constraints",
    );
  });

  it("has no constant named rules, for that is where guards find the replaceable rules", () => {
    const constants = { rules: flag({ default: true, says: "in the way" }) };
    expect(() => protocol("Rules", { constants, state: () => record({}) })).toThrow(
      "Rules: a constant may not be named rules, because c.rules has the rules that can be replaced",
    );
  });
});

describe("a spec with a rule replaced", () => {
  const spec: Spec = votes.spec({ says: "Votes.", actions: [], properties: [] });

  it("differs from the spec in that rule alone", () => {
    const isQuorum = (): boolean => true;
    const mutant = withRules(spec, { isQuorum });
    expect(mutant).toEqual({ ...spec, rules: { isQuorum } });
    expect(spec.rules["isQuorum"]).not.toBe(isQuorum);
  });

  it("is refused where the spec has no such rule", () => {
    expect(() => withRules(spec, { isQourum: () => true })).toThrow("Votes has no rule named isQourum");
    expect(() => withRules(spec, { toString: () => "" })).toThrow("Votes has no rule named toString");
  });

  it("gives a spec another state, which begins as its schema says and its init changes", () => {
    const counters = protocol("Counters", { constants: {}, state: () => record({ n: initially(integer(0, 3), 2) }) });
    const spec = counters.spec({
      says: "Counters.",
      init: {
        effect: (s) => {
          s.n += 1;
        },
      },
      actions: [],
      properties: [],
    });
    const larger = withState(spec, (state) => record({ ...state.fields, more: initially(integer(0, 9), 5) }));
    expect(Object.keys(larger.state({}).fields)).toEqual(["n", "more"]);
    expect(Object.keys(spec.state({}).fields)).toEqual(["n"]);
    const model = instantiate({ name: "larger", spec: larger, says: "" });
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const draft: Record<string, number> = { n: 0, more: 0 };
    model.value.spec.init.effect(draft, {}, model.value.constants);
    expect(draft).toEqual({ n: 3, more: 5 });
  });
});

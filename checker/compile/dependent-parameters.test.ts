import { describe, expect, it } from "vitest";
import { bag, type Found, type Id, id, ids, integer, map, protocol, record, set } from "../../spec/lang/index.ts";
import { Semantics } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

type Server = Id<"s">;

const posts = protocol("Posts", {
  constants: { Server: ids("s", { default: 3, says: "the servers" }) },
  state: (c) => record({ boxes: map(id(c.Server), bag(integer(0, 3))), read: set(integer(0, 3)), sent: integer(0, 3) }),
});

const send = posts.action("Send", {
  says: "Somebody writes to a server.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s) => s.sent < 3,
  effect: (s, { i }) => {
    s.sent += 1;
    s.boxes.get(i).add(s.sent);
  },
});

const inBoxOf = posts.found((s, { i }: { readonly i: Server }) => s.boxes.get(i));

const receive = posts.action("Receive", {
  says: "A server reads its post.",
  params: (c) => ({ i: id(c.Server), m: inBoxOf }),
  effect: (s, { i, m }) => {
    s.boxes.get(i).remove(m);
    s.read.add(m);
  },
});

/** What `receive` says, in the way that was there before: a server without such a message does not receive it. */
const receiveOfAny = posts.action("Receive", {
  says: "A server reads its post.",
  params: (c) => ({ i: id(c.Server), m: integer(0, 3) }),
  guard: (s, { i, m }) => s.boxes.get(i).has(m),
  effect: (s, { i, m }) => {
    s.boxes.get(i).remove(m);
    s.read.add(m);
  },
});

const modelWith = (...actions: readonly (typeof send)[]) =>
  modelOf({
    name: "posts",
    says: "Post.",
    spec: posts.spec({ says: "Post.", actions, properties: [], terminates: true }),
  });

describe("a parameter that is found with those before it", () => {
  it("has the values that it has for each of theirs, in every engine", () => {
    const expected = onEveryEngine(modelWith(send, receiveOfAny));
    expect(onEveryEngine(modelWith(send, receive))).toEqual(expected);
    expect(expected).toMatchObject({ verdict: "holds", distinct: 85, generated: 235 });
  });

  it("comes in the order of the declaration, the last running fastest", () => {
    const model = modelWith(
      send,
      posts.action("Pair", {
        says: "Two of them, and one between.",
        params: () => ({
          a: integer(0, 1),
          twice: posts.found((_, { a }: { readonly a: number }) => [a, a + 10]),
          b: integer(7, 8),
        }),
        effect: () => undefined,
      }),
    );
    const semantics = new Semantics(model);
    const [start] = [...semantics.initial()];
    const choices = semantics.choices(model.actions[1] ?? send, start?.after);
    expect(choices.map(({ a, twice, b }) => [a, twice, b])).toEqual([
      [0, 0, 7],
      [0, 0, 8],
      [0, 10, 7],
      [0, 10, 8],
      [1, 1, 7],
      [1, 1, 8],
      [1, 11, 7],
      [1, 11, 8],
    ]);
    expect(choices.map((choice) => Object.keys(choice).join(" "))).toEqual(Array(8).fill("a twice b"));
  });

  it("sees what was found before it as well", () => {
    const found = posts.action("Both", {
      says: "The second is found in what the first is.",
      params: () => ({
        box: posts.found((s, _, c) => c.Server.filter((i) => s.boxes.get(i).size === 2)),
        m: posts.found((s, { box }: { readonly box: Server }) => s.boxes.get(box)),
      }),
      effect: (s, { m }) => s.read.add(m),
    });
    const fixed = posts.action("Both", {
      says: "The same, with guards.",
      params: (c) => ({ box: id(c.Server), m: integer(0, 3) }),
      guard: (s, { box, m }) => s.boxes.get(box).size === 2 && s.boxes.get(box).has(m),
      effect: (s, { m }) => s.read.add(m),
    });
    const expected = onEveryEngine(modelWith(send, fixed));
    expect(expected).toMatchObject({ verdict: "holds", distinct: 112 });
    expect(onEveryEngine(modelWith(send, found))).toEqual(expected);
  });

  it("is an error where it depends on one that is declared after it", () => {
    const backwards = posts.action("Receive", {
      says: "A server reads its post.",
      params: (c) => ({ m: inBoxOf, i: id(c.Server) }),
      effect: (s, { m }) => s.read.add(m),
    });
    expect(onEveryEngine(modelWith(send, backwards))).toMatchObject({
      verdict: "failed",
      finding: "the parameter m depends on i: declare i before it",
    });
  });

  it("must find among them what its type asks for", () => {
    const alone: { readonly m: Found<number, { readonly i: Server }> } = { m: inBoxOf };
    posts.action("Receive", {
      says: "The domain does not say whose box it is.",
      // @ts-expect-error: there is no parameter i.
      params: () => alone,
      effect: () => undefined,
    });
    posts.action("Receive", {
      says: "A number is no server.",
      // @ts-expect-error: the parameter i has another type.
      params: () => ({ i: integer(1, 3), m: inBoxOf }),
      effect: () => undefined,
    });
    // @ts-expect-error: a parameter that the domain does not ask for by its type is none that it sees.
    posts.found((s, { i }) => s.boxes.get(i));
  });
});

import { describe, expect, it } from "vitest";
import {
  id,
  ids,
  integer,
  map,
  oneOf,
  option,
  protocol,
  record,
  set,
  union,
  type ViewOf,
} from "../../spec/lang/index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { onEveryEngine } from "./every-engine.suite.ts";

const vote = oneOf("yes", "no");
/** The same names and one more. */
const voteOrNone = oneOf(...vote.names, "none");
type VoteOrNone = ViewOf<typeof voteOrNone>;

/** A set of records that never changes. */
const rounds: readonly { readonly number: number; readonly vote: ViewOf<typeof vote> }[] = [
  { number: 1, vote: "yes" },
  { number: 2, vote: "no" },
];

const posts = protocol("Posts", {
  constants: {
    Client: ids("c", { default: 2, says: "the clients" }),
    Server: ids("s", { default: 2, says: "the servers" }),
  },
  state: (c) => {
    const anybody = union({ Client: { id: id(c.Client) }, Server: { id: id(c.Server) } });
    return record({
      wrote: set(anybody),
      last: option(anybody),
      votes: map(id(c.Server), voteOrNone),
      round: integer(0, 2),
    });
  },
});

const write = posts.action("Write", {
  says: "A client or a server writes.",
  params: (c) => ({ who: union({ Client: { id: id(c.Client) }, Server: { id: id(c.Server) } }) }),
  guard: (s, { who }) => !s.wrote.has(who),
  effect: (s, { who }) => {
    s.wrote.add(who);
    s.last = who;
    if (who.kind === "Server") s.votes.set(who.id, "none");
  },
});

const decide = posts.action("Decide", {
  says: "The last to write votes as the round says.",
  params: () => ({ round: posts.found(() => rounds) }),
  guard: (s, { round }) => s.last !== null && s.round + 1 === round.number,
  effect: (s, { round }) => {
    s.round = round.number;
    const asRound: VoteOrNone = round.vote;
    if (s.last?.kind === "Server") s.votes.set(s.last.id, asRound);
  },
});

const spec = posts.spec({
  says: "",
  actions: [write, decide],
  properties: [],
  terminates: true,
  symmetry: ["Client", "Server"],
});

describe("a client or a server", () => {
  it("is a kind and an id: two ids with one number are told apart, in every engine", () => {
    const all = onEveryEngine(modelOf({ name: "posts", says: "", spec }));
    expect(all).toMatchObject({ verdict: "holds", distinct: 207 });
  });

  it("is renamed with the others of its kind", () => {
    const alike = onEveryEngine(modelOf({ name: "posts", says: "", spec, symmetry: true }));
    expect(alike).toMatchObject({ verdict: "holds", distinct: 70 });
  });
});

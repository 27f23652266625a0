import { describe, expect, it } from "vitest";
import { Cluster } from "./cluster.suite.ts";
import { LoneServer, nothing } from "./lone-server.suite.ts";

const request = { kind: "pre-vote-request", term: 3, lastIndex: 2, lastTerm: 2 } as const;

describe("a pre-vote", () => {
  it("binds nobody: it is granted to all, writes nothing and begins no term", () => {
    const server = new LoneServer({ log: [1, 2] });
    server.tick(10);
    const before = { term: server.node.term, electionAt: server.node.electionAt };
    for (const [i, to] of ["b", "c"].entries()) {
      expect(server.hear(to, request)).toEqual({
        ...nothing,
        sends: [{ kind: "pre-vote-response", id: i + 1, from: "a", to, term: 3, clock: 0, granted: true }],
      });
    }
    expect({ term: server.node.term, electionAt: server.node.electionAt }).toEqual(before);
  });

  it("is refused while a leader is heard, to a shorter log, and for a term that is not new", () => {
    const answer = (server: LoneServer, body: { readonly lastIndex?: number }) =>
      server.hear("b", { ...request, ...body }).sends;
    const early = new LoneServer({ log: [1, 2] });
    expect(answer(early, {})).toMatchObject([{ granted: false, term: 2 }]);
    const server = new LoneServer({ log: [1, 2] });
    server.tick(10);
    expect(answer(server, { lastIndex: 1 })).toMatchObject([{ granted: false, term: 2 }]);
    const later = new LoneServer({ log: [1, 2], term: 3 });
    later.tick(10);
    expect(answer(later, {})).toMatchObject([{ granted: false, term: 3 }]);
  });

  it("that is refused by a later term brings that term", () => {
    const server = new LoneServer();
    server.tickToElection();
    server.hear("b", { kind: "pre-vote-response", granted: false, term: 7 });
    expect([server.node.term, server.node.role.kind]).toEqual([7, "follower"]);
  });

  it("that was granted for another term counts for nothing", () => {
    const server = new LoneServer({ term: 3 });
    server.tickToElection();
    server.hear("b", { kind: "pre-vote-response", granted: true, term: 3 });
    server.hear("b", { kind: "pre-vote-response", granted: true, term: 5 });
    expect([server.node.term, server.node.role.kind]).toEqual([3, "pre-candidate"]);
  });

  it("keeps a server that was cut off from disturbing the others when it is back", () => {
    const cluster = new Cluster({ voters: ["a", "b", "c"] });
    cluster.elect("a");
    for (let i = 0; i < 100; i += 1) {
      for (const id of ["a", "b", "c"]) cluster.tick(id);
      cluster.settle(({ from, to }) => from === "c" || to === "c");
    }
    cluster.propose("a", 1, 42);
    for (let i = 0; i < 30; i += 1) {
      for (const id of ["a", "b", "c"]) cluster.tick(id);
      cluster.settle();
    }
    expect(["a", "b", "c"].map((id) => [cluster.node(id).term, cluster.node(id).role.kind])).toEqual([
      [1, "leader"],
      [1, "follower"],
      [1, "follower"],
    ]);
    expect(cluster.life("c").machine.bytes).toEqual([1, 42]);
  });
});

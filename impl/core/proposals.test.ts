import { describe, expect, it } from "vitest";
import { entrySize } from "./index.ts";
import { LoneServer } from "./lone-server.suite.ts";

const proposal = (id: number, size: number) => ({ id, data: new Uint8Array(size) });
const size = (bytes: number) => entrySize({ kind: "command", index: 1, term: 1, data: new Uint8Array(bytes) });

describe("a proposal", () => {
  it("is refused by whoever does not lead, with the leader's name where it is known", () => {
    const server = new LoneServer();
    const refused = (leader: string | null) => [{ kind: "refused", id: 1, refusal: { kind: "not-leader", leader } }];
    expect(server.step({ kind: "propose", proposals: [proposal(1, 1)] }).answers).toEqual(refused(null));
    server.hear("b", { kind: "heartbeat", term: 1, commit: 0, round: 1 });
    expect(server.step({ kind: "propose", proposals: [proposal(1, 1)] }).answers).toEqual(refused("b"));
  });

  it("is refused where it is too large, or too much is not committed yet; those before it are taken", () => {
    const limit = 3 * size(10);
    const server = new LoneServer({ settings: { proposalBytesMax: 20, uncommittedBytesMax: limit } });
    server.leadAndCommit("b");
    const proposals = [proposal(1, 21), proposal(2, 10), proposal(3, 10), proposal(4, 10), proposal(5, 0)];
    const { answers, write } = server.step({ kind: "propose", proposals });
    expect(answers).toEqual([
      { kind: "refused", id: 1, refusal: { kind: "too-large", size: 21, sizeMax: 20 } },
      { kind: "refused", id: 5, refusal: { kind: "overloaded", retryAfterTicks: 2 } },
    ]);
    expect(write?.entries.map(({ index }) => index)).toEqual([2, 3, 4]);
  });

  it("is taken again when what was under way is committed", () => {
    const server = new LoneServer({ settings: { proposalBytesMax: 20, uncommittedBytesMax: size(20) } });
    server.leadAndCommit("b");
    const propose = (id: number) => server.step({ kind: "propose", proposals: [proposal(id, 20)] }).answers;
    expect(propose(1)).toEqual([]);
    expect(propose(2)).toMatchObject([{ refusal: { kind: "overloaded" } }]);
    server.written();
    expect(server.hear("b", { kind: "append-accepted", matchIndex: 2 }).apply).toMatchObject([{ proposal: 1 }]);
    expect(propose(3)).toEqual([]);
  });

  it("of which a leader does not know what became is answered so, once", () => {
    const server = new LoneServer();
    server.leadAndCommit("b");
    server.step({ kind: "propose", proposals: [proposal(1, 1), proposal(2, 1)] });
    const answers = server.hear("b", { kind: "heartbeat", term: 2, commit: 0, round: 1 }).answers;
    expect(answers).toEqual([
      { kind: "unknown", id: 1, leader: null },
      { kind: "unknown", id: 2, leader: null },
    ]);
    const request = { kind: "append-request", prevIndex: 3, prevTerm: 1, entries: [], commit: 3 } as const;
    server.written();
    expect(server.hear("b", request)).toMatchObject({ answers: [], apply: [{ proposal: null }, { proposal: null }] });
  });
});

import { describe, expect, it } from "vitest";
import { corpus } from "../../checker/index.ts";
import { boundsOf, raftModels } from "../raft-models.ts";
import { explore } from "./explore.ts";
import { Parents } from "./frontier.ts";
import { leaderHasAllAckedValues, noLogDivergence } from "./invariants.ts";
import { COMMIT, COMMITTED, ENTRY_BITS, FOLLOWER, LEADER, LOG, SERVERS, STATE } from "./layout.ts";

describe("the hand-packed explorer", () => {
  for (const { name, distinct, generated, depth } of raftModels.filter((model) => model.distinct < 100_000)) {
    it(`counts ${name} as the corpus`, () => {
      expect(explore(boundsOf(name), Number.POSITIVE_INFINITY)).toEqual({
        distinct,
        generated,
        depth,
        isComplete: true,
        violated: null,
        path: [],
      });
    });
  }

  // Counts that the corpus does not have; the reference semantics over views gives the same.
  for (const [name, distinct, generated, depth] of [
    ["1s-1e-0r-1v", 5, 5, 5],
    ["2s-1e-1r-3v", 117_974, 175_409, 43],
    ["2s-2e-0r-2v", 39_870, 61_571, 39],
  ] as const) {
    it(`counts ${name} as the other engines do`, () => {
      expect(explore(boundsOf(name), Number.POSITIVE_INFINITY)).toMatchObject({ distinct, generated, depth });
    });
  }

  it("says that it is not complete where the states it may find are too few", () => {
    const { distinct, isComplete } = explore(boundsOf("3s-1e-0r-1v"), 10_000);
    expect(isComplete).toBe(false);
    expect(distinct).toBeGreaterThanOrEqual(10_000);
    expect(distinct).toBeLessThan(11_000);
  });

  it("refuses bounds that a packed row does not hold", () => {
    expect(() => explore(boundsOf("5s-1e-0r-1v"), 1)).toThrow("servers is 5; a packed row holds 1 to 4");
    expect(() => boundsOf("raft")).toThrow('"raft" is not the name of a configuration');
  });

  it("knows the published counts as the corpus has them", () => {
    for (const { name, distinct, generated, depth } of raftModels.filter((model) => model.countedBy === "corpus")) {
      const declared = corpus.find((model) => model.name === `raft-${name}`);
      expect(declared?.expect).toMatchObject({ verdict: "holds", distinct, generated, depth });
    }
  });
});

describe("the invariants on packed rows", () => {
  const entry = (term: number, value: number) => term | (value << 3);
  const server = (term: number, state: number, commit: number, log: readonly number[]) =>
    term | (state << STATE) | (commit << COMMIT) | log.reduce((bits, e, i) => bits | (e << (LOG + ENTRY_BITS * i)), 0);
  const row = (acked: number, ...servers: number[]) =>
    Int32Array.from([acked, ...Array<number>(SERVERS - 1).fill(0), ...servers.flatMap((word) => [word, 0])]);

  it("miss an acknowledged value in the log of the leader of the highest term only", () => {
    const holder = server(2, FOLLOWER, 0, [entry(2, 1)]);
    const acked = COMMITTED << 2;
    expect(leaderHasAllAckedValues(row(acked, holder, server(2, LEADER, 0, [entry(2, 0)])), 0, 2)).toBe(false);
    expect(leaderHasAllAckedValues(row(acked, holder, server(2, LEADER, 0, [entry(2, 1)])), 0, 2)).toBe(true);
    expect(leaderHasAllAckedValues(row(acked, server(3, FOLLOWER, 0, []), server(2, LEADER, 0, [])), 0, 2)).toBe(true);
    expect(leaderHasAllAckedValues(row(1 << 2, holder, server(2, LEADER, 0, [])), 0, 2)).toBe(true);
  });

  it("see logs that differ below both commit indexes", () => {
    const [one, other] = [
      [entry(2, 0), entry(2, 1)],
      [entry(2, 0), entry(3, 1)],
    ];
    expect(noLogDivergence(row(0, server(2, LEADER, 2, one), server(3, FOLLOWER, 2, other)), 0, 2)).toBe(false);
    expect(noLogDivergence(row(0, server(2, LEADER, 2, one), server(3, FOLLOWER, 1, other)), 0, 2)).toBe(true);
  });
});

describe("parents", () => {
  it("lead from the initial state to any state", () => {
    const parents = new Parents();
    for (const parent of [0, 0, 0, 1, 3, 2]) parents.push(parent);
    expect(parents.pathTo(4)).toEqual([0, 1, 3, 4]);
    expect(parents.pathTo(0)).toEqual([0]);
  });
});

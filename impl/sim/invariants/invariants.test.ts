import { describe, expect, it } from "vitest";
import { type BoundMessage, type Entry, initialConfiguration } from "../../core/index.ts";
import { DiskContent } from "../disk.ts";
import { checkAcknowledgedIsCommitted } from "./acknowledged-is-committed.ts";
import { checkCommitsOwnTerm } from "./commits-own-term.ts";
import { checkCommittedIsDurable } from "./committed-is-durable.ts";
import { checkCommittedIsKept } from "./committed-is-kept.ts";
import { checkConfigurationOfLog } from "./configuration-of-log.ts";
import { ElectionSafety } from "./election-safety.ts";
import { Committed, LogChain } from "./facts.ts";
import { checkLeaderAppendOnly } from "./leader-append-only.ts";
import { checkLeaderCompleteness } from "./leader-completeness.ts";
import { LogMatching } from "./log-matching.ts";
import { checkMonotonic } from "./monotonic.ts";
import { OneVotePerTerm } from "./one-vote-per-term.ts";
import { checkPromiseIsDurable } from "./promise-is-durable.ts";
import { StateMachineSafety } from "./state-machine-safety.ts";
import { Violation } from "./violation.ts";

const voters = initialConfiguration({ n1: "", n2: "", n3: "" });

function brokenBy(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof Violation) return `${error.property}: ${error.message}`;
    throw error;
  }
  return "holds";
}

/** A log of entries of these terms, from index 1 on. */
function logOf(...terms: readonly number[]): LogChain {
  const log = new LogChain();
  for (const [i, term] of terms.entries()) log.append({ kind: "no-op", index: i + 1, term });
  return log;
}

/** What a leader of `commitTerm` committed: the first entries of this log. */
function committedOf(log: LogChain, count: number, commitTerm: number): Committed {
  const committed = new Committed();
  for (let i = 1; i <= count; i += 1) committed.append(log.termAt(i) ?? -1, log.linkAt(i) ?? -1, commitTerm);
  return committed;
}

function vote(kind: "vote-request" | "vote-response", to: string, term: number): BoundMessage {
  const envelope = { id: 1, from: "n1", to, term, clock: 0 };
  return kind === "vote-response"
    ? { ...envelope, kind, granted: true }
    : { ...envelope, kind, lastIndex: 0, lastTerm: 0, transfer: false };
}

function diskWith(entries: readonly Entry[]): DiskContent {
  const disk = new DiskContent({ index: 0, term: 0, configuration: voters, size: 0 }, new Uint8Array(0));
  disk.entries = [...entries];
  disk.hardState = { term: 2, votedFor: "n2" };
  return disk;
}

describe("a property", () => {
  it("is broken by two leaders of a term", () => {
    const safety = new ElectionSafety();
    safety.elected("n1", 3);
    safety.elected("n1", 3);
    expect(brokenBy(() => safety.elected("n2", 3))).toBe("ElectionSafety: n2 leads in term 3, in which n1 was elected");
  });

  it("is broken by two votes in a term", () => {
    const votes = new OneVotePerTerm();
    votes.sent(vote("vote-request", "n2", 4));
    votes.sent(vote("vote-request", "n3", 4));
    expect(brokenBy(() => votes.sent(vote("vote-response", "n3", 4)))).toBe(
      "OneVotePerTerm: n1 votes for n3 in term 4, after it has voted for n1",
    );
  });

  it("is broken by logs that have the same entry and differ before it", () => {
    const matching = new LogMatching();
    const [one, other] = [logOf(1, 2), logOf(1, 1, 2)];
    matching.appended("n1", 2, 2, one.linkAt(2) ?? -1);
    matching.appended("n2", 3, 2, other.linkAt(3) ?? -1);
    expect(brokenBy(() => matching.appended("n3", 3, 2, logOf(1, 2, 2).linkAt(3) ?? -1))).toBe(
      "LogMatching: the log of n3 up to entry 3 of term 2 differs from one that had this entry before",
    );
  });

  it("is broken by a leader that removes entries, and not by a server that led before", () => {
    expect(brokenBy(() => checkLeaderAppendOnly("n1", 3, 3, 8))).toBe(
      "LeaderAppendOnly: n1 leads in term 3 and removes its log from entry 8 on",
    );
    expect(brokenBy(() => checkLeaderAppendOnly("n1", 3, 0, 8))).toBe("holds");
  });

  it("is broken by a server that removes what was committed by its term, and not in an earlier term", () => {
    const log = logOf(1, 1);
    const committed = committedOf(log, 2, 3);
    const check = (term: number) => brokenBy(() => checkCommittedIsKept("n1", term, log, committed, 2));
    expect(check(3)).toBe("CommittedIsKept: n1 removes entry 2 of its log, which was committed in term 3");
    expect(check(2)).toBe("holds");
  });

  it("is broken by a leader without an entry that was committed before its term", () => {
    const committed = committedOf(logOf(1, 1), 2, 1);
    const check = (term: number) => brokenBy(() => checkLeaderCompleteness("n2", term, logOf(1), committed));
    expect(check(2)).toBe("LeaderCompleteness: n2 was elected in term 2 without entry 2, committed in term 1");
    expect(check(1)).toBe("holds");
  });

  it("is broken by a leader that counts copies of an older term", () => {
    expect(brokenBy(() => checkCommitsOwnTerm("n1", 5, 2, 3))).toBe(
      "CommitsOwnTerm: n1 commits entry 5 of term 2 as the leader of term 3",
    );
  });

  it("is broken by an entry that is committed and not on the disks of a quorum", () => {
    const commitment = { server: "n1", isLeader: true, index: 4, term: 2, configurations: [voters] };
    const on = (...ids: readonly string[]) =>
      brokenBy(() => checkCommittedIsDurable({ ...commitment, isDurableAt: (id) => ids.includes(id) }));
    expect(on("n1", "n3")).toBe("holds");
    expect(on("n2")).toBe(
      "CommittedIsDurableOnAQuorum: n1 commits entry 4 of term 2, which is not on the disks of a quorum",
    );
    const four = { ...commitment, configurations: [initialConfiguration({ n1: "", n2: "", n3: "", n4: "" })] };
    const half = brokenBy(() => checkCommittedIsDurable({ ...four, isDurableAt: (id) => id < "n3" }));
    expect(half).toContain("quorum");
    const joint = { ...commitment, configurations: [{ ...voters, outgoing: ["n4", "n5", "n6"] }] };
    expect(brokenBy(() => checkCommittedIsDurable({ ...joint, isDurableAt: (id) => id < "n5" }))).toContain("quorum");
    expect(brokenBy(() => checkCommittedIsDurable({ ...commitment, isLeader: false, isDurableAt: () => true }))).toBe(
      "CommittedIsDurableOnAQuorum: n1 takes entry 4 for committed, which no leader has committed",
    );
  });

  it("is broken by a promise that is not on disk", () => {
    const disk = diskWith([{ kind: "no-op", index: 1, term: 2 }]);
    const accepted = (matchIndex: number, term: number): BoundMessage => ({
      kind: "append-accepted",
      id: 1,
      from: "n1",
      to: "n2",
      term,
      clock: 0,
      matchIndex,
    });
    expect(brokenBy(() => checkPromiseIsDurable(accepted(1, 2), disk))).toBe("holds");
    expect(brokenBy(() => checkPromiseIsDurable(accepted(2, 2), disk))).toBe(
      "PromiseIsDurable: n1 acknowledges entry 2 in term 2, which is not on its disk",
    );
    expect(brokenBy(() => checkPromiseIsDurable(vote("vote-response", "n2", 2), disk))).toBe("holds");
    expect(brokenBy(() => checkPromiseIsDurable(vote("vote-response", "n3", 2), disk))).toBe(
      "PromiseIsDurable: n1 votes for n3 in term 2, which is not on its disk",
    );
    expect(brokenBy(() => checkPromiseIsDurable(vote("vote-response", "n3", 1), disk))).toBe("holds");
  });

  it("is broken by entries that are applied out of order, uncommitted, or other than committed", () => {
    const log = logOf(1, 1, 2);
    const committed = committedOf(log, 2, 1);
    const applied = (before: number, index: number, own: LogChain) =>
      brokenBy(() => new StateMachineSafety().applied("n1", before, index, own, committed));
    expect(applied(1, 2, log)).toBe("holds");
    expect(applied(0, 2, log)).toBe("StateMachineSafety: n1 applies entry 2 after entry 0");
    expect(applied(2, 3, log)).toBe("StateMachineSafety: n1 applies entry 3, which nobody committed");
    expect(applied(1, 2, logOf(1, 2))).toBe(
      "StateMachineSafety: n1 applies another entry 2 than the one that was committed",
    );
  });

  it("is broken by state machines that differ at the same entry", () => {
    const safety = new StateMachineSafety();
    safety.image("n1", 5, new Uint8Array([1]));
    safety.image("n2", 5, new Uint8Array([1]));
    expect(brokenBy(() => safety.image("n3", 5, new Uint8Array([2])))).toBe(
      "StateMachineSafety: the state machine of n3 at entry 5 is not that of others",
    );
  });

  it("is broken by a configuration that is in the log no more", () => {
    const log = logOf(1);
    log.append({ kind: "configuration", index: 2, term: 1, configuration: voters });
    expect(brokenBy(() => checkConfigurationOfLog("n1", 2, log))).toBe("holds");
    log.truncateFrom(2);
    expect(brokenBy(() => checkConfigurationOfLog("n1", 2, log))).toBe(
      "ConfigurationOfLog: n1 uses the configuration of entry 2, and the last one in its log is compacted away",
    );
  });

  it("is broken by an index that goes back, and by an answer before the commit", () => {
    expect(brokenBy(() => checkMonotonic("n1", "commit index", 5, 4))).toBe(
      "Monotonic: the commit index of n1 goes back from 5 to 4",
    );
    expect(brokenBy(() => checkAcknowledgedIsCommitted("n1", 2, committedOf(logOf(1), 1, 1)))).toBe(
      "AcknowledgedIsCommitted: n1 tells a client that entry 2 is done, which nobody committed",
    );
  });
});

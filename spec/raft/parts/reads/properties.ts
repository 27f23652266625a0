/** What must hold of reads, and what must be possible. */
import { raft } from "../../protocol.ts";
import type { ServerId, State } from "../../state.ts";
import { answerRead } from "./answer-read.ts";
import type { Read } from "./fields.ts";

/** A read returns what its leader has applied at its index, or later. */
const linearizableReads = raft.stepInvariant("LinearizableReads", {
  says: "A read never returns less than what any server had committed when the read was asked.",
  source: "thesis §6.4: linearizable reads",
  part: (c) => c.readIndex,
  of: [answerRead],
  when: (before, after) =>
    before.servers.some((me, i) => me.reads.some((read) => isAnswered(after, i, read) && read.committed > 0)),
  holds: (before, after) =>
    before.servers.every((me, i) =>
      me.reads.every((read) => !isAnswered(after, i, read) || read.index >= read.committed),
    ),
});

function isAnswered(after: State, i: ServerId, read: Read): boolean {
  return !after.servers.get(i).reads.has(read);
}

const aStaleLeaderIsAsked = raft.reachable("AStaleLeaderIsAsked", {
  says: "A leader is asked for a read, and a later leader has committed what it does not have.",
  part: (c) => c.readIndex && c.Server.length > 2 && c.maxTerm > 1 && c.maxLogLength > 0,
  goal: (s) =>
    s.servers.some((me) => me.reads.some((read) => read.committed > me.commitIndex && read.committed > me.log.length)),
});

const aReadWaitsForAnEntry = raft.reachable("AReadWaitsForAnEntry", {
  says: "A majority has confirmed a read, and it waits for its leader to commit an entry of its own term.",
  part: (c) => c.readIndex && c.maxTerm > 1 && c.maxLogLength > 0,
  goal: (s, c) =>
    s.servers.some((me) =>
      me.reads.some(
        (read) => c.rules.isReadConfirmed(read, c) && me.commitIndex < read.committed && read.committed < read.index,
      ),
    ),
});

const aReadOfAnEarlierTerm = raft.reachable("AReadOfAnEarlierTerm", {
  says: "A leader can answer a read that was asked when an entry of an earlier term was committed.",
  part: (c) => c.readIndex && c.maxTerm > 1 && c.maxLogLength > 1,
  goal: (s, c) =>
    s.servers.some((me) =>
      me.reads.some(
        (read) =>
          read.committed > 0 &&
          me.log.length >= read.committed &&
          me.log.get(read.committed).term < me.term &&
          me.commitIndex >= read.index &&
          c.rules.isReadConfirmed(read, c),
      ),
    ),
});

export const readProperties = [linearizableReads, aStaleLeaderIsAsked, aReadWaitsForAnEntry, aReadOfAnEarlierTerm];

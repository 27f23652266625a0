import type { Message } from "../../messages.ts";
import type { RaftConstants } from "../../protocol.ts";
import type { Server } from "../../state.ts";

/**
 * "Updated on stable storage before responding to RPCs" (figure 2, persistent state): whether a message has to wait until
 * all that its sender has decided is on disk. A vote, given or asked for, promises the term and the vote; a success
 * promises the entries. A leader's vote is on disk, and it may replicate an entry while it is still writing it (thesis
 * §10.2.1). A refusal, an answer to a heartbeat or to a pre-vote and a term that is told promise nothing, and need not wait.
 */
export function waitsForDisk(_: Server, m: Message, c: RaftConstants): boolean {
  switch (m.kind) {
    case "RequestVoteRequest":
      return true;
    case "RequestVoteResponse":
      return m.granted || !c.onlyPromisesWait;
    case "AppendEntriesResponse":
      return m.success || !c.onlyPromisesWait;
    case "AppendEntriesRequest":
    case "HeartbeatRequest":
    case "PreVoteRequest":
    case "TimeoutNow":
    case "InstallSnapshotRequest":
      return false;
    case "HeartbeatResponse":
    case "TermNotice":
    case "PreVoteResponse":
      return !c.onlyPromisesWait;
  }
}

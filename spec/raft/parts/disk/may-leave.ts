import type { Message } from "../../messages.ts";
import type { Server } from "../../state.ts";

/**
 * "Updated on stable storage before responding to RPCs" (figure 2, persistent state): what a message promises is on
 * disk before it leaves. Every message promises its term; a vote, given or asked for, promises the vote; a success
 * promises the entries. A leader may replicate an entry while it is still writing it (thesis §10.2.1).
 */
export function mayLeave(me: Server, m: Message): boolean {
  if (me.durable.term !== me.term) return false;
  switch (m.kind) {
    case "RequestVoteRequest":
    case "RequestVoteResponse":
      return me.durable.votedFor === me.votedFor;
    case "AppendEntriesResponse":
      return me.durable.log.equals(me.log);
    case "AppendEntriesRequest":
      return true;
  }
}

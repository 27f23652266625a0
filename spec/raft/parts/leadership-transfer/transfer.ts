/** What a transfer changes in the rules of the basic algorithm. */
import type { Constants } from "../../constants.ts";
import type { RequestVoteRequest } from "../../messages.ts";
import type { Server, ServerDraft } from "../../state.ts";

/** Whether a leader has named the server that is to lead next. */
export function isTransferring(me: Server, c: Constants): boolean {
  return c.leadershipTransfer && me.transferTo !== null;
}

export function forgetTransfer(me: ServerDraft, c: Constants): void {
  if (c.leadershipTransfer) me.transferTo = null;
}

/** Whether the leader itself wants the election that this request belongs to. */
export function isWantedByLeader(m: RequestVoteRequest, c: Constants): boolean {
  return c.leadershipTransfer && m.isTransfer;
}

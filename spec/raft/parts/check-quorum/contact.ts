/** Who has answered a leader since its last check. */
import type { Constants } from "../../constants.ts";
import { isMajority } from "../../quorum.ts";
import type { Server, ServerDraft, ServerId } from "../../state.ts";

/** A follower has answered in the leader's term. */
export function recordContact(me: ServerDraft, from: ServerId, c: Constants): void {
  if (c.checkQuorum) me.heardFrom.add(from);
}

export function forgetContacts(me: ServerDraft, c: Constants): void {
  if (c.checkQuorum) me.heardFrom.clear();
}

/** Whether a majority has answered, the leader itself included. */
export function isHeardByMajority(me: Server, c: Constants): boolean {
  return isMajority(me.heardFrom.size + 1, c);
}

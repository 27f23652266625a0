import type { Constants } from "../../constants.ts";
import { raft } from "../../protocol.ts";
import type { Server, State } from "../../state.ts";
import { isHeardByMajority } from "./contact.ts";

export const aHeardLeaderStays = raft.stepInvariant("AHeardLeaderStays", {
  says: "A leader that a majority has answered since its last check leads until it learns of a later term, or crashes.",
  source: "thesis §6.2",
  part: (c) => c.checkQuorum && !c.stepDown,
  when: (before, after, c) => isSameRun(before, after) && before.servers.some((me) => isHeard(me, c)),
  holds: (before, after, c) =>
    !isSameRun(before, after) ||
    before.servers.every((me, i) => {
      const then = after.servers.get(i);
      return !isHeard(me, c) || then.role === "Leader" || then.term > me.term;
    }),
});

function isSameRun(before: State, after: State): boolean {
  return before.restarts === after.restarts;
}

function isHeard(me: Server, c: Constants): boolean {
  return me.role === "Leader" && isHeardByMajority(me, c);
}

/** A property that the two modules define, and do not check in the configurations that they come with. */
import { equal } from "../../../spec/lang/index.ts";
import { common, isQuorum } from "../raft-tlaplus/state.ts";

export const committedEntriesReachMajority = common.invariant("CommittedEntriesReachMajority", {
  says: "Of the leaders that have committed something, if any, one has its last committed entry on most servers.",
  source: "FlexibleRaft.tla and RaftFsync.tla, CommittedEntriesReachMajority",
  holds: (s, c) => {
    const committers = c.Server.filter((i) => {
      const { state, commitIndex } = s.servers.get(i);
      return state === "Leader" && commitIndex > 0;
    });
    if (committers.length === 0) return true;
    return committers.some((i) => {
      const { commitIndex, log } = s.servers.get(i);
      const hasCommitted = s.servers.count(
        (server) => server.log.length >= commitIndex && equal(server.log.get(commitIndex), log.get(commitIndex)),
      );
      return isQuorum(hasCommitted, c);
    });
  },
});

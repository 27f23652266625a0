import { deliverable } from "../../network/network.ts";
import { raft } from "../../protocol.ts";
import { receive } from "../../send.ts";

export const ignoreVoteRequest = raft.action("IgnoreVoteRequest", {
  says: "A server that hears a leader, or leads, ignores a request for its vote in a later term.",
  source: "§6; thesis §4.2.3; etcd-io/raft, inLease",
  part: (c) => c.leaderStickiness,
  fair: "weak",
  params: (c) => ({ m: raft.found((s) => deliverable(s.network, "RequestVoteRequest", c)) }),
  guard: (s, { m }, c) => !c.rules.heedsVoteRequest(s.servers.get(m.to), m, c),
  effect: (s, { m }, c) => {
    receive(s, m, c);
  },
});

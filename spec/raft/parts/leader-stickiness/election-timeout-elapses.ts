import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const electionTimeoutElapses = raft.action("ElectionTimeoutElapses", {
  says: "A server has heard from no leader for an election timeout.",
  source: "figure 2, Followers; thesis §4.2.3",
  part: (c) => c.leaderStickiness,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).hearsLeader,
  effect: (s, { i }) => {
    s.servers.get(i).hearsLeader = false;
  },
});

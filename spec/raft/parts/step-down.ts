import { id } from "../../lang/index.ts";
import { raft } from "../protocol.ts";
import { becomeFollower } from "../rules/become-follower.ts";

/**
 * Stepping down: a leader or candidate becomes a follower in its own term, for whatever reason. A leader does that which
 * hears from no majority (check-quorum, thesis §6.2) or whose disk fails; an operator may ask for it.
 */
export const stepDown = raft.action("StepDown", {
  says: "A leader or candidate becomes a follower in its own term.",
  source: "thesis §6.2; etcd-io/raft, CheckQuorum",
  part: (c) => c.stepDown,
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).role !== "Follower",
  effect: (s, { i }, c) => becomeFollower(s.servers.get(i), c),
});

export const aLeaderStepsDown = raft.reachableStep("ALeaderStepsDown", {
  says: "A leader becomes a follower, and no later term has begun.",
  part: (c) => c.stepDown,
  goal: (before, after) =>
    before.restarts === after.restarts &&
    before.servers.some((me, i) => {
      const then = after.servers.get(i);
      return me.role === "Leader" && then.role === "Follower" && me.term === then.term;
    }),
});

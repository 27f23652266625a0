import { id } from "../../lang/index.ts";
import { raft } from "../protocol.ts";

export const restart = raft.action("Restart", {
  says: "A server crashes and starts again from what is on its disk.",
  source: "figure 2, persistent state; TLA+ Restart",
  part: (c) => c.maxRestarts > 0 && !c.writeQueue,
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, _, c) => s.restarts < c.maxRestarts,
  effect: (s, { i }, c) => {
    c.rules.restart(s.servers.get(i), c);
    s.restarts += 1;
  },
});

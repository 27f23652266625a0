import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const transferLeadership = raft.action("TransferLeadership", {
  says: "A leader is asked to hand over to another server, and takes no requests from now on.",
  source: "thesis §3.10",
  part: (c) => c.leadershipTransfer,
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }) => {
    const me = s.servers.get(i);
    return i !== j && me.role === "Leader" && me.transferTo === null;
  },
  effect: (s, { i, j }) => {
    s.servers.get(i).transferTo = j;
  },
});

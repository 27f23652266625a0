import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const abandonTransfer = raft.action("AbandonTransfer", {
  says: "A leader gives a transfer up, and takes requests again.",
  source: "thesis §3.10, last paragraph",
  part: (c) => c.leadershipTransfer,
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).transferTo !== null,
  effect: (s, { i }) => {
    s.servers.get(i).transferTo = null;
  },
});

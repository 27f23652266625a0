import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";
import { becomeFollower } from "../../rules/become-follower.ts";
import { forgetContacts, isHeardByMajority } from "./contact.ts";

export const checkQuorum = raft.action("CheckQuorum", {
  says: "A leader that a majority has answered since its last check leads on. Any other becomes a follower in its own term.",
  source: "thesis §6.2; etcd-io/raft, MsgCheckQuorum",
  part: (c) => c.checkQuorum,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).role === "Leader",
  effect: (s, { i }, c) => {
    const me = s.servers.get(i);
    if (isHeardByMajority(me, c)) forgetContacts(me, c);
    else becomeFollower(me, c);
  },
});

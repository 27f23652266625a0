import { transmit } from "../../network/network.ts";
import { raft } from "../../protocol.ts";

export const sendFromOutbox = raft.action("SendFromOutbox", {
  says: "A message leaves the outbox of its sender once what it promises is on disk.",
  source: "figure 2, persistent state: updated on stable storage before responding",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({
    m: raft.found((s) => c.Server.flatMap((i) => [...s.servers.get(i).outbox])),
  }),
  guard: (s, { m }, c) => c.rules.mayLeave(s.servers.get(m.from), m, c),
  effect: (s, { m }, c) => {
    s.servers.get(m.from).outbox.remove(m);
    transmit(s.network, m, c);
  },
});

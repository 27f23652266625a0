import type { Mutant } from "./mutant.ts";
import { rules } from "../raft/index.ts";

export const acknowledgeBeforeDisk: Mutant = {
  id: "M6",
  says: "A follower acknowledges entries before they are on its disk.",
  seen: "etcd#14370, Jepsen on NATS 2.12.1",
  file: "acknowledge-before-disk.ts",
  rule: "readyToSend",
  by: (me, m) =>
    m.kind === "AppendEntriesResponse" ? me.durable.term === me.term : rules.readyToSend(me, m),
  caught: [],
};

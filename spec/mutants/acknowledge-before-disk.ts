import { rules } from "../raft/index.ts";
import { threeServersAndTheirDisks, twoServersAndTheirDisks } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const acknowledgeBeforeDisk: Mutant = {
  id: "M6",
  says: "A follower acknowledges entries before they are on its disk.",
  seen: "etcd#14370, Jepsen on NATS 2.12.1",
  file: "spec/mutants/acknowledge-before-disk.ts",
  rules: {
    waitsForDisk: (me, m, c) => m.kind !== "AppendEntriesResponse" && rules.waitsForDisk(me, m, c),
  },
  catches: [
    {
      model: "m6",
      property: "LeaderCompleteness",
      bounds: threeServersAndTheirDisks,
      found: { traceLength: 26, distinct: 60_897, generated: 211_249 },
    },
    {
      model: "m6-committed-on-quorum",
      property: "CommittedOnQuorum",
      bounds: twoServersAndTheirDisks,
      found: { traceLength: 16, distinct: 49, generated: 78 },
      note: "The entry is committed when one disk of two has it; it takes no crash to see that.",
    },
  ],
};

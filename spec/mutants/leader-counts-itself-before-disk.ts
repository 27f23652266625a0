import { isMajority } from "../raft/index.ts";
import { oneServerAndItsDisk, threeServersAndTheirDisks } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

export const leaderCountsItselfBeforeDisk: Mutant = {
  id: "M7",
  says: "A leader counts itself among the holders of an entry before it is on its own disk.",
  seen: "etcd#14370, Jepsen on NATS 2.12.1",
  file: "spec/mutants/leader-counts-itself-before-disk.ts",
  rules: {
    isCommittable: (me, i, index, c) => {
      const others = me.matchIndex.count((match, j) => j !== i && match >= index);
      return me.log.get(index).term === me.term && isMajority(1 + others, c);
    },
  },
  catches: [
    {
      model: "m7",
      property: "LeaderCompleteness",
      bounds: threeServersAndTheirDisks,
      found: { traceLength: 30, distinct: 50_097, generated: 150_439 },
    },
    {
      model: "m7-committed-on-quorum",
      property: "CommittedOnQuorum",
      bounds: oneServerAndItsDisk,
      found: { traceLength: 7, distinct: 7, generated: 7 },
      note: "A single server commits what no disk has. The derivation has a restart; the property needs none.",
    },
  ],
};

import { InMemoryCluster } from "./in-memory-cluster.suite.ts";
import { defaultWatchLimits } from "./index.ts";
import { replicaLaws } from "./replica.suite.ts";

replicaLaws("A cluster in memory", async () => {
  const cluster = new InMemoryCluster(["n1", "n2"], defaultWatchLimits);
  const server = (id: string) => {
    const replica = cluster.server(id);
    return { id, replica, machine: replica.machine };
  };
  return { leader: server("n1"), follower: server("n2"), close: async () => {} };
});

import { id, integer } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";

export const takeSnapshot = raft.action("TakeSnapshot", {
  says: "A server takes a snapshot of what it has applied, and discards the log up to there.",
  source: "§7: each server takes snapshots independently, covering just the committed entries in its log",
  part: (c) => c.snapshots,
  params: (c) => ({ i: id(c.Server), lastIncludedIndex: integer(1, Math.max(1, c.maxLogLength)) }),
  guard: (s, { i, lastIncludedIndex }) => {
    const { snapshotIndex, commitIndex } = s.servers.get(i);
    return snapshotIndex < lastIncludedIndex && lastIncludedIndex <= commitIndex;
  },
  effect: (s, { i, lastIncludedIndex }) => {
    s.servers.get(i).snapshotIndex = lastIncludedIndex;
  },
});

import { integer, part } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** Part of the persistent state. The snapshot itself is the prefix of `log` up to here. */
export const snapshotFields = (c: Constants) => ({
  /** The last entry that the snapshot replaces: lastIncludedIndex (figure 13). 0 without a snapshot. */
  snapshotIndex: part(c.snapshots, integer(0, c.maxLogLength)),
});

/** The last entry that the snapshot of a server, of its disk or of a write replaces; 0 without snapshots. */
export function snapshotIndexOf(of: { readonly snapshotIndex: number }, c: Constants): number {
  return c.snapshots ? of.snapshotIndex : 0;
}

import { integer, part } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** What a server keeps of its snapshot, on its disk. The snapshot itself is the prefix of `log` up to here. */
export const snapshotFields = (c: Constants) => ({
  /** The last entry that the snapshot replaces: lastIncludedIndex (figure 13). 0 without a snapshot. */
  snapshotIndex: part(c.snapshots, integer(0, c.maxLogLength)),
});

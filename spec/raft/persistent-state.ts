import { id, integer, option, sequence } from "../lang/index.ts";
import type { Constants } from "./constants.ts";
import { entrySchema } from "./messages.ts";
import { snapshotFields } from "./parts/snapshots/fields.ts";

/** "Persistent state on all servers" (figure 2): what a server keeps on its disk. */
export const persistentFields = (c: Constants) => ({
  /** The latest term this server has seen. */
  term: integer(0, c.maxTerm),
  /** The candidate that received this server's vote in `term`. */
  votedFor: option(id(c.Server)),
  log: sequence(entrySchema(c), c.maxLogLength),
  ...snapshotFields(c),
});

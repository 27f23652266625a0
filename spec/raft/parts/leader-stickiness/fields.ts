import { boolean, part } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** What a server has besides, where it keeps a leader that it hears. */
export const stickinessFields = (c: Constants) => ({
  /** Whether this server heard from a leader less than an election timeout ago. A leader hears itself, and need not say so. */
  hearsLeader: part(c.leaderStickiness, boolean()),
});

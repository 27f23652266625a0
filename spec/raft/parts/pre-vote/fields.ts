import { id, part, set } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** What a server has besides, where it asks before it starts an election. */
export const preVoteFields = (c: Constants) => ({
  /** Followers that ask for pre-votes, else empty: who would vote for this server in the next term. */
  preVotesGranted: part(c.preVote, set(id(c.Server))),
});

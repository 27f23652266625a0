import { id, option, part } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** What a server has besides, where a leader may hand over. */
export const transferFields = (c: Constants) => ({
  /** Leaders only, else null: the server that is to lead next. */
  transferTo: part(c.leadershipTransfer, option(id(c.Server))),
});

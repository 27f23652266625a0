import { id, part, set } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** What a server has besides, where a leader checks that a majority hears it. */
export const checkQuorumFields = (c: Constants) => ({
  /** Leaders only, else empty: which followers have answered since the last check. */
  heardFrom: part(c.checkQuorum, set(id(c.Server))),
});

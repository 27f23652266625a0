/** What RaftWithReconfigJointConsensus.tla adds to the state that the two modules have in common. */
import {
  type ConstantsOf,
  choice,
  count,
  integer,
  protocol,
  record,
  type ViewOf,
} from "../../../../spec/lang/index.ts";
import { commonConstants, commonFieldsOf } from "../state.ts";

const constants = {
  ...commonConstants,
  MaxReconfigs: count({ default: 1, max: 4, says: "how many changes of the configuration a leader starts" }),
  /** One to four in the original. */
  ReconfigType: choice(["any", "one-for-one", "add-only", "remove-only"], {
    default: "any",
    says: "which members a change may add and remove",
  }),
};

export type JointConstants = ConstantsOf<typeof constants>;

/** A change takes two entries: the joint configuration, and the new one. */
function stateOf(c: JointConstants) {
  return record({
    ...commonFieldsOf(c, { changes: 2 * c.MaxReconfigs, configId: Math.max(1, c.MaxReconfigs) }),
    reconfigCtr: integer(0, c.MaxReconfigs),
  });
}

export type JointState = ViewOf<ReturnType<typeof stateOf>>;

export const joint = protocol("RaftWithReconfigJointConsensus", { constants, state: stateOf });

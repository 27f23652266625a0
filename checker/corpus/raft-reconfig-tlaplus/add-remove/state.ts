/** What RaftWithReconfigAddRemove.tla adds to the state that the two modules have in common. */
import { type ConstantsOf, count, flag, integer, protocol, record, type ViewOf } from "../../../../spec/lang/index.ts";
import { commonConstants, commonFieldsOf } from "../state.ts";

const constants = {
  ...commonConstants,
  MaxAddReconfigs: count({ default: 1, max: 4, says: "how many times a leader adds a server" }),
  MaxRemoveReconfigs: count({ default: 0, max: 4, says: "how many times a leader removes a server" }),
  MinClusterSize: count({ default: 2, min: 1, max: 5, says: "from how many members none is removed" }),
  MaxClusterSize: count({ default: 5, min: 1, max: 5, says: "to how many members none is added" }),
  IncludeThesisBug: flag({
    default: false,
    says: "a new leader changes the configuration before it has committed an entry of its own term",
  }),
};

function stateOf(c: ConstantsOf<typeof constants>) {
  const changes = c.MaxAddReconfigs + c.MaxRemoveReconfigs;
  return record({
    ...commonFieldsOf(c, { changes, configId: 1 + changes }),
    addReconfigCtr: integer(0, c.MaxAddReconfigs),
    removeReconfigCtr: integer(0, c.MaxRemoveReconfigs),
  });
}

export const addRemove = protocol("RaftWithReconfigAddRemove", { constants, state: stateOf });

export type AddRemoveConstants = ConstantsOf<typeof constants>;
export type AddRemoveState = ViewOf<ReturnType<typeof stateOf>>;

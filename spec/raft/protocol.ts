import { protocol } from "../lang/index.ts";
import { constants } from "./constants.ts";
import { rules } from "./rules/index.ts";
import { stateSchema } from "./state.ts";

/** The typed builders that every action and property of Raft is made with. */
export const raft = protocol("Raft", { constants, state: stateSchema, rules });

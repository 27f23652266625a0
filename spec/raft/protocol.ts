import { protocol } from "../lang/index.ts";
import { type Constants, constants } from "./constants.ts";
import { type Rules, rules } from "./rules/index.ts";
import { stateSchema } from "./state.ts";

/** The constants of a model, and the rules, as every action and rule is given them. */
export type RaftConstants = Constants & { readonly rules: Rules };

/** The typed builders that every action and property of Raft is made with. */
export const raft = protocol("Raft", { constants, state: stateSchema, rules });

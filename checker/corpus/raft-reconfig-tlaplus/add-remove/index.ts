/** RaftWithReconfigAddRemove.tla: the cluster grows and shrinks by one server at a time, as in Ongaro's thesis. */
import type { ModelDeclaration } from "../../../../spec/lang/index.ts";
import { startCluster } from "../configuration.ts";
import { elections } from "../elections.ts";
import { leaderHasAllAckedValues, leaversAreLeftOut, noLogDivergence, noNewcomerLeads } from "../properties.ts";
import { replication } from "../replication.ts";
import { modelsOf } from "../rows.ts";
import { snapshots } from "../snapshots.ts";
import { maxOneReconfigurationAtATime } from "./properties.ts";
import {
  appendAddServerCommandToLog,
  appendRemoveServerCommandToLog,
  resetWithSameIdentity,
} from "./reconfiguration.ts";
import { addRemove } from "./state.ts";

const origin = "Vanlightly/raft-tlaplus, specifications/standard-raft/RaftWithReconfigAddRemove.tla";

/**
 * The servers are not declared symmetric: some are members at the start, and one of them leads. No fairness is assumed and
 * no liveness stated: a server that is wiped, hears of a term from an old message, and is wiped again does so for ever.
 */
const raftAddRemove = addRemove.spec({
  says: "Raft that adds and removes one server at a time, brings new members up to date by snapshots, and reuses names.",
  source: origin,
  init: {
    guard: (_, __, c) => c.InitClusterSize <= c.Server.length,
    effect: (s, _, c) => startCluster(s, c, "InitClusterCommand"),
  },
  actions: [
    ...elections,
    ...replication,
    appendAddServerCommandToLog,
    appendRemoveServerCommandToLog,
    ...snapshots,
    resetWithSameIdentity,
  ],
  properties: [
    leaderHasAllAckedValues,
    noLogDivergence,
    maxOneReconfigurationAtATime,
    noNewcomerLeads,
    leaversAreLeftOut,
  ],
  symmetry: ["Value"],
});

export const raftAddRemoveModels: readonly ModelDeclaration[] = modelsOf({
  spec: raftAddRemove,
  file: "checker/corpus/raft-reconfig-tlaplus/add-remove/index.ts",
  origin,
  set: {
    Server: 2,
    Value: 1,
    InitClusterSize: 2,
    MaxElections: 1,
    MaxRestarts: 0,
    MaxAddReconfigs: 0,
    MaxRemoveReconfigs: 0,
    MinClusterSize: 1,
    MaxClusterSize: 5,
    MaxValuesPerTerm: 0,
    IncludeThesisBug: false,
  },
  rows: [
    {
      name: "raft-add-remove-2s-2e-remove",
      says: "One of two members is removed; two elections.",
      set: { MaxElections: 2, MaxRemoveReconfigs: 1 },
      found: { distinct: 1_600, generated: 2_483, depth: 20 },
    },
    {
      name: "raft-add-remove-3s-1e-add",
      says: "A third member is added to two; one election.",
      set: { Server: 3, MaxAddReconfigs: 1, MinClusterSize: 2 },
      found: { distinct: 217_952, generated: 575_579, depth: 39 },
    },
    {
      name: "raft-add-remove-2s-2e-1r-1v-remove",
      says: "A leader that restarts, and is elected again, takes the first configuration for one that is under way.",
      set: { MaxElections: 2, MaxRestarts: 1, MaxRemoveReconfigs: 1, MaxValuesPerTerm: 1 },
      found: { violated: "MaxOneReconfigurationAtATime", traceLength: 5 },
    },
    {
      name: "raft-add-remove-2s-1e-1r-remove",
      says: "One of two members is removed, and logs stay the same whichever server restarts.",
      set: { MaxRestarts: 1, MaxRemoveReconfigs: 1 },
      properties: ["LeaderHasAllAckedValues", "NoLogDivergence"],
      found: { distinct: 1_008, generated: 1_742, depth: 15 },
    },
    {
      name: "raft-add-remove-2s-1e-remove",
      says: "One of two members is removed; a new leader waits for an entry of its own term, and no client brings one.",
      set: { MaxRemoveReconfigs: 1 },
      found: { distinct: 215, generated: 321, depth: 14 },
    },
    {
      name: "raft-add-remove-2s-1e-remove-thesis",
      says: "The same by the thesis before its correction: a new leader changes the configuration at once.",
      set: { MaxRemoveReconfigs: 1, IncludeThesisBug: true },
      found: { distinct: 447, generated: 751, depth: 20 },
    },
    {
      name: "raft-add-remove-2s-2e-remove-thesis",
      says: "The thesis before its correction, with two elections.",
      set: { MaxElections: 2, MaxRemoveReconfigs: 1, IncludeThesisBug: true },
      found: { distinct: 9_237, generated: 20_334, depth: 32 },
    },
    {
      name: "raft-add-remove-3s-0e-add-add",
      says: "A single member becomes three, one after the other, under one leader.",
      set: { Server: 3, InitClusterSize: 1, MaxElections: 0, MaxAddReconfigs: 2 },
      found: { distinct: 3_101, generated: 5_653, depth: 34 },
    },
    {
      name: "raft-add-remove-2s-1e-1v-add",
      says: "A second member gets a snapshot that may have a client's value; one election.",
      set: { InitClusterSize: 1, MaxAddReconfigs: 1, MaxValuesPerTerm: 1 },
      found: { distinct: 2_587, generated: 3_455, depth: 32 },
    },
    {
      name: "raft-add-remove-2s-1e-remove-add",
      says: "One of two members is removed, wiped, and added again under its old name.",
      set: { MaxAddReconfigs: 1, MaxRemoveReconfigs: 1 },
      found: { distinct: 2_360, generated: 3_204, depth: 32 },
    },
    {
      name: "raft-add-remove-2s-1e-1v-remove-add",
      says: "The same with a client's value.",
      set: { MaxAddReconfigs: 1, MaxRemoveReconfigs: 1, MaxValuesPerTerm: 1 },
      found: { distinct: 71_949, generated: 103_670, depth: 46 },
    },
    {
      name: "raft-add-remove-2s-1e-2v-remove",
      says: "One of two members is removed; one of two values a term.",
      set: { Value: 2, MaxRemoveReconfigs: 1, MaxValuesPerTerm: 1 },
      found: { distinct: 24_665, generated: 58_317, depth: 42 },
    },
    {
      name: "raft-add-remove-2s-1e-2v-remove-sym",
      says: "The same; states that differ in the names of values count once.",
      set: { Value: 2, MaxRemoveReconfigs: 1, MaxValuesPerTerm: 1 },
      symmetry: true,
      found: { distinct: 12_440, generated: 29_452, depth: 42 },
    },
    {
      name: "raft-add-remove-2s-1e-1r-1v-add",
      says: "How soon a leader that restarts has two configurations that it does not know to be committed, by an addition.",
      set: { InitClusterSize: 1, MaxRestarts: 1, MaxAddReconfigs: 1, MaxValuesPerTerm: 1 },
      found: { violated: "MaxOneReconfigurationAtATime", traceLength: 8 },
    },
    {
      name: "raft-add-remove-3s-1e-1v-remove-remove",
      says: "A member that was removed and wiped votes for one that missed the removals: an acknowledged value is lost.",
      set: { Server: 3, InitClusterSize: 3, MaxRemoveReconfigs: 2, MaxValuesPerTerm: 1 },
      found: { violated: "LeaderHasAllAckedValues", traceLength: 15 },
    },
    {
      name: "raft-add-remove-2s-1e-add-newcomer",
      says: "How soon a member that was added can lead.",
      set: { InitClusterSize: 1, MaxAddReconfigs: 1 },
      properties: ["NoNewcomerLeads"],
      found: { violated: "NoNewcomerLeads", traceLength: 10 },
    },
    {
      name: "raft-add-remove-2s-1e-1r-1v-remove-add-leaver",
      says: "A member that was removed and added again restarts, is elected, and resigns though it is a member.",
      set: { MaxRestarts: 1, MaxAddReconfigs: 1, MaxRemoveReconfigs: 1, MaxValuesPerTerm: 1 },
      properties: ["LeaversAreLeftOut"],
      found: { violated: "LeaversAreLeftOut", traceLength: 17 },
    },
  ],
});

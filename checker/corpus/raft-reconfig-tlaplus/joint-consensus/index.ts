/** RaftWithReconfigJointConsensus.tla: the cluster changes any number of members at once, by way of a joint configuration. */
import type { ModelDeclaration } from "../../../../spec/lang/index.ts";
import { startCluster } from "../configuration.ts";
import { elections } from "../elections.ts";
import { leaderHasAllAckedValues, leaversAreLeftOut, noLogDivergence, noNewcomerLeads } from "../properties.ts";
import { replication } from "../replication.ts";
import { modelsOf } from "../rows.ts";
import { snapshots } from "../snapshots.ts";
import { maxOneReconfigurationAtATime } from "./properties.ts";
import { appendNewConfigToLog, appendOldNewConfigToLog } from "./reconfiguration.ts";
import { joint } from "./state.ts";

const origin = "Vanlightly/raft-tlaplus, specifications/standard-raft/RaftWithReconfigJointConsensus.tla";

/** The servers are not symmetric: some are members at the start, and one of them leads. */
const raftJoint = joint.spec({
  says: "Raft that changes several members at once by joint consensus, and brings new ones up to date by snapshots.",
  source: origin,
  init: {
    guard: (_, __, c) => c.InitClusterSize <= c.Server.length,
    effect: (s, _, c) => startCluster(s, c, "NewConfigCommand"),
  },
  actions: [...elections, ...replication, appendOldNewConfigToLog, appendNewConfigToLog, ...snapshots],
  properties: [
    leaderHasAllAckedValues,
    noLogDivergence,
    maxOneReconfigurationAtATime,
    noNewcomerLeads,
    leaversAreLeftOut,
  ],
  symmetry: ["Value"],
});

/**
 * Equal to TLC too, and too large for the routine tests: Value = 2, InitClusterSize = 1, MaxValuesPerTerm = 1, add-only,
 * with 283,957 distinct, 404,945 generated, depth 54; with SYMMETRY symmValues 142,494 distinct, 203,835 generated, depth 54.
 */
export const raftJointModels: readonly ModelDeclaration[] = modelsOf({
  spec: raftJoint,
  file: "checker/corpus/raft-reconfig-tlaplus/joint-consensus/index.ts",
  origin,
  set: {
    Server: 2,
    Value: 1,
    InitClusterSize: 2,
    MaxElections: 1,
    MaxRestarts: 0,
    MaxReconfigs: 1,
    MaxValuesPerTerm: 0,
    ReconfigType: "any",
  },
  rows: [
    {
      name: "raft-joint-2s-2e-one-for-one",
      says: "Two members and no third server to replace one: nothing but two elections.",
      set: { MaxElections: 2, ReconfigType: "one-for-one" },
      found: { distinct: 755, generated: 1_089, depth: 20 },
    },
    {
      name: "raft-joint-3s-1e-one-for-one",
      says: "A single member is replaced by one of two others; one election.",
      set: { Server: 3, InitClusterSize: 1, ReconfigType: "one-for-one" },
      found: { distinct: 861, generated: 1_269, depth: 23 },
    },
    {
      name: "raft-joint-3s-0e-any",
      says: "Two members of three servers change in any way, under one leader.",
      set: { Server: 3, MaxElections: 0 },
      found: { distinct: 29_220, generated: 53_422, depth: 45 },
    },
    {
      name: "raft-joint-3s-0e-remove-only",
      says: "Three members become fewer in any way, to none at all, under one leader.",
      set: { Server: 3, InitClusterSize: 3, MaxElections: 0, ReconfigType: "remove-only" },
      found: { distinct: 34_496, generated: 63_241, depth: 41 },
    },
    {
      name: "raft-joint-2s-1e-remove-only-twice",
      says: "Two members become fewer, in two changes; one election.",
      set: { MaxReconfigs: 2, ReconfigType: "remove-only" },
      found: { distinct: 3_232, generated: 4_680, depth: 31 },
    },
    {
      name: "raft-joint-2s-1e-any-twice",
      says: "Two members change in any way, twice; one election.",
      set: { MaxReconfigs: 2 },
      found: { distinct: 60_248, generated: 82_906, depth: 50 },
    },
    {
      name: "raft-joint-2s-1e-1r-any",
      says: "Two members change in any way, and one of them restarts; one election.",
      set: { MaxRestarts: 1 },
      found: { distinct: 24_814, generated: 41_008, depth: 46 },
    },
    {
      name: "raft-joint-2s-1e-1v-add-only",
      says: "A second member gets a snapshot that may have a client's value; one election.",
      set: { InitClusterSize: 1, MaxValuesPerTerm: 1, ReconfigType: "add-only" },
      found: { distinct: 29_623, generated: 40_148, depth: 43 },
    },
    {
      name: "raft-joint-2s-0e-2v-add-only",
      says: "A second member gets a snapshot that may have two values, under one leader.",
      set: { Value: 2, InitClusterSize: 1, MaxElections: 0, MaxValuesPerTerm: 2, ReconfigType: "add-only" },
      found: { distinct: 53_269, generated: 67_509, depth: 46 },
    },
    {
      name: "raft-joint-2s-0e-2v-add-only-sym",
      says: "The same; states that differ in the names of values count once.",
      set: { Value: 2, InitClusterSize: 1, MaxElections: 0, MaxValuesPerTerm: 2, ReconfigType: "add-only" },
      symmetry: true,
      found: { distinct: 26_681, generated: 33_902, depth: 46 },
    },
    {
      name: "raft-joint-3s-1e-one-for-one-newcomer",
      says: "How soon the server that replaces a member can lead.",
      set: { Server: 3, ReconfigType: "one-for-one" },
      properties: ["NoNewcomerLeads"],
      found: { violated: "NoNewcomerLeads", traceLength: 13 },
    },
    {
      name: "raft-joint-2s-1e-1r-1v-add-only-leaver",
      says: "A member that was added restarts, is elected, and resigns though it is a member.",
      set: { InitClusterSize: 1, MaxRestarts: 1, MaxValuesPerTerm: 1, ReconfigType: "add-only" },
      properties: ["LeaversAreLeftOut"],
      found: { violated: "LeaversAreLeftOut", traceLength: 16 },
    },
  ],
});

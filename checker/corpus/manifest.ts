/** Every model of the corpus, with the verdict and the counts that somebody else published for it. */
import type { ModelDeclaration } from "../../spec/lang/index.ts";
import { atomicCommitWrongModels } from "./atomic-commit-wrong.ts";
import { chameneosModels } from "./chameneos.ts";
import { dieHardModels } from "./die-hard.ts";
import { diningPhilosophersModels } from "./dining-philosophers.ts";
import { ewd840Models } from "./ewd840.ts";
import { fastPaxosModels } from "./fast-paxos.ts";
import { flexibleRaftModels } from "./flexible-raft-tlaplus/index.ts";
import { lamportMutexModels } from "./lamport-mutex.ts";
import { missionariesAndCannibalsModels } from "./missionaries-and-cannibals.ts";
import { paxosCommitModels } from "./paxos-commit.ts";
import { petersonModels } from "./peterson.ts";
import { raftFsyncModels } from "./raft-fsync-tlaplus/index.ts";
import { raftAddRemoveModels } from "./raft-reconfig-tlaplus/add-remove/index.ts";
import { raftJointModels } from "./raft-reconfig-tlaplus/joint-consensus/index.ts";
import { raftTlaplusModels } from "./raft-tlaplus/index.ts";
import { readersWritersModels } from "./readers-writers.ts";
import { schedulingAllocatorModels } from "./scheduling-allocator.ts";
import { sdpModels } from "./sdp/index.ts";
import { slidingPuzzlesModels } from "./sliding-puzzles.ts";
import { terminationDetectionModels } from "./termination-detection.ts";
import { towerOfHanoiModels } from "./tower-of-hanoi.ts";
import { transactionCommitModels } from "./transaction-commit.ts";
import { twoPhaseModels } from "./two-phase.ts";

export const corpus: readonly ModelDeclaration[] = [
  ...transactionCommitModels,
  ...twoPhaseModels,
  ...paxosCommitModels,
  ...ewd840Models,
  ...terminationDetectionModels,
  ...diningPhilosophersModels,
  ...petersonModels,
  ...readersWritersModels,
  ...lamportMutexModels,
  ...chameneosModels,
  ...fastPaxosModels,
  ...schedulingAllocatorModels,
  ...raftTlaplusModels,
  ...flexibleRaftModels,
  ...raftFsyncModels,
  ...raftAddRemoveModels,
  ...raftJointModels,
  ...dieHardModels,
  ...missionariesAndCannibalsModels,
  ...towerOfHanoiModels,
  ...slidingPuzzlesModels,
  ...atomicCommitWrongModels,
  ...sdpModels,
];

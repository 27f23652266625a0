/** Every model of the corpus, with the verdict and the counts that somebody else published for it. */
import type { ModelDeclaration } from "../../spec/lang/index.ts";
import { chameneosModels } from "./chameneos.ts";
import { diningPhilosophersModels } from "./dining-philosophers.ts";
import { fastPaxosModels } from "./fast-paxos.ts";
import { lamportMutexModels } from "./lamport-mutex.ts";
import { petersonModels } from "./peterson.ts";
import { readersWritersModels } from "./readers-writers.ts";
import { twoPhaseModels } from "./two-phase.ts";

export const corpus: readonly ModelDeclaration[] = [
  ...twoPhaseModels,
  ...diningPhilosophersModels,
  ...petersonModels,
  ...readersWritersModels,
  ...lamportMutexModels,
  ...chameneosModels,
  ...fastPaxosModels,
];

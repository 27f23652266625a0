/**
 * The bounds of the mutants, and what the unbroken spec gives within them. Mutants that need the same bounds share
 * them, and with them the twin that shows the unbroken spec to hold there.
 *
 * Three servers need two messages in flight, because a candidate asks two others at once. One more lets a rival start
 * its election while the request to it is still under way, and so in the same term.
 */
import type { Bounds } from "./mutant.ts";

const twoServers = { Server: 2, maxTerm: 1, maxLogLength: 1, maxInFlight: 2 };
const threeServers = { Server: 3, maxTerm: 2, maxLogLength: 1, maxInFlight: 2 };
const election = { Server: 3, maxTerm: 1, maxLogLength: 0, maxInFlight: 3 };

export const oneServerAndRestart: Bounds = {
  set: { Server: 1, maxTerm: 1, maxLogLength: 0, maxInFlight: 1, maxRestarts: 1 },
  unbroken: { distinct: 7, generated: 8, depth: 4 },
};

export const twoServersOneElection: Bounds = {
  set: { ...twoServers, maxLogLength: 0 },
  unbroken: { distinct: 15, generated: 22, depth: 9 },
};

export const oneElectionAndRestart: Bounds = {
  set: { ...election, maxRestarts: 1 },
  unbroken: { distinct: 1_087, generated: 4_128, depth: 22 },
};

export const twoElections: Bounds = {
  set: { ...election, maxTerm: 2, maxInFlight: 4 },
  unbroken: { distinct: 32_402, generated: 132_114, depth: 30 },
};

export const oneElectionOfFour: Bounds = {
  set: { ...election, Server: 4, maxDuplicates: 2, loss: true },
  unbroken: { distinct: 13_982, generated: 91_147, depth: 23 },
};

export const twoServersTwoElections: Bounds = {
  set: { ...twoServers, maxTerm: 2, maxLogLength: 0 },
  unbroken: { distinct: 99, generated: 195, depth: 13 },
};

export const twoServersOneTerm: Bounds = {
  set: twoServers,
  unbroken: { distinct: 79, generated: 156, depth: 16 },
};

export const twoServersTwoTerms: Bounds = {
  set: { ...twoServers, maxTerm: 2, maxInFlight: 1 },
  unbroken: { distinct: 75, generated: 98, depth: 22 },
};

export const twoServersInOrder: Bounds = {
  set: { ...twoServers, maxTerm: 2, maxInFlight: 1, network: "channels" },
  unbroken: { distinct: 75, generated: 98, depth: 22 },
};

export const twoTerms: Bounds = {
  set: threeServers,
  unbroken: { distinct: 5_330, generated: 12_444, depth: 34 },
};

export const twoTermsAndRestart: Bounds = {
  set: { ...threeServers, maxRestarts: 1 },
  unbroken: { distinct: 15_135, generated: 49_586, depth: 35 },
};

export const threeTerms: Bounds = {
  set: { ...threeServers, maxTerm: 3 },
  unbroken: { distinct: 15_511, generated: 35_922, depth: 42 },
};

export const fourTerms: Bounds = {
  set: { ...threeServers, maxTerm: 4 },
  unbroken: { distinct: 35_016, generated: 80_792, depth: 48 },
};

export const twoTermsTwoEntries: Bounds = {
  set: { ...threeServers, maxLogLength: 2 },
  unbroken: { distinct: 64_680, generated: 160_798, depth: 43 },
};

export const twoServersTwoValues: Bounds = {
  set: { ...twoServers, maxTerm: 2, maxInFlight: 1, Value: 2 },
  unbroken: { distinct: 75, generated: 105, depth: 22 },
};

export const twoTermsHeartbeats: Bounds = {
  set: { ...threeServers, heartbeats: true },
  unbroken: { distinct: 6_561, generated: 15_682, depth: 34 },
};

const pipelined = { maxLogLength: 2, maxBatch: 2, nackHint: true, pipelining: true };

export const twoTermsPipelined: Bounds = {
  set: { ...threeServers, ...pipelined },
  unbroken: { distinct: 90_561, generated: 226_727, depth: 44 },
};

export const threeTermsPipelined: Bounds = {
  set: { ...threeServers, ...pipelined, maxTerm: 3, maxInFlight: 3 },
  unbroken: { distinct: 26_316_413, generated: 90_327_210, depth: 68 },
  engine: "lowered",
};

export const oneServerAndItsSnapshot: Bounds = {
  set: { ...twoServers, Server: 1, maxInFlight: 1, maxRestarts: 1, snapshots: true },
  unbroken: { distinct: 15, generated: 17, depth: 7 },
};

export const threeServersAndTheirSnapshots: Bounds = {
  set: { ...threeServers, snapshots: true },
  unbroken: { distinct: 16_505, generated: 52_389, depth: 36 },
};

export const oneServerAndItsDisk: Bounds = {
  set: { ...twoServers, Server: 1, maxInFlight: 1, writeQueue: true },
  unbroken: { distinct: 9, generated: 9, depth: 9 },
};

export const twoServersAndTheirDisks: Bounds = {
  set: { ...twoServers, maxInFlight: 1, writeQueue: true },
  unbroken: { distinct: 48, generated: 76, depth: 22 },
};

export const threeServersAndTheirDisks: Bounds = {
  set: { ...threeServers, writeQueue: true, maxRestarts: 1 },
  unbroken: { distinct: 116_669, generated: 366_778, depth: 58 },
};

export const twoServersOneRead: Bounds = {
  set: { ...twoServers, maxTerm: 2, maxInFlight: 1, readIndex: true },
  unbroken: { distinct: 320, generated: 536, depth: 26 },
};

export const twoTermsOneRead: Bounds = {
  set: { ...threeServers, maxLogLength: 2, readIndex: true },
  unbroken: { distinct: 1_221_392, generated: 3_787_827, depth: 51 },
  engine: "lowered",
};

/** A stale answer is under way during an election, whose requests leave no room for another: one of them is lost. */
export const twoTermsOneReadLate: Bounds = {
  set: { ...threeServers, maxLogLength: 2, loss: true, heartbeatMessages: true, readIndex: true },
  unbroken: { distinct: 15_570_265, generated: 81_477_075, depth: 53 },
  engine: "lowered",
};

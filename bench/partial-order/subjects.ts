/** The models on which partial-order reduction is measured: those whose graphs can be held. */
import { corpus } from "../../checker/index.ts";
import { instantiate, type Settings } from "../../spec/lang/index.ts";
import { raftModels } from "../../spec/raft/index.ts";
import type { Subject } from "./measure.ts";

interface Choice {
  readonly model: string;
  readonly set?: Settings;
  /** Whether dead data is left out, and states that differ in the names of symmetric ids count once. */
  readonly deadData?: boolean;
  readonly symmetry?: boolean;
}

const tiny: readonly Choice[] = [
  { model: "peterson" },
  { model: "dining-philosophers" },
  { model: "two-phase" },
  { model: "raft-2s-2e-0r-1v", deadData: true, symmetry: true },
];

const all: readonly Choice[] = [
  { model: "raft-3s-1e-0r-1v" },
  { model: "raft-3s-1e-0r-1v", symmetry: true },
  { model: "raft-3s-1e-0r-1v", deadData: true },
  { model: "raft-3s-1e-0r-1v", deadData: true, symmetry: true },
  { model: "raft-2s-2e-0r-1v" },
  { model: "raft-2s-2e-0r-1v", deadData: true },
  { model: "raft-2s-2e-1r-1v" },
  { model: "raft-2s-2e-1r-1v", deadData: true },
  { model: "raft-plain" },
  { model: "raft-plain", symmetry: true },
  { model: "raft-two-servers", set: { maxTerm: 2 } },
  { model: "raft-two-servers", set: { maxLogLength: 1 } },
  { model: "raft-one-server" },
  { model: "two-phase", set: { RM: 5 } },
  { model: "transaction-commit", set: { RM: 6 } },
  { model: "paxos-commit", set: { RM: 1 } },
  { model: "fast-paxos", set: { Replicas: 3, Values: 2 } },
  { model: "peterson" },
  { model: "dining-philosophers", set: { NP: 7 } },
  { model: "readers-writers" },
  { model: "lamport-mutex", set: { maxClock: 3 } },
  { model: "chameneos" },
  { model: "ewd840", set: { N: 4 } },
  { model: "termination-detection", set: { N: 3 } },
  { model: "scheduling-allocator" },
];

export function tinySubjects(): readonly Subject[] {
  return tiny.map(subjectOf);
}

export function allSubjects(): readonly Subject[] {
  return all.map(subjectOf);
}

function subjectOf({ model: name, set = {}, deadData = false, symmetry = false }: Choice): Subject {
  const declaration = [...corpus, ...raftModels].find((one) => one.name === name);
  if (declaration === undefined) throw new RangeError(`there is no model ${name}`);
  const model = instantiate({ ...declaration, deadData, symmetry }, set);
  if (!model.ok) throw new RangeError(`${name}: ${JSON.stringify(model.problems)}`);
  const settings = Object.entries(set).map(([constant, value]) => `${constant}=${value}`);
  const reductions = [...(deadData ? ["dead data"] : []), ...(symmetry ? ["symmetry"] : [])];
  return { name: [name, ...settings, ...reductions].join(", "), model: model.value };
}

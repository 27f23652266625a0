/** The models of the mutants, and of the unbroken spec at the same bounds. */
import {
  type ModelDeclaration,
  map,
  nodeOf,
  record,
  type Settings,
  type Spec,
  withRules,
  withState,
} from "../lang/index.ts";
import { type Constants, raftSpec } from "../raft/index.ts";
import type { Bounds, Catch, Mutant } from "./mutant.ts";

const recordedBy = "recorded by spec/mutants/mutants.test.ts";

/** The model in which this mutant must be caught. */
export function modelOf(mutant: Mutant, { model, property, bounds, found, note }: Catch): ModelDeclaration {
  const { says, seen, file, rules } = mutant;
  const expect = {
    verdict: "violated",
    violated: property,
    traceLength: found.traceLength,
    source: recordedBy,
  } as const;
  return {
    name: model,
    spec: { ...withRules(withFields(mutant), rules), says, source: seen },
    says,
    file,
    ...asChecked(bounds.set, [property]),
    expect: note === undefined ? expect : { ...expect, note },
  };
}

/** The spec of Raft in which each server also has the fields of the mutant. */
function withFields({ fields }: Mutant): Spec {
  if (fields === undefined) return raftSpec;
  return withState<Constants>(raftSpec, (state, c) => {
    const servers = nodeOf(state.fields["servers"] ?? state);
    const server = servers.kind === "map" ? nodeOf(servers.values) : servers;
    if (servers.kind !== "map" || server.kind !== "record") throw new Error("the servers are no map of records");
    const larger = record({ ...server.fields, ...fields(c) });
    return record({ ...state.fields, servers: map(servers.keys, larger) });
  });
}

/** The unbroken spec at the bounds of some mutants, with the properties that catch them. */
export interface Twin {
  readonly bounds: Bounds;
  /** The names of the models that share these bounds. */
  readonly of: readonly string[];
  readonly model: ModelDeclaration;
}

/** One twin for all mutants that share their bounds, named after the first. */
export function twinsOf(mutants: readonly Mutant[]): readonly Twin[] {
  const catches = mutants.flatMap((mutant) => mutant.catches);
  return distinct(catches.map(({ bounds }) => bounds)).map((bounds) => {
    const sharing = catches.filter((one) => one.bounds === bounds);
    const of = sharing.map(({ model }) => model);
    return { bounds, of, model: twin(bounds, of, distinct(sharing.map(({ property }) => property))) };
  });
}

function twin({ set, unbroken }: Bounds, of: readonly string[], properties: readonly string[]): ModelDeclaration {
  const declaration = {
    name: `raft-at-${of[0]}-bounds`,
    spec: raftSpec,
    says: `The unbroken spec at the bounds of ${of.join(", ")}.`,
    file: "spec/raft/raft.ts",
    ...asChecked(set, properties),
  };
  return { ...declaration, expect: { verdict: "holds", ...unbroken, source: recordedBy } };
}

/** Ids are treated alike, which is exact for Raft. Where the bounds end a behaviour there is no deadlock to report. */
function asChecked(set: Settings, properties: readonly string[]) {
  return { set, properties, symmetry: true, deadlock: false };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

/** A model: a spec with its constants fixed, ready to be explored. */
import { constantValues, type Resolved, resolveConstants, type SettingProblem, type Settings } from "./constants.ts";
import type { Property } from "./properties.ts";
import type { Action, DeadData, Spec } from "./protocol.ts";
import type { RecordSchema } from "./schema.ts";

/** What a run of a model must give: a published number, or one recorded by an earlier run. Absent numbers are not compared. */
export interface Expectation {
  readonly verdict: "holds" | "violated";
  /** The property that is violated, or "deadlock". */
  readonly violated?: string;
  /** States in the shortest counterexample, the initial one included. */
  readonly traceLength?: number;
  readonly distinct?: number;
  readonly generated?: number;
  readonly depth?: number;
  /** The reachable goals that no state within the bounds meets, by name. */
  readonly unmet?: readonly string[];
  /** Where the numbers come from. */
  readonly source: string;
  /** Why a number differs from the published one, where it does. */
  readonly note?: string;
}

/** A named, bounded configuration of a spec, as it stands in a `models/` folder or a corpus. */
export interface ModelDeclaration {
  readonly name: string;
  readonly spec: Spec;
  /** What the model is for, in one sentence. */
  readonly says: string;
  readonly set?: Settings;
  /** The properties to check, by name. Absent: all that the spec declares. */
  readonly properties?: readonly string[];
  /** Whether ids that the spec declares symmetric are treated alike. Off unless told. */
  readonly symmetry?: boolean;
  /** Whether every state is held against the claims that symmetry and dead data rest on. Some are in any case. */
  readonly paranoid?: boolean;
  /** Whether what can never matter again is left out of states. Off unless told. */
  readonly deadData?: boolean;
  /** False where a state without successors is not worth reporting. Checked unless told, or unless the spec terminates. */
  readonly deadlock?: boolean;
  /** The TypeScript file of the spec, from the root of the package: where reports find source lines. */
  readonly file?: string;
  readonly expect?: Expectation;
  /** True where the reference checker takes more than some minutes: left out of the routine tests. */
  readonly large?: boolean;
}

export interface Model {
  readonly name: string;
  readonly spec: Spec;
  /** The complete settings, id sets by size: what a report prints and a trace stores. */
  readonly settings: Settings;
  /** What guards, effects and properties receive as `c`. */
  readonly constants: unknown;
  readonly schema: RecordSchema;
  /** The actions of the parts that are on. */
  readonly actions: readonly Action[];
  /** The properties in use. */
  readonly properties: readonly Property[];
  readonly symmetric: readonly string[];
  readonly checksDeadlock: boolean;
  /** Whether every state is held against the claims that reductions rest on, and not only some. */
  readonly paranoid: boolean;
  /** What is left out of states because it can never matter again; null where everything is kept. */
  readonly deadData: DeadData | null;
}

/** Fixes the constants of a declared model; `overrides` win over the declaration's own settings. */
export function instantiate(declaration: ModelDeclaration, overrides: Settings = {}): Resolved<Model> {
  const { spec } = declaration;
  const resolved = resolveConstants(spec.constants, { ...declaration.set, ...overrides });
  if (!resolved.ok) return resolved;
  const problems = [...unknownProperties(declaration), ...deadlocksWithoutDeadData(declaration)];
  if (problems.length > 0) return { ok: false, problems };
  const constants = Object.freeze({ ...constantValues(spec.constants, resolved.value), rules: spec.rules });
  const wanted = declaration.properties;
  const properties = spec.properties.filter((property) => property.part(constants));
  const model: Model = {
    name: declaration.name,
    spec,
    settings: resolved.value,
    constants,
    schema: spec.state(constants),
    actions: spec.actions.filter((action) => action.part(constants)),
    properties: wanted === undefined ? properties : properties.filter((property) => wanted.includes(property.name)),
    symmetric: declaration.symmetry === true ? spec.symmetry : [],
    paranoid: declaration.paranoid ?? false,
    deadData: declaration.deadData === true ? spec.deadData : null,
    checksDeadlock: checksDeadlockOf(declaration),
  };
  return { ok: true, value: model };
}

/** Whether states without successors are reported. */
export function checksDeadlockOf({ deadlock, spec }: Pick<ModelDeclaration, "deadlock" | "spec">): boolean {
  return deadlock ?? !spec.terminates;
}

/**
 * Where the only steps of a state take dead data away, it has none once these are left out; and a state that is stuck for good
 * may have steps. So deadlocks are not looked for there.
 */
function deadlocksWithoutDeadData(declaration: ModelDeclaration): readonly SettingProblem[] {
  if (declaration.deadData !== true || declaration.spec.deadData === null || !checksDeadlockOf(declaration)) return [];
  return [{ constant: "deadlock", found: "true", expected: "false, where dead data is left out" }];
}

/** A misspelt property that were left out in silence would hold without having been looked at. */
function unknownProperties({ spec, properties = [] }: ModelDeclaration): readonly SettingProblem[] {
  const names = spec.properties.map((property) => property.name);
  const expected = names.length === 0 ? "no name: the spec declares no property" : `one of ${names.join(", ")}`;
  return properties
    .filter((name) => !names.includes(name))
    .map((found) => ({ constant: "properties", found, expected }));
}

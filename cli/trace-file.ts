/** Traces between the checker, which has values, and the file, which has ITF expressions. */
import type { Outcome, TraceStep } from "../checker/index.ts";
import {
  type FindingReport,
  type Parameter,
  type Places,
  parametersOf,
  renderParameter,
} from "../checker/report/index.ts";
import { type Itf, itfTypeOf, type Model, presentFields, toItf } from "../spec/lang/index.ts";
import { encodeTrace, type SourcePlace, type Trace, type TracedState } from "../traces/format/index.ts";
import { exitCodes } from "./exit-codes.ts";
import type { FileFailure, Io } from "./io.ts";
import type { SelectedModel } from "./model-selection.ts";
import type { Problem } from "./problem.ts";

export interface TraceInput {
  readonly selected: Pick<SelectedModel, "file" | "isBuiltIn">;
  readonly outcome: Pick<Outcome, "model" | "trace" | "shortest" | "verdict">;
  readonly finding: FindingReport | null;
  readonly places: Places;
  /** The version of this tool. */
  readonly version: string;
}

export function traceOf({ selected, outcome, finding, places, version }: TraceInput): Trace {
  const { model, trace, shortest, verdict } = outcome;
  const variables = presentFields(model.schema);
  const types = variables.map(([name, schema]) => [name, itfTypeOf(schema)] as const);
  const { name, kind, says } = finding ?? { name: "", kind: "invariant", says: "" };
  return {
    origin: {
      tool: version,
      model: model.name,
      spec: model.spec.name,
      file: selected.file,
      isBuiltIn: selected.isBuiltIn,
      settings: model.settings,
      verdict,
      property: finding === null ? null : { name, kind, says, place: finding.place },
      shortest,
      actions: placesOfActions(trace, places),
    },
    variables: variables.map(([variable]) => variable),
    types: Object.fromEntries(types.filter((entry): entry is [string, string] => entry[1] !== null)),
    states: trace.map((step, index) => tracedState(model, step, trace[index - 1]?.state ?? null)),
    loop: null,
  };
}

/** A parameter as an ITF expression; one without a schema as its text. */
function parameterItf(parameter: Parameter): Itf {
  const { schema, value } = parameter;
  if (schema !== null) return toItf(schema, value);
  return typeof value === "number" || typeof value === "boolean" ? value : renderParameter(parameter);
}

/** The parameters of a step by name, as a trace stores them. */
export function parameterExpressions(
  model: Model,
  step: Omit<TraceStep, "state">,
  before: unknown,
): Readonly<Record<string, Itf>> {
  const parameters = parametersOf(model, step.action, step.choice, before);
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterItf(parameter)]));
}

/** Writes the file; a problem says why it is not there. */
export async function writeTrace(path: string, trace: Trace, files: Io["files"]): Promise<Problem | null> {
  const written = await files.write(path, encodeTrace(trace));
  return written.ok ? null : cannotWrite(path, written);
}

function tracedState(model: Model, step: TraceStep, before: unknown): TracedState {
  const values = presentFields(model.schema).map(([name, schema]) => {
    const value = (step.state as Readonly<Record<string, unknown>>)[name];
    return [name, toItf(schema, value)] as const;
  });
  return {
    action: step.action,
    parameters: parameterExpressions(model, step, before),
    values: Object.fromEntries(values),
  };
}

function placesOfActions(trace: readonly TraceStep[], places: Places): Readonly<Record<string, SourcePlace>> {
  const names = [...new Set(trace.slice(1).map(({ action }) => action))].sort();
  const known = names.map((name) => [name, places.action(name)] as const);
  return Object.fromEntries(known.filter((entry): entry is [string, SourcePlace] => entry[1] !== null));
}

const causes: Readonly<Record<string, { readonly what: string; readonly tryThis: string }>> = {
  ENOSPC: { what: "the disk is full", tryThis: "Free space, or use another disk, and run the same command again." },
  EDQUOT: {
    what: "your quota of the disk is used up",
    tryThis: "Free space, or use another disk, and run the same command again.",
  },
  ENOENT: { what: "its folder cannot be made", tryThis: "Give --trace a path in a folder that you may write to." },
  EACCES: { what: "you may not write there", tryThis: "Give --trace a path that you may write to." },
  EPERM: { what: "you may not write there", tryThis: "Give --trace a path that you may write to." },
  EROFS: { what: "the disk can only be read", tryThis: "Give --trace a path on another disk." },
  EISDIR: { what: "this is a folder", tryThis: "Give --trace the path of a file." },
  ENOTDIR: { what: "a part of the path is a file and not a folder", tryThis: "Give --trace another path." },
};

function cannotWrite(path: string, { code, message }: FileFailure): Problem {
  const { what, tryThis } = causes[code] ?? { what: message, tryThis: "Give --trace another path." };
  return {
    code: "trace-not-written",
    exit: exitCodes.system,
    what: `the trace was not written to ${path}: ${what} (${code})`,
    expected: "a path that can be written to; nothing else of the report is lost",
    tries: [tryThis],
  };
}

import { type Model, nodeOf, presentFields, type ReadonlyFixedMap, type Schema } from "../../spec/lang/index.ts";
import type { TraceStep } from "../reference/reference.ts";
import { type Change, diffValues } from "./diff.ts";
import { parametersOf, renderParameter } from "./parameters.ts";
import { fieldOf, renderValue } from "./render.ts";
import type { Place, Places } from "./report.ts";

/** A named value as text. */
export interface NamedText {
  readonly name: string;
  readonly value: string;
}

/** One step of a behaviour as text. Step 0 is the initial state. */
export interface StepReport {
  readonly index: number;
  readonly action: string;
  readonly parameters: readonly NamedText[];
  /** `Timeout(i: s1)` */
  readonly label: string;
  /** Against the state before; empty for the initial state, and for a step that changes nothing. */
  readonly changes: readonly Change[];
  /** The whole state, one path a line. */
  readonly state: readonly NamedText[];
  readonly place: Place | null;
}

export function stepReports(model: Model, trace: readonly TraceStep[], places: Places): readonly StepReport[] {
  return trace.map((step, index) => {
    const before = index === 0 ? null : (trace[index - 1]?.state ?? null);
    const parameters = parametersOf(model, step.action, step.choice, before).map((parameter) => ({
      name: parameter.name,
      value: renderParameter(parameter),
    }));
    return {
      index,
      action: step.action,
      parameters,
      label: stepLabel(step.action, parameters),
      changes: before === null ? [] : diffValues(model.schema, before, step.state, ""),
      state: stateLines(model.schema, step.state, ""),
      place: index === 0 ? null : places.action(step.action),
    };
  });
}

export function stepLabel(action: string, parameters: readonly NamedText[]): string {
  if (parameters.length === 0) return action;
  return `${action}(${parameters.map(({ name, value }) => `${name}: ${value}`).join(", ")})`;
}

/** A whole state, one line for each variable, and one for each key of a map of records. */
export function stateLines(schema: Schema, state: unknown, path: string): readonly NamedText[] {
  const node = nodeOf(schema);
  if (node.kind === "record" && path === "") {
    return presentFields(node).flatMap(([name, field]) => stateLines(field, fieldOf(state, name), name));
  }
  if (node.kind === "map" && node.values.kind === "record") {
    const map = state as ReadonlyFixedMap<unknown, unknown>;
    return map.keys().map((key) => ({
      name: `${path}[${renderValue(node.keys, key)}]`,
      value: renderValue(node.values, map.get(key)),
    }));
  }
  return [{ name: path, value: renderValue(schema, state) }];
}

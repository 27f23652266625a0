import { type Position, positionOfPath, syntaxFaultOf } from "./json-text.ts";
import {
  formatVersion,
  type Json,
  type SourcePlace,
  type Trace,
  type TracedProperty,
  type TracedState,
  type TraceOrigin,
} from "./trace.ts";

/** Why a text is not a trace, and where. */
interface TraceFault extends Position {
  readonly code: "empty" | "truncated" | "not-json" | "json-lines" | "not-itf" | "damaged" | "newer-version";
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly tryThis: string;
}

export type Decoded = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly fault: TraceFault };

/** Reads a trace file: one of ours, or ITF that another tool wrote. */
export function decodeTrace(text: string): Decoded {
  const fault = textFault(text);
  if (fault !== null) return { ok: false, fault };
  const document: unknown = JSON.parse(text);
  try {
    return { ok: true, trace: traceOf(document) };
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    const { code, what, expected, found, tryThis } = error;
    return { ok: false, fault: { code, what, expected, found, tryThis, ...positionOfPath(text, error.path) } };
  }
}

function textFault(text: string): TraceFault | null {
  if (text.trim() === "") {
    return {
      code: "empty",
      line: 1,
      column: 1,
      what: "the file is empty",
      expected: "a trace: one JSON object in the form ITF",
      found: "nothing",
      tryThis: "Write it again: lockstep explore ... --trace <file>",
    };
  }
  const syntax = syntaxFaultOf(text);
  if (syntax === null) return null;
  const { line, column, expected, found } = syntax;
  const place = { line, column, expected, found };
  if (syntax.isTruncated) {
    const tryThis = "Write it again: the end of the file is missing.";
    return { code: "truncated", what: "the file ends in the middle of the trace", tryThis, ...place };
  }
  if (expected === "the end of the file" && found === '"{"') {
    const tryThis = "Give an ITF file; a log of events is another kind of trace, which this command does not read.";
    return { code: "json-lines", what: "the file holds one JSON object a line", tryThis, ...place };
  }
  const tryThis = "Give a file that lockstep explore --trace wrote, or an ITF file of Apalache or Quint.";
  return { code: "not-json", what: "the file is not JSON", tryThis, ...place };
}

class Misshapen extends Error {
  readonly code: TraceFault["code"];
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly tryThis: string;

  constructor(fault: Omit<TraceFault, keyof Position>, path: readonly (string | number)[]) {
    super(fault.what);
    this.code = fault.code;
    this.path = path;
    this.what = fault.what;
    this.expected = fault.expected;
    this.found = fault.found;
    this.tryThis = fault.tryThis;
  }
}

type Path = readonly (string | number)[];
type JsonObject = { readonly [field: string]: Json };

function traceOf(document: unknown): Trace {
  const file = isObject(document) ? document : notItf(document, "one JSON object with vars and states", []);
  const meta = isObject(file["#meta"]) ? file["#meta"] : {};
  const origin = meta["lockstep"] === undefined ? null : originOf(meta["lockstep"], ["#meta", "lockstep"]);
  const vars = file["vars"];
  if (!Array.isArray(vars)) return notItf(vars, '"vars", the names of the variables', ["vars"]);
  const variables = vars.map((name, position) => stringOf(name, ["vars", position]));
  const states = file["states"];
  if (!Array.isArray(states)) return notItf(states, '"states", a list of states', ["states"]);
  if (states.length === 0) return notItf(states, "at least one state: an empty trace shows nothing", ["states"]);
  const types = isObject(meta["varTypes"]) ? meta["varTypes"] : {};
  return {
    origin,
    variables,
    types: Object.fromEntries(
      Object.entries(types).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
    states: states.map((state, index) => stateOf(state, variables, ["states", index])),
    loop: loopOf(file["loop"], states.length),
  };
}

function stateOf(state: Json, variables: readonly string[], path: Path): TracedState {
  if (!isObject(state)) return damaged(state, "a state: an object with a value for every variable", path);
  const missing = variables.find((name) => !Object.hasOwn(state, name));
  if (missing !== undefined) return damaged(undefined, `a value for the variable ${missing}`, path);
  const meta = isObject(state["#meta"]) ? state["#meta"] : {};
  const { action = null, parameters = {} } = meta;
  return {
    action: action === null ? null : stringOf(action, [...path, "#meta", "action"]),
    parameters: isObject(parameters)
      ? parameters
      : damaged(parameters, "an object of parameters", [...path, "#meta", "parameters"]),
    values: Object.fromEntries(variables.map((name) => [name, state[name] ?? null])),
  };
}

function originOf(origin: Json | undefined, path: Path): TraceOrigin {
  if (!isObject(origin)) return damaged(origin, "an object that says where the trace comes from", path);
  const version = origin["version"];
  if (version !== formatVersion) throw otherVersion(version, [...path, "version"]);
  const text = (name: string): string => stringOf(origin[name], [...path, name]);
  const { file = null, property = null, actions = {} } = origin;
  return {
    tool: text("tool"),
    model: text("model"),
    spec: text("spec"),
    file: file === null ? null : text("file"),
    isBuiltIn: booleanOf(origin["isBuiltIn"], [...path, "isBuiltIn"]),
    settings: settingsOf(origin["settings"], [...path, "settings"]),
    verdict: text("verdict"),
    property: property === null ? null : propertyOf(property, [...path, "property"]),
    shortest: booleanOf(origin["shortest"], [...path, "shortest"]),
    actions: placesOf(actions, [...path, "actions"]),
  };
}

function otherVersion(version: Json | undefined, path: Path): Misshapen {
  const isNewer = typeof version === "number" && version > formatVersion;
  const fault = {
    code: isNewer ? ("newer-version" as const) : ("damaged" as const),
    what: isNewer ? "the trace was written by a newer version of lockstep" : "the version of the trace cannot be read",
    expected: `format version ${formatVersion}`,
    found: shown(version),
    tryThis: "the version of lockstep that wrote it, which the trace names as its tool",
  };
  return new Misshapen(fault, path);
}

function loopOf(loop: Json | undefined, length: number): number | null {
  if (loop === undefined || loop === null) return null;
  const isPosition = typeof loop === "number" && Number.isInteger(loop) && loop >= 0 && loop < length;
  return isPosition ? loop : damaged(loop, `the position of a state, from 0 to ${length - 1}`, ["loop"]);
}

const kinds = ["invariant", "step", "deadlock", "error"] as const;

function propertyOf(property: Json, path: Path): TracedProperty {
  if (!isObject(property)) return damaged(property, "an object that describes a property", path);
  const kind = kinds.find((known) => known === property["kind"]);
  const { place = null } = property;
  return {
    name: stringOf(property["name"], [...path, "name"]),
    kind: kind ?? damaged(property["kind"], `one of ${kinds.join(", ")}`, [...path, "kind"]),
    says: stringOf(property["says"], [...path, "says"]),
    place: place === null ? null : placeOf(place, [...path, "place"]),
  };
}

function settingsOf(settings: Json | undefined, path: Path): TraceOrigin["settings"] {
  if (!isObject(settings)) return damaged(settings, "an object of constants", path);
  const entries = Object.entries(settings).map(([name, value]) => {
    const isSetting = typeof value === "number" || typeof value === "boolean" || typeof value === "string";
    return [name, isSetting ? value : damaged(value, "a number, true, false or a name", [...path, name])] as const;
  });
  return Object.fromEntries(entries);
}

function placesOf(places: Json, path: Path): Readonly<Record<string, SourcePlace>> {
  if (!isObject(places)) return damaged(places, "an object of places", path);
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, placeOf(place, [...path, name])]));
}

function placeOf(place: Json, path: Path): SourcePlace {
  if (!isObject(place)) return damaged(place, "a place: file, line and column", path);
  const { line, column, endLine, endColumn } = place;
  const numbers = [line, column, endLine ?? 1, endColumn ?? 1];
  if (!numbers.every(Number.isSafeInteger)) return damaged(place, "whole numbers for line and column", path);
  return {
    file: stringOf(place["file"], [...path, "file"]),
    line: Number(line),
    column: Number(column),
    ...(endLine === undefined ? {} : { endLine: Number(endLine) }),
    ...(endColumn === undefined ? {} : { endColumn: Number(endColumn) }),
  };
}

function stringOf(value: Json | undefined, path: Path): string {
  return typeof value === "string" ? value : damaged(value, "a string", path);
}

function booleanOf(value: Json | undefined, path: Path): boolean {
  return typeof value === "boolean" ? value : damaged(value, "true or false", path);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notItf(found: unknown, expected: string, path: Path): never {
  const what = "the file is JSON, and not a trace";
  const tryThis = "Give a file that lockstep explore --trace wrote, or an ITF file of Apalache or Quint.";
  throw new Misshapen({ code: "not-itf", what, expected, found: shown(found), tryThis }, path);
}

function damaged(found: unknown, expected: string, path: Path): never {
  const what = `the trace is damaged at ${pathText(path)}`;
  const tryThis = "Write it again: lockstep explore ... --trace <file>";
  throw new Misshapen({ code: "damaged", what, expected, found: shown(found), tryThis }, path);
}

/** `states[3].#meta.action` */
function pathText(path: Path): string {
  return path.map((key, depth) => (typeof key === "number" ? `[${key}]` : depth === 0 ? key : `.${key}`)).join("");
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

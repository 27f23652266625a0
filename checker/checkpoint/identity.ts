/** What a checkpoint belongs to: a search of anything else cannot go on from it. */
import { createHash } from "node:crypto";
import type { Model, Settings } from "../../spec/lang/index.ts";

export interface Identity {
  readonly model: string;
  readonly settings: Settings;
  readonly properties: readonly string[];
  /** The id sets whose ids are treated alike. */
  readonly symmetry: readonly string[];
  readonly deadlock: boolean;
  /** What is left out of states, in the words of the spec; "nothing" where all is kept. */
  readonly leavesOut: string;
  /** A digest of the schema, and of the source text of whatever decides what a state can do and what must hold. */
  readonly spec: string;
}

/**
 * `code` stands for the text of the modules that the model is made of, or is empty where nobody knows it. The functions'
 * own text does not show what they call.
 */
export function identityOf(model: Model, code: string): Identity {
  const { name, settings, properties, symmetric, checksDeadlock, spec, actions, schema, deadData } = model;
  const hash = createHash("sha256").update(code).update("\0");
  const { init, rules, constraints, view } = spec;
  addText(hash, [schema, init, actions, rules, constraints, view, properties, deadData], new Set());
  return {
    model: name,
    settings,
    properties: properties.map((property) => property.name),
    symmetry: symmetric,
    deadlock: checksDeadlock,
    leavesOut: deadData === null ? "nothing" : deadData.says,
    spec: hash.digest("hex"),
  };
}

/** Adds all that a value consists of: functions by their source text. Each object counts once. */
function addText(hash: { update(text: string): unknown }, value: unknown, seen: Set<unknown>): void {
  if (typeof value === "function") hash.update(`${Function.prototype.toString.call(value)}\0`);
  else if (typeof value !== "object" || value === null) hash.update(`${typeof value} ${String(value)}\0`);
  else if (!seen.has(value)) {
    seen.add(value);
    for (const [name, part] of Object.entries(value)) {
      hash.update(`${name}\0`);
      addText(hash, part, seen);
    }
    hash.update("end\0");
  }
}

/** Where two identities differ, in words. */
export interface Difference {
  readonly of: string;
  readonly found: string;
  readonly expected: string;
  /** Of the constants: those of the checkpoint that are not the same, as `name=value`. */
  readonly settings: readonly string[];
}

/** Where two identities differ first; null where they do not. */
export function differenceOf(found: unknown, expected: Identity): Difference | null {
  const names = {
    model: "model",
    settings: "constants",
    properties: "properties",
    symmetry: "symmetry",
    leavesOut: "dead data",
  };
  const other = typeof found === "object" && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
  const { spec, deadlock, ...shown } = expected;
  for (const [field, value] of Object.entries(shown)) {
    if (JSON.stringify(other[field]) === JSON.stringify(value)) continue;
    const of = (names as Readonly<Record<string, string>>)[field] ?? field;
    const settings = field === "settings" ? pairsOf(other[field], expected.settings) : [];
    return { of, found: textOf(other[field]), expected: textOf(value), settings };
  }
  if (other["deadlock"] !== deadlock) {
    const said = (checks: boolean): string => (checks ? "reported" : "allowed");
    return { of: "treatment of deadlocks", found: said(!deadlock), expected: said(deadlock), settings: [] };
  }
  if (other["spec"] === spec) return null;
  return {
    of: "spec",
    found: "the spec and the checker as they were when it was written",
    expected: "the spec and the checker as they are now",
    settings: [],
  };
}

/** `RM=3` for each setting that the others do not have so. */
function pairsOf(settings: unknown, others: Settings = {}): readonly string[] {
  if (typeof settings !== "object" || settings === null) return [];
  const different = Object.entries(settings).filter(([name, value]) => others[name] !== value);
  return different.map(([name, value]) => `${name}=${String(value)}`);
}

/** `RM=3, wraps=true`, a list, or a word. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  const pairs = pairsOf(value);
  return pairs.length === 0 ? "none" : pairs.join(", ");
}

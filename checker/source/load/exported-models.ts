import { basename } from "node:path";
import type { ModelDeclaration, Spec } from "../../../spec/lang/index.ts";
import type { Exports } from "./evaluate.ts";

/** The models among the exports of a spec's file, by the names of the exports, lists in their own order. */
export function exportedModels(exports: Exports, file: string): readonly ModelDeclaration[] {
  const named = Object.entries(exports).sort(([a], [b]) => exportOrder(a, b));
  const declared = named.flatMap(([, value]) => (Array.isArray(value) ? value : [value])).filter(isModel);
  const models = [...new Set(declared)];
  const used = new Set(models.map(({ spec }) => spec));
  const bare: ModelDeclaration[] = [];
  for (const [name, value] of named) {
    if (!isSpec(value) || used.has(value)) continue;
    used.add(value);
    bare.push({ name: name === "default" ? stem(file) : name, spec: value, says: value.says });
  }
  return [...models, ...bare].map((model) => ({ ...model, file }));
}

/** What a file exports, in words, for a message that finds no model among it. */
export function describeExports(exports: Exports): string {
  const names = Object.entries(exports)
    .sort(([a], [b]) => exportOrder(a, b))
    .map(([name, value]) => `${name} (${describe(value)})`);
  return names.length === 0 ? "nothing" : names.join(", ");
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** By name, the default export last: a spec that is exported twice is known by its name. */
function exportOrder(a: string, b: string): number {
  if ((a === "default") !== (b === "default")) return a === "default" ? 1 : -1;
  return a < b ? -1 : 1;
}

function stem(file: string): string {
  return basename(file).replace(/\.m?ts$/, "");
}

export function isSpec(value: unknown): value is Spec {
  if (typeof value !== "object" || value === null) return false;
  const { name, says, state, init, actions, properties } = value as Partial<Spec>;
  const isNamed = typeof name === "string" && typeof says === "string";
  const isWhole = typeof state === "function" && typeof init === "object";
  return isNamed && isWhole && Array.isArray(actions) && Array.isArray(properties);
}

export function isModel(value: unknown): value is ModelDeclaration {
  if (typeof value !== "object" || value === null) return false;
  const { name, says, spec } = value as Partial<ModelDeclaration>;
  return typeof name === "string" && typeof says === "string" && isSpec(spec);
}

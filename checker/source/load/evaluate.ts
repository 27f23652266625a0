import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { compileFunction } from "node:vm";
import type { Bundle } from "./bundle.ts";
import { asItIs, type Loading } from "./loading.ts";
import { type Place, placeInStack } from "./place.ts";

/** What the files of a spec export, and where in its sources an error was thrown. */
export interface Evaluated {
  /** The exports of each bundled file, in the order they were given to the bundler. */
  readonly exports: readonly Exports[];
  readonly placeOf: (error: unknown) => Place | null;
}

export type Exports = Readonly<Record<string, unknown>>;

export type Evaluation =
  | { readonly ok: true; readonly value: Evaluated }
  | { readonly ok: false; readonly error: unknown; readonly place: Place | null };

/**
 * Runs a bundled spec in this process, once. `parameters` are handed to the script by name. The shared modules are
 * the ones this process runs, so that a schema made by the spec is a schema to the checker.
 */
export async function evaluateBundle(
  bundle: Bundle,
  entry: string,
  parameters: Readonly<Record<string, unknown>>,
  loading: Loading = asItIs,
): Promise<Evaluation> {
  const modules = new Map<string, unknown>();
  for (const address of bundle.shared) modules.set(address, await import(/* @vite-ignore */ address));
  const require = (address: string): unknown => modules.get(address);
  const placeOf = placesOf(bundle, entry);
  const module: { exports: Record<string, Exports> } = { exports: {} };
  try {
    const names = ["module", "exports", "require", ...Object.keys(parameters)];
    const script = compileFunction(bundle.code, names, { filename: nameOfScript(entry) });
    loading(() => script(module, module.exports, require, ...Object.values(parameters)));
  } catch (error) {
    return { ok: false, error, place: placeOf(error) };
  }
  const exports = Object.keys(module.exports).map((_, number) => module.exports[`file${number}`] ?? {});
  return { ok: true, value: { exports, placeOf } };
}

/** No file has this name, so that a line of a stack with it is a line of the script. */
function nameOfScript(entry: string): string {
  return `${entry}#bundle`;
}

function placesOf(bundle: Bundle, entry: string): (error: unknown) => Place | null {
  const map = new SourceMap(JSON.parse(bundle.map));
  const script = nameOfScript(entry);
  return (error) =>
    placeInStack(error, ({ file, line, column }) => {
      if (file !== script) return null;
      const origin = map.findEntry(line - 1, column - 1);
      if (!("originalSource" in origin)) return null;
      const { originalSource, originalLine, originalColumn } = origin;
      return { file: resolve(dirname(entry), originalSource), line: originalLine + 1, column: originalColumn + 1 };
    });
}

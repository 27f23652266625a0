/** Loads a user's spec from its TypeScript source, without a build step. */
import { basename, resolve } from "node:path";
import { DeclarationError, type ModelDeclaration } from "../../../spec/lang/index.ts";
import { plainMessage } from "../../reference/plain-words.ts";
import { isFile, type Resolver, specResolver } from "../modules/resolution.ts";
import type { Problem, ProblemCode } from "../problem.ts";
import type { CheckedFiles } from "../purity/check-files.ts";
import { type BundleError, bundleSpec, untouched } from "./bundle.ts";
import { type Evaluated, evaluateBundle } from "./evaluate.ts";
import { describeExports, exportedModels } from "./exported-models.ts";
import { asItIs, type Loading } from "./loading.ts";
import type { SpecBundle } from "./models-of-bundle.ts";
import { type Place, placeOfError } from "./place.ts";

export type LoadResult =
  | {
      readonly ok: true;
      /** The absolute path. */
      readonly file: string;
      /** At least one; each has `file`. */
      readonly models: readonly ModelDeclaration[];
      /** Where in the sources of this spec, or of ours, an error was thrown; null if in neither. */
      readonly placeOf: (error: unknown) => Place | null;
      /** What another thread needs to make the same models. */
      readonly bundle: SpecBundle;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A message with every problem of a spec is no help: the first ones are. */
const problemsMax = 20;

/**
 * Checks the types and the purity of a spec's files, then runs them once to get its models. `path` is relative to the
 * working directory or absolute; the file may lie anywhere, `lockstep` is always the running package.
 */
export async function loadSpecFile(path: string, loading: Loading = asItIs): Promise<LoadResult> {
  const file = resolve(path);
  const refused = refusePath(path, file);
  if (refused !== null) return { ok: false, problems: [refused] };
  const resolver = specResolver();
  // The bundler works in a process of its own while the compiler checks.
  const bundling = bundleSpec([file], resolver, "shared", untouched);
  const [checked, bundled] = await Promise.all([check(file, resolver), bundling]);
  if (checked.problems.length > 0) return { ok: false, problems: checked.problems.slice(0, problemsMax) };
  if (!bundled.ok) return { ok: false, problems: bundled.errors.map((error) => bundleProblem(error, file)) };
  const evaluation = await evaluateBundle(bundled.bundle, file, {}, loading);
  if (!evaluation.ok) return { ok: false, problems: [thrownProblem(evaluation.error, evaluation.place, file)] };
  return modelsOf(evaluation.value, { bundle: bundled.bundle, file });
}

async function check(file: string, resolver: Resolver): Promise<CheckedFiles> {
  // The compiler takes half a second to load, so only who needs it loads it.
  const { checkFiles } = await import("../purity/check-files.ts");
  return checkFiles(file, resolver);
}

function refusePath(path: string, file: string): Problem | null {
  if (!isFile(file)) {
    const message = `there is no file ${path}; expected the TypeScript file of a spec`;
    return atTop(file, "not-found", message, "Fix the path, or give the name of a model: lockstep list shows them.");
  }
  if (!/\.m?ts$/.test(file) || /\.d\.m?ts$/.test(file)) {
    const message = `${path} is no TypeScript source; expected a file whose name ends in .ts or .mts`;
    return atTop(file, "not-typescript", message, "Give the TypeScript file that declares the spec.");
  }
  return null;
}

function atTop(file: string, code: ProblemCode, message: string, tryThis: string): Problem {
  return { code, file, line: 1, column: 1, message, tryThis };
}

function bundleProblem({ text, place }: BundleError, file: string): Problem {
  const { line, column } = place ?? { line: 1, column: 0 };
  const tryThis = "Fix this line: the bundler must be able to read the file.";
  return { code: "syntax", file: place?.file ?? file, line, column: column + 1, message: text, tryThis };
}

function thrownProblem(error: unknown, place: Place | null, file: string): Problem {
  if (error instanceof DeclarationError) {
    return { ...atTop(file, "declaration", error.message, error.tryThis), ...place };
  }
  const found = plainMessage(error);
  const message = `the spec throws when it is loaded: ${found}`;
  const tryThis = "Fix this line: what a file runs when it is loaded must not throw.";
  return { ...atTop(file, "spec-throws", message, tryThis), ...place };
}

function modelsOf({ exports: [exports = {}], placeOf }: Evaluated, bundle: SpecBundle): LoadResult {
  const { file } = bundle;
  const models = exportedModels(exports, file);
  if (models.length === 0) {
    const message = `${basename(file)} exports nothing to explore; it exports ${describeExports(exports)}`;
    const tryThis = "Export what protocol(...).spec({ ... }) returns, or models: objects of type ModelDeclaration.";
    return { ok: false, problems: [atTop(file, "no-model", message, tryThis)] };
  }
  const twice = models.find(({ name }, position) => models.findIndex((other) => other.name === name) < position);
  if (twice !== undefined) {
    const message = `${basename(file)} exports two models with the name ${twice.name}`;
    return { ok: false, problems: [atTop(file, "same-name", message, "Give each model a name of its own.")] };
  }
  return { ok: true, file, models, placeOf: (error) => placeOf(error) ?? placeOfError(error), bundle };
}

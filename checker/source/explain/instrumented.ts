/** A second copy of a spec, loaded from its sources and rewritten so that evaluating it is recorded. */
import { instantiate, type Model, type ModelDeclaration, type Settings, type Spec } from "../../../spec/lang/index.ts";
import { bundleSpec } from "../load/bundle.ts";
import { type Exports, evaluateBundle } from "../load/evaluate.ts";
import { exportedModels, isModel, isSpec } from "../load/exported-models.ts";
import { moduleGraph } from "../modules/module-graph.ts";
import { absolutePath, packageRoot, reportedPath, runningUrl, slashed } from "../modules/package-root.ts";
import { openProgram } from "../modules/program.ts";
import { isFile, specResolver } from "../modules/resolution.ts";
import { sourceFiles } from "../purity/check-files.ts";
import { FileSites } from "./file-sites.ts";
import { instrument, recorderName } from "./instrument.ts";
import { Recorder } from "./recorder.ts";
import type { Site } from "./site.ts";

export interface Instrumented {
  /** The model with the rewritten functions. Its states are those of the running package. */
  readonly model: Model;
  readonly recorder: Recorder;
  readonly sites: readonly Site[];
}

type Opened =
  | { readonly ok: true; readonly value: Instrumented }
  | { readonly ok: false; readonly because: "no-source" | "not-declared"; readonly message: string };

export async function openInstrumented(declaration: ModelDeclaration, settings: Settings): Promise<Opened> {
  const { file, name } = declaration;
  const entry = file === undefined ? null : absolutePath(file);
  if (entry === null || !isFile(entry)) return noSource(`the model ${name} names no source file that exists`);
  const resolver = specResolver();
  const [first, ...others] = moduleGraph(entry, resolver).map(({ fileName }) => fileName);
  if (first === undefined) return noSource(`${entry} is empty`);
  const paths = [first, ...others] as const;
  const { texts, sites } = rewrite(paths);
  const recorder = new Recorder();
  const bundled = await bundleSpec(paths, resolver, "bundled", (path, text) => texts.get(slashed(path)) ?? text);
  if (!bundled.ok) return noSource(`the sources of ${name} do not compile: ${bundled.errors[0]?.text}`);
  const evaluation = await evaluateBundle(bundled.bundle, entry, { [recorderName]: recorder });
  if (!evaluation.ok) return noSource(`the sources of ${name} throw when they are loaded`);
  const spec = await findSpec(declaration, paths, evaluation.value.exports);
  if (spec === null) return undeclared(`${file} declares no model ${name} and no spec ${declaration.spec.name}`);
  const model = instantiate({ ...declaration, spec }, settings);
  if (!model.ok) return undeclared(`the settings of ${name} no longer fit its sources`);
  return { ok: true, value: { model: model.value, recorder, sites } };
}

function noSource(message: string): Opened {
  return { ok: false, because: "no-source", message };
}

function undeclared(message: string): Opened {
  return { ok: false, because: "not-declared", message };
}

interface Rewritten {
  readonly texts: ReadonlyMap<string, string>;
  readonly sites: readonly Site[];
}

function rewrite(paths: readonly string[]): Rewritten {
  const root = packageRoot();
  const opened = openProgram(paths);
  const sites: Site[] = [];
  const texts = new Map<string, string>();
  for (const file of sourceFiles(opened, paths)) {
    texts.set(
      slashed(file.fileName),
      instrument(file, new FileSites(sites, opened, reportedPath(file.fileName, root))),
    );
  }
  return { texts, sites };
}

/** The declared model's spec among the exports, or else one of the same name, with the rules that were replaced. */
async function findSpec(
  declaration: ModelDeclaration,
  paths: readonly string[],
  exports: readonly Exports[],
): Promise<Spec | null> {
  const { spec, name } = declaration;
  const declared = exportedModels(exports[0] ?? {}, "").find((model) => model.name === name);
  if (declared !== undefined && declared.spec.name === spec.name) return declared.spec;
  for (const [position, path] of paths.entries()) {
    const found = specNamed(spec.name, exports[position] ?? {});
    if (found !== null) return { ...found, rules: await replacedRules(found, spec, path) };
  }
  return null;
}

function specNamed(name: string, exports: Exports): Spec | null {
  for (const value of Object.values(exports).flat()) {
    const spec = isModel(value) ? value.spec : value;
    if (isSpec(spec) && spec.name === name) return spec;
  }
  return null;
}

/**
 * A model may have been made of a spec by replacing rules, where its sources are not followed. So a rule is taken from
 * the rewritten copy only if the model has the rule that the spec's own file declares, and from the model otherwise.
 */
async function replacedRules(found: Spec, spec: Spec, path: string): Promise<Spec["rules"]> {
  if (Object.keys(spec.rules).length === 0) return spec.rules;
  const root = packageRoot();
  const isOurs = reportedPath(path, root) !== path;
  const running: Exports = isOurs ? await import(/* @vite-ignore */ runningUrl(path, root)) : {};
  const original = specNamed(spec.name, running);
  const rules = { ...spec.rules };
  for (const [name, rule] of Object.entries(found.rules)) {
    if (original !== null && original.rules[name] === spec.rules[name]) rules[name] = rule;
  }
  return rules;
}

/** The source of specs, as the room that reads it gives it; paths are shown as the user would write them. */
import { isAbsolute, relative, sep } from "node:path";
import type { Outcome } from "../checker/index.ts";
import type { Place, Places, Reason } from "../checker/report/index.ts";
import { parametersOf, renderParameter, stepLabel } from "../checker/report/index.ts";
import {
  type Disabled,
  type Explained,
  type ExplanationLine,
  explainer,
  explanationLines,
  loadSpecFile,
  placeOfError,
  type SpecBundle,
  type Problem as SpecProblem,
  spanNamed,
  spansOf,
} from "../checker/source/index.ts";
import type { Model, ModelDeclaration } from "../spec/lang/index.ts";
import { builtInCode } from "./built-in-code.ts";
import { exitCodes } from "./exit-codes.ts";
import { fine, type Problem, refuse } from "./problem.ts";
import { noPlaces, type SpecSource } from "./spec-source.ts";
import { unwatched, type Watch } from "./watch.ts";

export function nodeSpecs(workingFolder: string, watch: Watch = unwatched): SpecSource {
  const shown = <P extends Place>(place: P): P => ({ ...place, file: shownPath(place.file, workingFolder) });
  const placed = (reason: Reason): Reason => ({ ...reason, place: reason.place === null ? null : shown(reason.place) });
  /** By the file of a loaded spec. */
  const placesOfErrors = new Map<string, (error: unknown) => Place | null>();
  const bundles = new Map<string, SpecBundle>();
  return {
    async load(path) {
      const loaded = await loadSpecFile(path, (load) => watch.loading(path, load));
      if (loaded.ok) {
        placesOfErrors.set(loaded.file, loaded.placeOf);
        bundles.set(loaded.file, loaded.bundle);
        return fine(loaded.models);
      }
      const [first, ...others] = loaded.problems.map((problem) => specProblem(problem, shown));
      if (first === undefined) throw new Error("a spec was refused without a reason");
      return refuse(first, ...others);
    },
    marked: watch.marked,
    bundleOf: ({ file }) => (file === undefined ? null : (bundles.get(file) ?? null)),
    codeOf: ({ file }) => {
      const bundle = file === undefined ? undefined : bundles.get(file);
      return `${builtInCode()}\n${bundle?.bundle.code ?? ""}`;
    },
    async places(declaration) {
      if (declaration.file === undefined) return noPlaces;
      const spans = await spansOf(declaration.file);
      const placeOf = (kind: "action" | "property" | "field" | "parameter" | "setting", name: string): Place | null => {
        const span = spanNamed(spans, kind, name);
        if (span === null) return null;
        const { file, line, column, endLine, endColumn } = span;
        return shown({ file, line, column, endLine, endColumn });
      };
      return {
        action: (name) => placeOf("action", name),
        property: (name) => placeOf("property", name),
        field: (name) => placeOf("field", name),
        parameter: (name) => placeOf("parameter", name),
        setting: (model, constant) => placeOf("setting", `${model}.${constant}`),
      } satisfies Places;
    },
    async reasons(declaration, found) {
      return (await reasonsFor(declaration, found)).map(placed);
    },
    async guardReasons(declaration, { model, action, choice, state }) {
      const answers = await explainer({ declaration, settings: model.settings });
      return linesOf(answers.guard(action, choice, state), 0).map(placed);
    },
    placeOfError(declaration, error) {
      const locate = declaration.file === undefined ? undefined : placesOfErrors.get(declaration.file);
      const place = (locate ?? placeOfError)(error);
      return place === null ? null : shown(place);
    },
  };
}

/** From the working folder where the file lies in it; else as it is. Always with forward slashes. */
function shownPath(file: string, workingFolder: string): string {
  const path = isAbsolute(file) ? relative(workingFolder, file) : file;
  return (path.startsWith("..") || isAbsolute(path) ? file : path).split(sep).join("/");
}

/** Problems of a file as a whole: no line is to blame, and the message names the file. */
const namesItsFile: ReadonlySet<SpecProblem["code"]> = new Set([
  "not-found",
  "not-typescript",
  "no-model",
  "same-name",
]);

function specProblem(
  { code, file, line, column, message, tryThis }: SpecProblem,
  shown: (place: Place) => Place,
): Problem {
  const base = { code, exit: exitCodes.specFile, what: message, tries: [tryThis] };
  if (namesItsFile.has(code)) return base;
  return { ...base, place: shown({ file, line, column }) };
}

async function reasonsFor(
  declaration: ModelDeclaration,
  { model, finding, trace }: Pick<Outcome, "model" | "finding" | "trace">,
): Promise<readonly Reason[]> {
  const last = trace.at(-1);
  if (finding === null || finding.kind === "error" || last === undefined) return [];
  const answers = await explainer({ declaration, settings: model.settings });
  if (finding.kind === "deadlock")
    return answers.disabled(last.state).flatMap((disabled) => whyDisabled(disabled, model, last.state));
  const before = trace.at(-2)?.state ?? null;
  return linesOf(answers.property(finding.property.name, before, last.state), 0);
}

function linesOf(explained: Explained, depth: number): readonly Reason[] {
  if (!explained.ok) return [{ depth, text: `not explained: ${explained.message}`, place: null }];
  return explanationLines(explained.explanation).map((line) => deeper(line, depth));
}

function deeper({ depth, text, place }: ExplanationLine, by: number): Reason {
  return { depth: depth + by, text, place };
}

function whyDisabled({ action, choices, examples }: Disabled, model: Model, state: unknown): readonly Reason[] {
  if (choices === 0) return [{ depth: 0, text: `${action}: the state has nothing for it to take`, place: null }];
  return examples.flatMap(({ choice, explained }) => {
    const parameters = parametersOf(model, action, choice, state).map((parameter) => ({
      name: parameter.name,
      value: renderParameter(parameter),
    }));
    return [{ depth: 0, text: `${stepLabel(action, parameters)} is disabled:`, place: null }, ...linesOf(explained, 1)];
  });
}

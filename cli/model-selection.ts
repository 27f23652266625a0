/** From what the user named (a model, a file, constants, properties) to a model that can be explored. */
import { EvaluationError, plainMessage, Semantics, SizeError, temporalProperties } from "../checker/index.ts";
import { type Place, switchWith } from "../checker/report/index.ts";
import {
  checksDeadlockOf,
  DeclarationError,
  instantiate,
  type Model,
  type ModelDeclaration,
  type SettingProblem,
  type Settings,
  SpecError,
} from "../spec/lang/index.ts";
import { exitCodes } from "./exit-codes.ts";
import { helpfulSettings } from "./helpful-settings.ts";
import { nearestNames } from "./nearest.ts";
import { fine, type Problem, type Result, refuse } from "./problem.ts";
import { builtInModels, defaultModelName } from "./registry.ts";
import { readSettings } from "./settings.ts";
import type { SpecSource } from "./spec-source.ts";

/** What the command line says of the model. An absent field leaves the declaration as it is. */
export interface ModelRequest {
  /** A built-in model's name or the path of a TypeScript file. */
  readonly target?: string;
  /** Which of the models that a file declares. */
  readonly model?: string;
  readonly set: readonly string[];
  readonly property: readonly string[];
  readonly symmetry?: boolean | undefined;
  readonly deadlock?: boolean | undefined;
  readonly deadData?: boolean | undefined;
  readonly paranoid?: true | undefined;
}

export interface SelectedModel {
  readonly declaration: ModelDeclaration;
  readonly model: Model;
  /** The file of the spec as the user would write it: of a built-in model, from the root of the package. */
  readonly file: string | null;
  readonly isBuiltIn: boolean;
  /** True where nothing on the command line changes what the declaration says. */
  readonly asDeclared: boolean;
}

export async function selectModel(request: ModelRequest, specs: SpecSource): Promise<Result<SelectedModel>> {
  const found = await findDeclaration(request, specs);
  if (!found.ok) return found;
  const { declaration } = found.value;
  const settings = readSettings(request.set, declaration.spec.constants);
  if (!settings.ok) return settings;
  return fixModel(found.value, request, settings.value, specs);
}

/** Fixes the constants and the properties of a declared model. */
export async function fixModel(
  found: Pick<SelectedModel, "declaration" | "file" | "isBuiltIn">,
  request: Pick<ModelRequest, "property" | "symmetry" | "deadlock" | "deadData" | "paranoid">,
  settings: Settings,
  specs: SpecSource,
): Promise<Result<SelectedModel>> {
  const { declaration } = found;
  const wanted: ModelDeclaration = {
    ...declaration,
    ...(request.property.length === 0 ? {} : { properties: request.property }),
    ...(request.symmetry === undefined ? {} : { symmetry: request.symmetry }),
    ...(request.deadlock === undefined ? {} : { deadlock: request.deadlock }),
    ...(request.deadData === undefined ? {} : { deadData: request.deadData }),
    ...(request.paranoid === undefined ? {} : { paranoid: request.paranoid }),
  };
  const unfit =
    unknownProperties(wanted) ??
    undeclaredSymmetry(request, wanted) ??
    undeclaredDeadData(request, wanted) ??
    deadlocksWithoutDeadData(request, wanted);
  if (unfit !== null) return refuse(unfit);
  const model = await built(wanted, settings, specs);
  if (!model.ok) return model;
  const declared = instantiate(declaration);
  const asDeclared = declared.ok && sameModel(declared.value, model.value);
  return { ok: true, value: { ...found, declaration: wanted, model: model.value, asDeclared } };
}

/** Temporal properties are declared today and checked in a later version; a run that left them out in silence would lie. */
export function refuseTemporal(model: Model): Problem | null {
  const temporal = temporalProperties(model).map(({ name }) => name);
  const unchecked = temporalProperties(model.spec).map(({ name }) => name);
  if (temporal.length === 0) return null;
  const isChecked = (name: string): boolean => !unchecked.includes(name);
  const others = model.properties.map(({ name }) => name).filter(isChecked);
  const [declared] = model.spec.properties.map(({ name }) => name).filter(isChecked);
  const choose = (names: readonly string[]): string => names.map((name) => `--property ${name}`).join(" ");
  return {
    code: "temporal-property",
    exit: exitCodes.configuration,
    what: `${model.name} is to be checked for ${temporal.join(", ")}, and this version does not check temporal properties`,
    found: "properties of infinite behaviours (leads-to, always-eventually)",
    expected: "invariants, step invariants and reachable goals",
    tries: [
      others.length > 0
        ? `Check the others only: ${choose(others)}`
        : declared !== undefined
          ? `Check another one: ${choose([declared])}`
          : "Declare an invariant, and choose it with --property.",
    ],
  };
}

/** The declaration that a name or a path stands for. */
export async function findDeclaration(
  { target, model }: Pick<ModelRequest, "target" | "model">,
  specs: SpecSource,
): Promise<Result<Pick<SelectedModel, "declaration" | "file" | "isBuiltIn">>> {
  if (target !== undefined && isPath(target)) {
    const loaded = await specs.load(target);
    if (!loaded.ok) return loaded;
    const chosen = chooseFrom(loaded.value, target, model);
    return chosen.ok ? fine({ declaration: specs.marked(chosen.value), file: target, isBuiltIn: false }) : chosen;
  }
  const declaration = findBuiltIn(target ?? model ?? defaultModelName);
  if (!declaration.ok) return declaration;
  const { file = null } = declaration.value;
  return fine({ declaration: specs.marked(declaration.value), file, isBuiltIn: true });
}

/** Whether the word names a file rather than a model. */
function isPath(target: string): boolean {
  return /[\\/]/.test(target) || /\.[cm]?[jt]s$/.test(target);
}

function findBuiltIn(name: string): Result<ModelDeclaration> {
  const declaration = builtInModels.find((model) => model.name === name);
  if (declaration !== undefined) return fine(declaration);
  const near = nearestNames(
    name,
    builtInModels.map((model) => model.name),
  );
  return refuse({
    code: "unknown-model",
    exit: exitCodes.configuration,
    what: `there is no model named ${name}`,
    expected: "the name of a built-in model, or the path of a TypeScript file",
    tries: [...near.map((candidate) => `lockstep explore ${candidate}`), "lockstep list"],
  });
}

function chooseFrom(
  models: readonly ModelDeclaration[],
  file: string,
  name: string | undefined,
): Result<ModelDeclaration> {
  const [only] = models;
  const chosen = name === undefined && models.length === 1 ? only : models.find((model) => model.name === name);
  if (chosen !== undefined) return fine(chosen);
  const names = models.map((model) => model.name);
  const place = { file };
  if (only === undefined) throw new Error("a file was loaded that declares no model");
  const what =
    name === undefined ? `the file declares ${models.length} models` : `the file declares no model named ${name}`;
  return refuse({
    code: "choose-model",
    exit: exitCodes.configuration,
    what,
    place,
    expected: `one of ${names.join(", ")}`,
    tries: [`--model ${(name === undefined ? undefined : nearestNames(name, names)[0]) ?? only.name}`],
  });
}

/** Symmetry that was asked for and that the spec says nothing of: ignoring it would make a report of another run. */
function undeclaredSymmetry({ symmetry }: Pick<ModelRequest, "symmetry">, { spec }: ModelDeclaration): Problem | null {
  if (symmetry !== true || spec.symmetry.length > 0) return null;
  return {
    code: "no-symmetry-declared",
    exit: exitCodes.configuration,
    what: `--symmetry: ${spec.name} declares no symmetric ids`,
    expected: 'a spec with symmetry: ["Name"], where Name is a constant made with ids()',
    tries: ["Remove --symmetry from the command.", "Declare the ids symmetric, where the spec treats them alike."],
  };
}

/** Dead data that was to be left out of a spec that names none. */
function undeclaredDeadData({ deadData }: Pick<ModelRequest, "deadData">, { spec }: ModelDeclaration): Problem | null {
  if (deadData !== true || spec.deadData !== null) return null;
  return {
    code: "no-dead-data-declared",
    exit: exitCodes.configuration,
    what: `--dead-data: ${spec.name} does not say what of its state can never matter again`,
    expected: "a spec with deadData: { says, reset, elements }",
    tries: ["Remove --dead-data from the command.", "Declare it: docs/writing-a-spec.md shows how."],
  };
}

/** A state whose steps only take dead data away has no step any more where these are left out, and is no deadlock. */
function deadlocksWithoutDeadData(
  { deadlock }: Pick<ModelRequest, "deadlock">,
  wanted: ModelDeclaration,
): Problem | null {
  if (wanted.deadData !== true || !checksDeadlockOf(wanted)) return null;
  return {
    code: "deadlocks-without-dead-data",
    exit: exitCodes.configuration,
    what: `--dead-data cannot be used ${deadlock === true ? "together with --deadlock" : "where deadlocks are reported"}: without the dead data the deadlocks would be different ones`,
    expected: "a run that reports no deadlocks, or one that keeps dead data",
    tries: [
      deadlock === true ? "Write --no-deadlock instead of --deadlock." : "Add --no-deadlock.",
      "Remove --dead-data from the command.",
    ],
  };
}

function unknownProperties({ spec, properties = [] }: ModelDeclaration): Problem | null {
  const names = spec.properties.map((property) => property.name);
  const unknown = properties.find((name) => !names.includes(name));
  if (unknown === undefined) return null;
  return {
    code: "unknown-property",
    exit: exitCodes.configuration,
    what: `${spec.name} has no property named ${unknown}`,
    expected: names.length === 0 ? "no property: the spec declares none" : `one of ${names.join(", ")}`,
    tries: nearestNames(unknown, names).map((candidate) => `--property ${candidate}`),
  };
}

/** Builds the model, and once what a search would build of it, so that a spec that cannot be built is refused here. */
async function built(declaration: ModelDeclaration, settings: Settings, specs: SpecSource): Promise<Result<Model>> {
  try {
    const resolved = instantiate(declaration, settings);
    if (!resolved.ok) return await refusedSettings(resolved.problems, declaration, settings, specs);
    const off = declaration.properties?.find((name) => !resolved.value.properties.some((p) => p.name === name));
    if (off !== undefined) {
      const { property } = await specs.places(declaration);
      return refuse(switchedOff(off, resolved.value, property(off)));
    }
    new Semantics(resolved.value);
    return fine(resolved.value);
  } catch (error) {
    if (error instanceof SizeError) return refuse(await tooLarge(error, declaration, specs));
    return refuse(await unbuildable(error, declaration, settings, specs));
  }
}

/** Settings of the model, or of the trace that is replayed. Those of the command line are read before. */
async function refusedSettings(
  problems: readonly SettingProblem[],
  declaration: ModelDeclaration,
  settings: Settings,
  specs: SpecSource,
): Promise<Result<Model>> {
  const { name, file } = declaration;
  const places = await specs.places(declaration);
  const [first, ...others] = problems.map(({ constant, found, expected }): Problem => {
    const isOfTrace = Object.hasOwn(settings, constant);
    const line = isOfTrace ? null : places.setting(name, constant);
    const place = line ?? (file === undefined ? null : { file });
    return {
      code: "setting-out-of-range",
      exit: exitCodes.configuration,
      what: `the constant ${constant} of the model ${name} does not take this value`,
      ...(place === null ? {} : { place }),
      found,
      expected,
      tries: [`Write a value that the constant takes, where the ${isOfTrace ? "trace" : "model"} sets it.`],
    };
  });
  if (first !== undefined) return refuse(first, ...others);
  throw new Error("constants were refused without a reason");
}

/** What the declarations of the model threw once its constants were known. */
async function unbuildable(
  error: unknown,
  declaration: ModelDeclaration,
  settings: Settings,
  specs: SpecSource,
): Promise<Problem> {
  const { name, file } = declaration;
  const line = await placeOfDeclaration(error, declaration, specs);
  const place = line ?? (file === undefined ? null : { file });
  const ofParameter = error instanceof EvaluationError ? `the parameter ${error.of}: ` : "";
  const isRefusal = error instanceof DeclarationError || error instanceof SpecError || error instanceof EvaluationError;
  const advice = isRefusal ? error.tryThis : null;
  const helpful = helpfulSettings(declaration, settings);
  const others = helpful.map(({ constant, value }) => `--set ${constant}=${value}`);
  const flag = helpful.find(({ value }) => typeof value === "boolean");
  return {
    code: "model-cannot-be-built",
    exit: exitCodes.specEvaluation,
    what: `the model ${name} cannot be built: ${ofParameter}${plainMessage(error)}`,
    ...(place === null ? {} : { place }),
    tries: [
      advice?.replaceAll("c.flag", `c.${flag?.constant ?? "flag"}`) ?? "Fix this line: a declaration must not throw.",
      ...others,
    ],
  };
}

/** The author's line; where the stack has none, that of the parameter, or of its action. */
async function placeOfDeclaration(
  error: unknown,
  declaration: ModelDeclaration,
  specs: SpecSource,
): Promise<Place | null> {
  const thrower = error instanceof EvaluationError ? error.cause : error;
  const line = specs.placeOfError(declaration, thrower);
  if (line !== null) return line;
  const places = await specs.places(declaration);
  if (thrower instanceof DeclarationError && thrower.field !== null) return places.field(thrower.field);
  if (!(error instanceof EvaluationError)) return null;
  const [action = ""] = error.of.split(".");
  return places.parameter(error.of) ?? places.action(action);
}

async function tooLarge(
  { message, tries, of }: SizeError,
  declaration: ModelDeclaration,
  specs: SpecSource,
): Promise<Problem> {
  const { name, file } = declaration;
  const line = of === null ? null : (await specs.places(declaration))[of.kind](of.name);
  const place = line ?? (file === undefined ? null : { file });
  return {
    code: "model-too-large",
    exit: exitCodes.specEvaluation,
    what: `the model ${name} is too large: ${message}`,
    ...(place === null ? {} : { place }),
    tries,
  };
}

function switchedOff(property: string, model: Model, place: Place | null): Problem {
  const { name, spec } = model;
  const declared = spec.properties.find((one) => one.name === property);
  const by = declared === undefined ? null : switchWith(model, (constants) => declared.part(constants));
  return {
    code: "property-switched-off",
    exit: exitCodes.configuration,
    what: `${property} belongs to a part of ${spec.name} that ${name} switches off`,
    ...(place === null ? {} : { place }),
    expected: "a property of the parts that are on",
    tries: [by === null ? "Switch the part on with --set." : by.setting, "Choose another property with --property."],
  };
}

function sameModel(a: Model, b: Model): boolean {
  const facts = (model: Model): string =>
    JSON.stringify([
      model.settings,
      model.properties.map(({ name }) => name),
      model.symmetric,
      model.checksDeadlock,
      model.deadData !== null,
    ]);
  return facts(a) === facts(b);
}

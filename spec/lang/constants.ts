/** The constants of a spec: what a model fixes and the command line may override. */
import { DeclarationError } from "./errors.ts";
import { type IdSet, idSet } from "./ids.ts";

interface Described {
  /** One sentence: what the constant bounds or chooses. */
  readonly says: string;
}

export interface IdsConstant<Name extends string = string> extends Described {
  readonly kind: "ids";
  readonly prefix: Name;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface CountConstant extends Described {
  readonly kind: "count";
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface FlagConstant extends Described {
  readonly kind: "flag";
  readonly default: boolean;
}

export interface ChoiceConstant<Name extends string = string> extends Described {
  readonly kind: "choice";
  readonly names: readonly Name[];
  readonly default: Name;
}

export type ConstantDeclaration = IdsConstant | CountConstant | FlagConstant | ChoiceConstant;
export type ConstantDeclarations = Readonly<Record<string, ConstantDeclaration>>;

/** The values that guards, effects and properties receive as their last argument. */
export type ConstantsOf<D extends ConstantDeclarations> = { readonly [K in keyof D]: ConstantValue<D[K]> };
type ConstantValue<D> =
  D extends IdsConstant<infer Name>
    ? IdSet<Name>
    : D extends CountConstant
      ? number
      : D extends FlagConstant
        ? boolean
        : D extends ChoiceConstant<infer Name>
          ? Name
          : never;

/** What a model or the command line sets: an id set by its size. */
export type SettingsOf<D extends ConstantDeclarations> = { readonly [K in keyof D]?: SettingValue<D[K]> };
type SettingValue<D> = D extends IdsConstant | CountConstant
  ? number
  : D extends FlagConstant
    ? boolean
    : D extends ChoiceConstant<infer Name>
      ? Name
      : never;

/** Settings whose types are not known, as they come from a command line or a trace. */
export type Settings = Readonly<Record<string, number | boolean | string>>;

type Range = { readonly default: number; readonly min?: number; readonly max?: number; readonly says: string };

/** An id set is listed wherever it is used. */
const idsMax = 65_536;

/** An id set `prefix1 .. prefixN`; the setting is its size N. */
export function ids<const Name extends string>(prefix: Name, range: Range): IdsConstant<Name> {
  if (range.min !== undefined && range.min < 1) {
    throw new DeclarationError(
      `ids("${prefix}"): min is ${range.min}, and a set has one id at least`,
      "Write min: 1, or no min. For a set that may be empty take a part of a larger one, such as c.Jar.slice(0, c.shelves).",
    );
  }
  if (range.max !== undefined && range.max > idsMax) {
    throw new DeclarationError(
      `ids("${prefix}"): max is ${range.max.toLocaleString("en")}, and a set has ${idsMax.toLocaleString("en")} ids at most`,
      `Write max: ${idsMax}.`,
    );
  }
  return withinItsRange(`ids("${prefix}")`, range, { kind: "ids", prefix, min: 1, max: 16, ...range });
}

/** A whole number. */
export function count(range: Range): CountConstant {
  return withinItsRange("count", range, { kind: "count", min: 0, max: 65_535, ...range });
}

function withinItsRange<D extends IdsConstant | CountConstant>(what: string, range: Range, declaration: D): D {
  if (accepts(declaration, declaration.default)) return declaration;
  if (range.max === undefined && declaration.default > declaration.max) {
    throw new DeclarationError(
      `${what}: the default is ${range.default}, and max is ${declaration.max} where none is given`,
      `Write a smaller default, or max: ${range.default}.`,
    );
  }
  throw new DeclarationError(
    `the default ${declaration.default} is not ${describeConstant(declaration)}`,
    "Write another default, or another min or max beside it.",
  );
}

export function flag(declaration: { readonly default: boolean; readonly says: string }): FlagConstant {
  return { kind: "flag", ...declaration };
}

export function choice<const Name extends string>(
  names: readonly Name[],
  declaration: { readonly default: NoInfer<Name>; readonly says: string },
): ChoiceConstant<Name> {
  return { kind: "choice", names, ...declaration };
}

/** A setting that does not fit its declaration: `constant` names it, or is "properties" for an unknown property's name. */
export interface SettingProblem {
  readonly constant: string;
  readonly found: string;
  readonly expected: string;
}

export type Resolved<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** The declared defaults, overridden by `settings`, in the order of the declarations. */
export function resolveConstants(declarations: ConstantDeclarations, settings: Settings): Resolved<Settings> {
  const problems: SettingProblem[] = [];
  for (const [constant, found] of Object.entries(settings)) {
    const declaration = Object.hasOwn(declarations, constant) ? declarations[constant] : undefined;
    if (declaration === undefined) {
      problems.push({ constant, found: String(found), expected: `one of ${Object.keys(declarations).join(", ")}` });
    } else if (!accepts(declaration, found)) {
      problems.push({ constant, found: String(found), expected: describeConstant(declaration) });
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const complete = Object.entries(declarations).map(
    ([name, declaration]) => [name, settingOf(name, settings) ?? declaration.default] as const,
  );
  return { ok: true, value: Object.fromEntries(complete) };
}

function accepts(declaration: ConstantDeclaration, found: number | boolean | string): boolean {
  switch (declaration.kind) {
    case "ids":
    case "count":
      return (
        typeof found === "number" && Number.isInteger(found) && found >= declaration.min && found <= declaration.max
      );
    case "flag":
      return typeof found === "boolean";
    case "choice":
      return typeof found === "string" && declaration.names.includes(found);
  }
}

/** What a constant accepts, in words. */
export function describeConstant(declaration: ConstantDeclaration): string {
  switch (declaration.kind) {
    case "ids":
      return `a number of ids from ${declaration.min} to ${declaration.max}`;
    case "count":
      return `a whole number from ${declaration.min} to ${declaration.max}`;
    case "flag":
      return "true or false";
    case "choice":
      return `one of ${declaration.names.join(", ")}`;
  }
}

function settingOf(name: string, settings: Settings): Settings[string] | undefined {
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}

/** The values of the constants under complete settings. */
export function constantValues(
  declarations: ConstantDeclarations,
  settings: Settings,
): Readonly<Record<string, unknown>> {
  const values = Object.entries(declarations).map(([name, declaration]) => {
    const setting = settingOf(name, settings) ?? declaration.default;
    return [name, declaration.kind === "ids" ? idSet(declaration.prefix, Number(setting), name) : setting] as const;
  });
  return Object.freeze(Object.fromEntries(values));
}

/** Other values of a constant: of a number the neighbours and the ends of its range, which are enough to see that it decides. */
export function otherSettings(
  declared: ConstantDeclaration,
  present: number | boolean | string,
): readonly (number | boolean | string)[] {
  switch (declared.kind) {
    case "flag":
      return [!present];
    case "choice":
      return declared.names.filter((name) => name !== present);
    case "ids":
    case "count": {
      const { min, max } = declared;
      const near = typeof present === "number" ? [present - 1, present + 1, min] : [];
      return near.filter((value) => value >= min && value <= max && value !== present);
    }
  }
}

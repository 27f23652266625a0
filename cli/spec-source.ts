/** What the commands ask of the source text of specs: loading a user's file, where things stand, why something is false. */
import type { Choice, Outcome } from "../checker/index.ts";
import type { Place, Places, Reason } from "../checker/report/index.ts";
import type { SpecBundle } from "../checker/source/index.ts";
import type { Model, ModelDeclaration } from "../spec/lang/index.ts";
import type { Problem, Result } from "./problem.ts";

export interface SpecSource {
  /** The models that a TypeScript file declares; the path as the user wrote it. */
  readonly load: (path: string) => Promise<Result<readonly ModelDeclaration[]>>;
  /** The declaration as a run that is watched calls it. */
  readonly marked: (declaration: ModelDeclaration) => ModelDeclaration;
  /** What another thread needs to load the file of this declaration again; null for a built-in model. */
  readonly bundleOf: (declaration: ModelDeclaration) => SpecBundle | null;
  /** All text that decides what a search of this declaration finds: a search goes on only where it is the same. */
  readonly codeOf: (declaration: ModelDeclaration) => string;
  /** Where the actions and properties of the declaration's spec stand. */
  readonly places: (declaration: ModelDeclaration) => Promise<Places>;
  /** Why the property is false that ends the behaviour; empty where that is not known. */
  readonly reasons: (
    declaration: ModelDeclaration,
    found: Pick<Outcome, "model" | "finding" | "trace">,
  ) => Promise<readonly Reason[]>;
  /** Why the action's guard is false for these parameters in this state; empty where that is not known. */
  readonly guardReasons: (
    declaration: ModelDeclaration,
    tried: { readonly model: Model; readonly action: string; readonly choice: Choice; readonly state: unknown },
  ) => Promise<readonly Reason[]>;
  /** Where in a spec an error was thrown. */
  readonly placeOfError: (declaration: ModelDeclaration, error: unknown) => Place | null;
}

/** Where nothing is known of the source. */
export const noPlaces: Places = {
  action: () => null,
  property: () => null,
  field: () => null,
  parameter: () => null,
  setting: () => null,
};

/** The first problem with the place of what it concerns. The others are printed as they are. */
export async function located(
  [first, ...others]: readonly [Problem, ...Problem[]],
  declaration: ModelDeclaration,
  specs: SpecSource,
): Promise<readonly [Problem, ...Problem[]]> {
  if (first.concerns === undefined) return [first, ...others];
  const places = await specs.places(declaration);
  const place = places.action(first.concerns) ?? places.property(first.concerns);
  return [place === null ? first : { ...first, place }, ...others];
}

/** The reasons for a finding. Where reading the source fails, the report is worth more than its explanation. */
export async function reasonsOrWhyNot(
  specs: SpecSource,
  ...[declaration, found]: Parameters<SpecSource["reasons"]>
): Promise<readonly Reason[]> {
  try {
    return await specs.reasons(declaration, found);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ depth: 0, text: `not explained, by a mistake of lockstep: ${message}`, place: null }];
  }
}

/** Which constant is to blame where a model cannot be built: each is set to another value, one at a time, and tried. */
import { Semantics } from "../checker/index.ts";
import { type ConstantDeclaration, instantiate, type ModelDeclaration, type Settings } from "../spec/lang/index.ts";

/** A setting with which the model can be built. */
export interface HelpfulSetting {
  readonly constant: string;
  readonly value: number | boolean | string;
}

/** One setting of each constant that helps by itself, the nearest to the present one. */
export function helpfulSettings(declaration: ModelDeclaration, settings: Settings): readonly HelpfulSetting[] {
  const present: Settings = { ...declaration.set, ...settings };
  return Object.entries(declaration.spec.constants).flatMap(([constant, declared]) => {
    const value = othersOf(declared, present[constant] ?? declared.default).find((other) =>
      canBeBuilt(declaration, { ...settings, [constant]: other }),
    );
    return value === undefined ? [] : [{ constant, value }];
  });
}

/** Other values of a constant: of a number the neighbours and the ends of its range, which are enough to see that it decides. */
function othersOf(
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

function canBeBuilt(declaration: ModelDeclaration, settings: Settings): boolean {
  try {
    const resolved = instantiate(declaration, settings);
    if (!resolved.ok) return false;
    new Semantics(resolved.value);
    return true;
  } catch {
    return false;
  }
}

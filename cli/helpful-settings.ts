/** Which constant is to blame where a model cannot be built: each is set to another value, one at a time, and tried. */
import { Semantics } from "../checker/index.ts";
import { instantiate, type ModelDeclaration, otherSettings, type Settings } from "../spec/lang/index.ts";

/** A setting with which the model can be built. */
export interface HelpfulSetting {
  readonly constant: string;
  readonly value: number | boolean | string;
}

/** One setting of each constant that helps by itself, the nearest to the present one. */
export function helpfulSettings(declaration: ModelDeclaration, settings: Settings): readonly HelpfulSetting[] {
  const present: Settings = { ...declaration.set, ...settings };
  return Object.entries(declaration.spec.constants).flatMap(([constant, declared]) => {
    const value = otherSettings(declared, present[constant] ?? declared.default).find((other) =>
      canBeBuilt(declaration, { ...settings, [constant]: other }),
    );
    return value === undefined ? [] : [{ constant, value }];
  });
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

/** Which constant switches the part of the state on that a field belongs to. */
import { type Model, nodeOf, otherSettings, type Schema, type Settings } from "../../spec/lang/index.ts";

/** The condition under which the part is on, as a spec writes it, and the setting of the command line. */
export interface PartSwitch {
  readonly condition: string;
  readonly setting: string;
}

/** What switches the part on that the field at `path` belongs to; null where no single constant does. */
export function switchOf(model: Model, path: string): PartSwitch | null {
  const names = path.replaceAll(/\[[^\]]*\]/g, "").split(".");
  return switchWith(model, (constants) => {
    const field = fieldAt(model.spec.state(constants), names);
    return field !== null && nodeOf(field).kind !== "absent";
  });
}

/** The first flag or choice that by itself makes `isOn` true; null where there is none. */
export function switchWith(model: Model, isOn: (constants: unknown) => boolean): PartSwitch | null {
  const isOnWith = (name: string, value: Settings[string]): boolean => {
    try {
      return isOn({ ...(model.constants as Readonly<Record<string, unknown>>), [name]: value });
    } catch {
      // The other constants may not go with this value.
      return false;
    }
  };
  for (const [name, declared] of Object.entries(model.spec.constants)) {
    if (declared.kind !== "flag" && declared.kind !== "choice") continue;
    const present = model.settings[name] ?? declared.default;
    const value = otherSettings(declared, present).find((other) => isOnWith(name, other));
    if (value !== undefined) return { condition: conditionFor(name, value), setting: `--set ${name}=${value}` };
  }
  return null;
}

/** How a spec writes that a flag or a choice has this value. */
function conditionFor(name: string, value: Settings[string]): string {
  if (typeof value === "boolean") return value ? `c.${name}` : `!c.${name}`;
  return `c.${name} === ${JSON.stringify(value)}`;
}

/** The field that these names lead to, through whatever holds records. */
function fieldAt(schema: Schema, names: readonly string[]): Schema | null {
  const [name, ...others] = names;
  const node = nodeOf(schema);
  if (name === undefined) return schema;
  switch (node.kind) {
    case "record": {
      const field = Object.hasOwn(node.fields, name) ? node.fields[name] : undefined;
      return field === undefined ? null : fieldAt(field, others);
    }
    case "map":
      return fieldAt(node.values, names);
    case "sequence":
    case "set":
    case "bag":
      return fieldAt(node.element, names);
    case "option":
      return fieldAt(node.some, names);
    default:
      return null;
  }
}

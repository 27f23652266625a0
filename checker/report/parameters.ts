/** The parameters of a step with their schemas, so that they can be shown and stored like any other value. */
import {
  type Action,
  type Model,
  nodeOf,
  presentFields,
  type ReadonlyFixedMap,
  type Schema,
} from "../../spec/lang/index.ts";
import { elementsOf, fieldOf, kindOf, renderUntyped, renderValue } from "./render.ts";

export interface Parameter {
  readonly name: string;
  readonly value: unknown;
  /** Null where the spec computed the value from a state and no collection of that state holds it. */
  readonly schema: Schema | null;
}

/** An action of the model or its `Init`, by name. */
function actionNamed(model: Model, name: string): Action | undefined {
  return [model.spec.init, ...model.actions].find((action) => action.name === name);
}

/**
 * The parameters of one step, in the order of their declaration. A parameter that ranges over something found in the
 * state declares no schema; it is looked up in the collections of the state `before`, from which it was taken.
 */
export function parametersOf(
  model: Model,
  action: string,
  choice: Readonly<Record<string, unknown>>,
  before: unknown,
): readonly Parameter[] {
  const declared = Object.entries(actionNamed(model, action)?.params(model.constants) ?? {});
  return declared.map(([name, domain]) => {
    const value = choice[name];
    if (domain.kind !== "found") return { name, value, schema: domain };
    return { name, value, schema: before === null ? null : schemaOfElement(model.schema, before, value) };
  });
}

export function renderParameter({ schema, value }: Parameter): string {
  return schema === null ? renderUntyped(value) : renderValue(schema, value);
}

/** The element schema of the first collection in `place` that holds `value`. */
function schemaOfElement(schema: Schema, place: unknown, value: unknown): Schema | null {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "record":
      return firstFound(presentFields(node), ([name, field]) => schemaOfElement(field, fieldOf(place, name), value));
    case "map": {
      const map = place as ReadonlyFixedMap<unknown, unknown>;
      return firstFound(map.keys(), (key) => schemaOfElement(node.values, map.get(key), value));
    }
    case "set":
    case "bag":
    case "sequence":
      return elementsOf(place).some((element) => sameContent(node.element, element, value)) ? node.element : null;
    default:
      return null;
  }
}

function firstFound<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** Whether two values are equal, of which only the first is known to be of the schema. */
function sameContent(schema: Schema, element: unknown, value: unknown): boolean {
  if (element === value) return true;
  if (typeof value !== "object" || value === null || typeof element !== "object" || element === null) return false;
  const node = nodeOf(schema);
  if (node.kind === "option") return sameContent(node.some, element, value);
  if (node.kind === "union") {
    const fields = node.cases[kindOf(element)];
    return kindOf(element) === kindOf(value) && fields !== undefined && sameContent(fields, element, value);
  }
  if (node.kind === "record") {
    return presentFields(node).every(([name, field]) =>
      sameContent(field, fieldOf(element, name), fieldOf(value, name)),
    );
  }
  return renderUntyped(element) === renderUntyped(value);
}

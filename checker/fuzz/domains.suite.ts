/** Random domains of parameters: schemas, and what is found in the state. */
import { conditionOn, type Making, type Scope } from "./expressions.suite.ts";
import { member } from "./names.suite.ts";
import { weighted } from "./random.suite.ts";
import {
  anyShape,
  cardinality,
  isEnumerable,
  type Shape,
  type ShapeSource,
  scalarShape,
  textOf,
} from "./shapes.suite.ts";

export interface Domain {
  readonly domain: string;
  /** What each value is. */
  readonly shape: Shape;
  /** How many values it has at most, or some more where that is not known. */
  readonly count: number;
}

export function domainOf(making: Making, shapes: ShapeSource, state: Scope, isFound: boolean): Domain | null {
  if (isFound) return foundDomain(making, state);
  const { random } = making;
  for (let tries = 0; tries < 4; tries += 1) {
    const shape = random.chance(0.7) ? scalarShape(shapes) : anyShape(shapes, 2);
    if (!isEnumerable(shape) || cardinality(shape) > 12) continue;
    making.feature(`domains: the schema ${shape.kind}`);
    return { domain: textOf(shape), shape, count: cardinality(shape) };
  }
  return null;
}

function foundDomain(making: Making, state: Scope): Domain | null {
  const { random } = making;
  const collections = state.sources.filter(({ text }) => !text.includes("?"));
  const known = collections.flatMap(({ text, shape }) =>
    shape.kind === "set" || shape.kind === "bag" || shape.kind === "sequence"
      ? [{ text, shape, element: shape.element }]
      : [],
  );
  if (known.length === 0) return null;
  const { text, shape, element } = random.pick(known);
  const others = known.filter((one) => textOf(one.element) === textOf(element));
  const other = random.pick(others).text;
  const size = shape.kind === "sequence" ? "length" : "size";
  const test = conditionOn(making, { text: "e", shape: element }, { sources: [] });
  const ordered = making.isSymmetric ? 0 : 2;
  const set = shape.kind === "set" ? 2 : 0;
  const choices: readonly (readonly [weight: number, name: string, text: string])[] = [
    [6, "identity", text],
    [2, "spread", `[...${text}]`],
    [2, "Array.from", `Array.from(${text})`],
    [3, "filter not null", `[...${text}].filter((e) => e !== null)`],
    [3, "filter truthy", `[...${text}].filter((e) => e)`],
    [3, "filter Boolean", `[...${text}].filter(Boolean)`],
    [3, "filter", `[...${text}].filter((e) => ${test})`],
    [2, "map to itself", `[...${text}].map((e) => e)`],
    [2, "flatMap", `[...${text}].flatMap((e) => [e])`],
    [3, "flatMap with a test", `[...${text}].flatMap((e) => (${test} ? [e] : []))`],
    [2, "flatMap not null", `[...${text}].flatMap((e) => (e === null ? [] : [e]))`],
    [ordered, "slice", `[...${text}].slice(0, 1)`],
    [ordered, "slice from the second", `[...${text}].slice(1)`],
    [2, "ternary on the size", `${text}.${size} > 1 ? ${text} : []`],
    [2, "ternary on the length", `[...${text}].length > 1 ? [...${text}] : []`],
    [2, "concatenation", `[...${text}, ...${other}]`],
    [1, "reverse", `[...${text}].reverse()`],
    [1, "typeof", `[...${text}].filter((e) => typeof e === "object")`],
    [1, "JavaScript set", `new Set(${text})`],
    [set, "derived set", `${text}.filter((e) => ${test})`],
    [set, "union", `${text}.union(${other})`],
    [set, "minus", `${text}.minus(${other})`],
  ];
  const [name, list] = weighted(
    random,
    choices.map(([weight, ...made]) => [weight, made] as const),
  );
  const mapped = element.kind === "record" && element.fields.length > 0 && random.chance(0.2);
  if (mapped) return mappedDomain(making, text, element);
  if (element.kind === "union" && shape.kind !== "sequence" && random.chance(0.3))
    return domainOfKinds(making, text, other, element);
  making.feature(`domains: found, ${name}`);
  making.feature(`domains: found in a ${shape.kind} of ${element.kind}`);
  return { domain: `P.found((s, c) => ${list})`, shape: element, count: 4 };
}

function mappedDomain(making: Making, text: string, element: Extract<Shape, { readonly kind: "record" }>): Domain {
  const [name, field] = making.random.pick(element.fields);
  making.feature("domains: found, mapped to a field");
  return { domain: `P.found((s, c) => [...${text}].map((e) => e${member(name)}))`, shape: field, count: 4 };
}

function domainOfKinds(
  making: Making,
  text: string,
  other: string,
  element: Extract<Shape, { readonly kind: "union" }>,
): Domain {
  const { random } = making;
  const kinds = element.cases.map(([kind]) => JSON.stringify(kind));
  const one = `${text}.ofKind(${random.pick(kinds)})`;
  making.feature("domains: found, of a kind");
  const list = random.chance(0.5) ? one : `[...${one}, ...${other}.ofKind(${random.pick(kinds)})]`;
  return { domain: `P.found((s, c) => ${list})`, shape: element, count: 4 };
}

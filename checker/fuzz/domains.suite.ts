/** Random domains of parameters: schemas, and what is found in the state. */
import { conditionOn, kindsText, type Making, type Scope, type Source } from "./expressions.suite.ts";
import { key, member } from "./names.suite.ts";
import { weighted } from "./random.suite.ts";
import { anyShape, cardinality, type Shape, type ShapeSource, scalarShape, textOf } from "./shapes.suite.ts";

export interface Domain {
  readonly domain: string;
  /** What each value is. */
  readonly shape: Shape;
  /** How many values it has at most, or some more where that is not known. */
  readonly count: number;
}

/** A parameter that is declared already. */
interface Earlier {
  readonly name: string;
  readonly variable: string;
  readonly shape: Shape;
}

/** What a domain may name. */
interface Known {
  readonly state: Scope;
  readonly earlier: readonly Earlier[];
}

export function domainOf(making: Making, shapes: ShapeSource, known: Known, isFound: boolean): Domain | null {
  if (isFound) return foundDomain(making, known);
  const { random } = making;
  for (let tries = 0; tries < 4; tries += 1) {
    const maps = known.state.sources.flatMap(({ shape }) => (shape.kind === "map" ? [shape] : []));
    const shape =
      maps.length > 0 && random.chance(0.25)
        ? random.pick(maps).keys
        : random.chance(0.6)
          ? scalarShape(shapes)
          : anyShape(shapes, 2);
    if (cardinality(shape) > 12) continue;
    making.feature(`domains: the schema ${shape.kind}`);
    return { domain: textOf(shape), shape, count: cardinality(shape) };
  }
  return null;
}

/** The function of a domain, which takes the parameters before it. */
function foundText(earlier: readonly Earlier[], list: string): string {
  const taken = earlier.map(({ name, variable }) => `${key(name)}: ${variable}`).join(", ");
  return `P.found((s, { ${taken} }, c) => ${list})`;
}

function foundDomain(making: Making, { state, earlier }: Known): Domain | null {
  const { random } = making;
  const dependent = earlier.length > 0 && random.chance(0.5) ? dependentDomain(making, state, earlier) : null;
  if (dependent !== null) return dependent;
  const collections = state.sources.filter(({ text }) => !text.includes("?"));
  const known = collections.flatMap(({ text, shape }) =>
    shape.kind === "set" || shape.kind === "bag" || shape.kind === "sequence"
      ? [{ text, shape, element: shape.element }]
      : [],
  );
  if (known.length === 0) return null;
  const messages = known.filter(({ shape: one }) => one.kind !== "sequence" && one.element.kind === "union");
  const { text, shape, element } = random.pick(messages.length > 0 && random.chance(0.3) ? messages : known);
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
  const isMapped = element.kind === "record" && element.fields.length > 0 && random.chance(0.2);
  if (isMapped) return mappedDomain(making, earlier, text, element);
  if (element.kind === "union" && shape.kind !== "sequence" && random.chance(0.4))
    return domainOfKinds(making, earlier, text, other, element);
  making.feature(`domains: found, ${name}`);
  making.feature(`domains: found in a ${shape.kind} of ${element.kind}`);
  return { domain: foundText(earlier, list), shape: element, count: 4 };
}

/** A domain that depends on a parameter before it. */
function dependentDomain(making: Making, state: Scope, earlier: readonly Earlier[]): Domain | null {
  const { random, feature } = making;
  const one = random.pick(earlier);
  const { variable: text, shape } = one;
  const made = (way: string, list: string, element: Shape): (() => Domain) => {
    return () => {
      feature(`domains: depends on an earlier parameter, ${way}`);
      return { domain: foundText(earlier, list), shape: element, count: 4 };
    };
  };
  const choices: (() => Domain)[] = [];
  if (shape.kind === "set" || shape.kind === "bag" || shape.kind === "sequence")
    choices.push(made("its elements", text, shape.element));
  if (shape.kind === "set") choices.push(made("its subsets", `subsets(${text})`, shape));
  if (shape.kind === "integer" && shape.max < 4) choices.push(made("a range", `range(${shape.min}, ${text})`, shape));
  const places = state.sources.filter(({ text: at }) => !at.includes("?"));
  const underIt = places.flatMap((place) => keyed(making, place, one, made));
  if (underIt.length > 0 && random.chance(0.8)) return random.pick(underIt)();
  const ofKinds = places.flatMap((place) => kindsOr(making, place, one, made));
  if (ofKinds.length > 0 && random.chance(0.4)) return random.pick(ofKinds)();
  for (const place of places) choices.push(...filtered(making, place, one, made));
  return choices.length === 0 ? null : random.pick(choices)();
}

type Made = (way: string, list: string, element: Shape) => () => Domain;

/** What a map holds under the parameter. */
function keyed(making: Making, { text, shape }: Source, one: Earlier, made: Made): readonly (() => Domain)[] {
  if (shape.kind !== "map" || textOf(shape.keys) !== textOf(one.shape)) return [];
  const { values } = shape;
  const at = `${text}.get(${one.variable})`;
  const isOfElements = values.kind === "set" || values.kind === "bag" || values.kind === "sequence";
  if (isOfElements && !making.random.chance(0.1)) return [made("a value of a map", at, values.element)];
  return [made("an array with a value of a map", `[${at}]`, values)];
}

function filtered(making: Making, { text, shape }: Source, one: Earlier, made: Made): readonly (() => Domain)[] {
  if (shape.kind !== "set" && shape.kind !== "bag" && shape.kind !== "sequence") return [];
  const { element } = shape;
  const test = conditionOn(making, { text: one.variable, shape: one.shape }, { sources: [] });
  const choices = [made("or nothing", `${test} ? ${text} : []`, element)];
  if (textOf(element) === textOf(one.shape))
    choices.push(made("all others", `[...${text}].filter((e) => !equal(e, ${one.variable}))`, element));
  return choices;
}

function kindsOr(making: Making, { text, shape }: Source, one: Earlier, made: Made): readonly (() => Domain)[] {
  if ((shape.kind !== "set" && shape.kind !== "bag") || shape.element.kind !== "union") return [];
  const test = conditionOn(making, { text: one.variable, shape: one.shape }, { sources: [] });
  return [
    made("of kinds or nothing", `${test} ? ${text}.ofKind(${kindsText(making, shape.element)}) : []`, shape.element),
  ];
}

function mappedDomain(
  making: Making,
  earlier: readonly Earlier[],
  text: string,
  element: Extract<Shape, { readonly kind: "record" }>,
): Domain {
  const [name, field] = making.random.pick(element.fields);
  making.feature("domains: found, mapped to a field");
  return { domain: foundText(earlier, `[...${text}].map((e) => e${member(name)})`), shape: field, count: 4 };
}

function domainOfKinds(
  making: Making,
  earlier: readonly Earlier[],
  text: string,
  other: string,
  element: Extract<Shape, { readonly kind: "union" }>,
): Domain {
  const { random, feature } = making;
  const some = (): string => kindsText(making, element);
  const one = `${text}.ofKind(${some()})`;
  if (one.includes(",")) feature("domains: found, of several kinds");
  feature("domains: found, of a kind");
  if (random.chance(0.5)) return { domain: foundText(earlier, one), shape: element, count: 4 };
  feature("domains: found, of a kind and of another");
  return { domain: foundText(earlier, `[...${one}, ...${other}.ofKind(${some()})]`), shape: element, count: 4 };
}

/** Random uses of the functions on collections: `equal`, `mapOf`, `choose`, `sum` and their kin. */
import { key, member } from "./names.suite.ts";
import type { Random } from "./random.suite.ts";
import { type Shape, textOf } from "./shapes.suite.ts";

/** A value or a condition that the caller's scope allows. */
export interface Given {
  readonly random: Random;
  readonly feature: (name: string) => void;
  readonly isSymmetric: boolean;
  /** A name of a variable that the program does not have yet. */
  readonly fresh: (prefix: string) => string;
  /** An expression of this shape, from the scope or written out; null where there is none. */
  readonly value: (shape: Shape) => string | null;
  /** The same without the scope: no part of it can fail. */
  readonly literal: (shape: Shape) => string | null;
  readonly test: (text: string, shape: Shape) => string;
}

interface Operand {
  readonly text: string;
  readonly shape: Shape;
}

type MapShape = Extract<Shape, { readonly kind: "map" }>;
type Elements = Extract<Shape, { readonly kind: "sequence" | "set" | "bag" }>;

/** How often an operator that needs an element is used without asking whether there is one. */
const careless = 0.08;

/** All values of a schema, as what `mapOf` takes for keys; null where no expression gives them. */
function valuesText(given: Given, shape: Shape): string | null {
  switch (shape.kind) {
    case "boolean":
      return given.random.pick(["[false, true]", "[true, false]"]);
    case "integer":
      given.feature("operators: range");
      return `range(${shape.min}, ${shape.max})`;
    case "enum":
      return `[${shape.names.map((name) => JSON.stringify(name)).join(", ")}]`;
    case "id":
      return shape.set;
    case "option": {
      const some = valuesText(given, shape.some);
      return some === null ? null : `[null, ...${some}]`;
    }
    case "record":
      return tuplesText(given, shape.fields, []);
    case "union": {
      const cases = shape.cases.map(([kind, fields]) => tuplesText(given, fields, [`kind: ${JSON.stringify(kind)}`]));
      return cases.includes(null) ? null : `[${cases.map((one) => `...${one}`).join(", ")}]`;
    }
    case "set": {
      const elements = valuesText(given, shape.element);
      return elements === null ? null : `subsets(${elements})`;
    }
    default:
      return null;
  }
}

function tuplesText(
  given: Given,
  fields: readonly (readonly [string, Shape])[],
  first: readonly string[],
): string | null {
  const names = fields.map(() => given.fresh("k"));
  let text = `[{ ${[...first, ...fields.map(([name], at) => `${key(name)}: ${names[at]}`)].join(", ")} }]`;
  for (let at = fields.length - 1; at >= 0; at -= 1) {
    const shape = fields[at]?.[1];
    const values = shape === undefined ? null : valuesText(given, shape);
    if (values === null) return null;
    text = `${values}.flatMap((${names[at]}) => ${text})`;
  }
  return text;
}

/** A map written with `mapOf`. */
export function mapText(given: Given, shape: MapShape): string | null {
  const keys = valuesText(given, shape.keys);
  const name = given.fresh("k");
  const of = keys === null ? null : keyedText(given, name, shape);
  if (of === null) return null;
  given.feature("operators: mapOf");
  return `mapOf(${keys}, (${name}) => ${of.startsWith("{") ? `(${of})` : of})`;
}

/** What a function of a key gives for a map of this shape. */
export function keyedText(given: Given, name: string, { keys, values }: MapShape): string | null {
  const { random } = given;
  if (textOf(keys) === textOf(values) && random.chance(0.5)) return name;
  const one = given.value(values);
  const other = random.chance(0.5) ? given.value(values) : null;
  return one === null || other === null ? one : `(${given.test(name, keys)} ? ${one} : ${other})`;
}

/** A bag written with `bagOf`. */
export function bagText(given: Given, shape: Extract<Shape, { readonly kind: "bag" }>): string | null {
  const element = given.value(shape.element);
  given.feature("operators: bagOf");
  if (element === null || given.random.chance(0.3)) return "bagOf()";
  return shape.copies > 1 && given.random.chance(0.5) ? `bagOf(${element}, ${element})` : `bagOf(${element})`;
}

/** An operator's value of this shape; null where none of the operands leads to one. */
export function operated(given: Given, wanted: Shape, operands: readonly Operand[]): string | null {
  const { random } = given;
  const text = textOf(wanted);
  const same = operands.filter(({ shape }) => textOf(shape) === text);
  const around = operands.filter(({ shape }) => isOfElements(shape) && textOf(shape.element) === text);
  if (around.length > 0 && random.chance(0.6)) return chosen(given, wanted, random.pick(around));
  if (same.length === 0) return null;
  const { text: one } = random.pick(same);
  const { text: two } = random.pick(same);
  return combined(given, wanted, one, two);
}

function isOfElements(shape: Shape): shape is Elements {
  return shape.kind === "sequence" || shape.kind === "set" || shape.kind === "bag";
}

/** An element out of a collection. */
function chosen(given: Given, wanted: Shape, { text }: Operand): string | null {
  const { random, feature, isSymmetric } = given;
  const name = given.fresh("e");
  const test = given.test(name, wanted);
  const number = numberOf(wanted, name);
  const isNumber = wanted.kind === "integer";
  const choices: (readonly [name: string, call: string, isThere: string])[] = [
    [
      "chooseUnique",
      `chooseUnique(${text}, (${name}) => ${test})`,
      `[...${text}].filter((${name}) => ${test}).length === 1`,
    ],
  ];
  const some = `[...${text}].length > 0`;
  if (!isSymmetric)
    choices.push(
      ["first", `first(${text})`, some],
      ["choose", `choose(${text}, (${name}) => ${test})`, `[...${text}].some((${name}) => ${test})`],
    );
  if (!isSymmetric && number !== null)
    choices.push(
      ["argmin", `argmin(${text}, (${name}) => ${number})`, some],
      ["argmax", `argmax(${text}, (${name}) => ${number})`, some],
    );
  if (isNumber) choices.push(["min", `min(${text})`, some], ["max", `max(${text})`, some]);
  const [operator, call, isThere] = random.pick(choices);
  if (random.chance(careless)) {
    feature(`operators: ${operator}`);
    feature("operators: one that may fail");
    return call;
  }
  const other = given.literal(wanted);
  if (other === null) return null;
  feature(`operators: ${operator}`);
  return `(${isThere} ? ${call} : ${other})`;
}

/** A number by which `argmin` and `sum` can compare elements of this shape. */
function numberOf(shape: Shape, text: string): string | null {
  switch (shape.kind) {
    case "integer":
      return text;
    case "boolean":
      return `(${text} ? 1 : 0)`;
    case "option":
      return `(${text} === null ? 1 : 0)`;
    case "sequence":
      return `${text}.length`;
    case "set":
    case "bag":
      return `${text}.size`;
    case "record": {
      const [name, field] = shape.fields[0] ?? ["", null];
      return field === null ? null : numberOf(field, `${text}${member(name)}`);
    }
    case "union":
      return `(${text}.kind === ${JSON.stringify(shape.cases[0]?.[0])} ? 0 : 1)`;
    default:
      return null;
  }
}

/** A value of the shape made from two others. */
function combined(given: Given, wanted: Shape, one: string, two: string): string | null {
  const { random, feature } = given;
  const name = given.fresh("e");
  const noted = (operator: string, text: string): string => {
    feature(`operators: ${operator}`);
    return text;
  };
  switch (wanted.kind) {
    case "integer":
      return random.pick([
        () => noted("min", `min([${one}, ${two}])`),
        () => noted("max", `max([${one}, ${two}])`),
        () => noted("sum", `min([${wanted.max}, max([${wanted.min}, sum([${one}, ${two}])])])`),
      ])();
    case "set": {
      const test = given.test(name, wanted);
      const choices = [
        () => noted("mapped", `mapped(${one}, (${name}) => ${name})`),
        () => noted("mapped", mappedText(given, wanted.element, one)),
        () => noted("unionOf", `unionOf([${one}, ${two}])`),
        () => noted("unionOf", `unionOf(subsets(${one}.size > 3 ? [] : ${one}))`),
      ];
      const subset = `(${one}.size > 3 ? [${one}] : subsets(${one}))`;
      if (!given.isSymmetric)
        choices.push(() => {
          feature("operators: choose");
          return noted("subsets", `first([...${subset}.filter((${name}) => ${test}), ${two}])`);
        });
      return random.pick(choices)();
    }
    case "sequence":
      return given.isSymmetric
        ? null
        : noted("permutations", `(${one}.length > 3 ? ${one} : permutations(${one}).at(-1))`);
    case "bag":
      return noted("bagOf", `bagOf(...${one})`);
    case "map": {
      const values = random.chance(0.5) ? given.value(wanted.values) : null;
      const at = random.pick([one, two]);
      const of =
        values === null ? `${at}.get(${name})` : `(${given.test(name, wanted.keys)} ? ${values} : ${at}.get(${name}))`;
      return noted("mapOf", `mapOf(${one}.keys(), (${name}) => ${of})`);
    }
    default:
      return null;
  }
}

function mappedText(given: Given, element: Shape, text: string): string {
  const name = given.fresh("e");
  const other = given.value(element);
  return other === null
    ? `mapped(${text}, (${name}) => ${name})`
    : `mapped(${text}, (${name}) => (${given.test(name, element)} ? ${other} : ${name}))`;
}

/** A condition with an operator on this expression. */
export function operatorCondition(given: Given, { text, shape }: Operand): string | null {
  const { random, feature } = given;
  const choices: (() => string | null)[] = [() => equalText(given, text, shape)];
  const name = given.fresh("e");
  const noted = (operator: string, made: string): string => {
    feature(`operators: ${operator}`);
    return made;
  };
  if (shape.kind === "map") {
    const way = random.pick(["every", "some"]);
    const of = given.fresh("k");
    const test = random.chance(0.5) ? given.test(name, shape.values) : given.test(of, shape.keys);
    const entries = `entriesOf(${text}).${way}(([${of}, ${name}]) => ${test})`;
    choices.push(() => noted("entriesOf", entries));
  } else if (isOfElements(shape)) {
    // Sequences have one more way than sets, and equality keeps its part of the choices.
    if (shape.kind === "sequence") choices.push(() => equalText(given, text, shape));
    choices.push(...elementConditions(given, text, shape, noted));
  }
  return random.pick(choices)();
}

function elementConditions(
  given: Given,
  text: string,
  shape: Elements,
  noted: (operator: string, made: string) => string,
): (() => string | null)[] {
  const { random } = given;
  const name = given.fresh("e");
  const { element } = shape;
  const few = `[...${text}].length < 4`;
  const way = random.pick(["every", "some"]);
  const set: Shape = { kind: "set", element };
  const list: Shape = { kind: "sequence", element, max: 3 };
  const number = numberOf(element, name);
  const choices: (() => string | null)[] = [
    () => noted("subsets", `(${few} && subsets(${text}).${way}((${name}) => ${given.test(name, set)}))`),
    () => noted("permutations", `(${few} && permutations(${text}).${way}((${name}) => ${given.test(name, list)}))`),
    () => noted("mapped", `mapped(${text}, (${name}) => ${given.test(name, element)}).has(true)`),
  ];
  if (number !== null) choices.push(() => noted("sum", `sum(${text}, (${name}) => ${number}) > ${random.below(3)}`));
  if (element.kind === "integer") {
    choices.push(
      () => noted("sum", `sum(${text}) ${random.pick(["<", ">"])} 1`),
      () => noted("min", `(${few} && min([...${text}, ${element.max}]) === ${element.min})`),
      () => noted("max", `max(range(0, sum(${text}) + ${random.below(3) + 1})) > 2`),
    );
  }
  if (shape.kind === "sequence") {
    const other = given.value(shape);
    if (other !== null)
      choices.push(() =>
        noted("commonPrefix", `commonPrefix(${text}, ${other}) ${random.pick(["<", ">="])} ${random.below(3)}`),
      );
  }
  if (isOfElements(element)) {
    const inner = element.element;
    choices.push(() => noted("unionOf", `unionOf(${text}).some((${name}) => ${given.test(name, inner)})`));
  }
  return choices;
}

function equalText(given: Given, text: string, shape: Shape): string | null {
  const other = given.value(shape);
  if (other === null) return null;
  given.feature(`operators: equal of ${shape.kind}`);
  return `${given.random.chance(0.2) ? "!" : ""}equal(${text}, ${other})`;
}

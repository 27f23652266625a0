/** Random expressions of random programs: places and values that a function can name, literals, and conditions. */
import { key, member, type Names } from "./names.suite.ts";
import { bagText, type Given, mapText, operated, operatorCondition } from "./operators.suite.ts";
import type { Random } from "./random.suite.ts";
import { isPlace, type Shape, textOf } from "./shapes.suite.ts";

/** Something that an expression can name: a place of the state, or a value. */
export interface Source {
  readonly text: string;
  readonly shape: Shape;
  /** Whether effects may edit it: it is a place, and reached by fields and keys from the draft. */
  readonly isPlace: boolean;
  /** A place in a variable of its own, which a write to its parent may have replaced. */
  readonly isHeld: boolean;
}

/** What a program is made with, whatever part of it is being made. */
export interface Making {
  readonly random: Random;
  readonly names: Names;
  /** Notes that the program has this feature. */
  readonly feature: (name: string) => void;
  /** Whether ids must be treated alike: none is named, and nothing depends on their order. */
  readonly isSymmetric: boolean;
  /** How often conditions and values use the order of elements, a number from 0 to 1. */
  readonly order: number;
  /** How often conditions and values use the functions on collections, a number from 0 to 1. */
  readonly operators: number;
  variables: number;
}

/** Texts of operands that an operator repeats are no longer than this: a program that is longer takes long to run. */
const longest = 60;

export interface Scope {
  readonly sources: readonly Source[];
}

export function scopeOf(making: Making, roots: readonly Source[]): Scope {
  return { sources: roots.flatMap((root) => reached(making, root, 4)) };
}

export function variable(making: Making, prefix: string): string {
  making.variables += 1;
  return `${prefix}${making.variables}`;
}

/** The source, and what is reached from it. */
function reached(making: Making, source: Source, depth: number): Source[] {
  if (depth === 0) return [source];
  const { text, shape, isPlace: inPlace, isHeld } = source;
  const found: Source[] = [source];
  const go = (next: string, inner: Shape, stays: boolean): void => {
    const child = { text: next, shape: inner, isPlace: inPlace && stays && isPlace(inner), isHeld };
    found.push(...reached(making, child, depth - 1));
  };
  const orElse = (condition: string, then: string, inner: Shape): void => {
    const other = literal(making, inner, { sources: [] });
    if (other !== null) go(`(${condition} ? ${then} : ${other})`, inner, false);
  };
  switch (shape.kind) {
    case "record":
      for (const [name, field] of shape.fields) go(`${text}${member(name)}`, field, true);
      break;
    case "map":
      for (let tries = 0; tries < 2; tries += 1) {
        const at = literal(making, shape.keys, { sources: [] });
        if (at !== null && (tries === 0 || textOf(shape.values) !== "")) go(`${text}.get(${at})`, shape.values, true);
      }
      break;
    case "sequence":
      orElse(`${text}.length > 0`, `${text}.${making.random.pick(["first", "last", "get(1)"])}`, shape.element);
      break;
    case "set":
    case "bag":
      if (!making.isSymmetric && making.random.chance(making.order)) {
        making.feature("order: the first of a collection");
        orElse(`${text}.size > 0`, `[...${text}][0]`, shape.element);
      }
      break;
    case "option":
      orElse(`${text} !== null`, text, shape.some);
      break;
    case "union":
      for (const [kind, fields] of shape.cases)
        for (const [name, field] of fields)
          orElse(`${text}.kind === ${JSON.stringify(kind)}`, `${text}${member(name)}`, field);
      break;
    default:
  }
  return found;
}

/** A value of the shape written out; null where an id is needed and none may be named. `scope` gives inner values. */
export function literal(making: Making, shape: Shape, scope: Scope): string | null {
  const { random } = making;
  switch (shape.kind) {
    case "boolean":
      return random.pick(["true", "false"]);
    case "integer":
      return String(shape.min + random.below(shape.max - shape.min + 1));
    case "enum":
      return JSON.stringify(random.pick(shape.names));
    case "id":
      return making.isSymmetric ? null : `${shape.set}[${random.below(shape.size)}]`;
    case "option":
      return random.chance(0.25) ? "null" : (value(making, shape.some, scope) ?? "null");
    case "record":
      return fieldsText(making, shape.fields, scope, []);
    case "sequence":
      return elementsText(making, "seq", shape.element, Math.min(shape.max, (random.below(8) + 1) >> 1), scope);
    case "set":
      return elementsText(making, "setOf", shape.element, random.below(3), scope);
    case "union": {
      const [kind, fields] = random.pick(shape.cases);
      return fieldsText(making, fields, scope, [`kind: ${JSON.stringify(kind)}`]);
    }
    case "map":
      return mapText(givenOf(making, scope), shape);
    case "bag":
      return bagText(givenOf(making, scope), shape);
  }
}

/** What the operators are made with in this scope. */
export function givenOf(making: Making, scope: Scope): Given {
  const { random, feature, isSymmetric } = making;
  return {
    random,
    feature,
    isSymmetric,
    fresh: (prefix) => variable(making, prefix),
    value: (shape) => value(making, shape, scope),
    literal: (shape) => literal(making, shape, { sources: [] }),
    test: (text, shape) => conditionOn(making, { text, shape }, { sources: [] }),
  };
}

function fieldsText(
  making: Making,
  fields: readonly (readonly [string, Shape])[],
  scope: Scope,
  first: readonly string[],
): string | null {
  const parts = [...first];
  for (const [name, shape] of fields) {
    const inner = value(making, shape, scope);
    if (inner === null) return null;
    parts.push(`${key(name)}: ${inner}`);
  }
  return `{ ${parts.join(", ")} }`;
}

function elementsText(making: Making, call: string, element: Shape, count: number, scope: Scope): string | null {
  const parts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const inner = value(making, element, scope);
    if (inner === null) return null;
    parts.push(inner);
  }
  return `${call}(${parts.join(", ")})`;
}

/** An expression of this shape that is not `except`; null where there is none. */
export function value(making: Making, shape: Shape, scope: Scope, except = ""): string | null {
  const { random } = making;
  const wanted = textOf(shape);
  if (scope.sources.length > 0 && random.chance(making.operators)) {
    const operands = scope.sources.filter(({ text }) => text !== except && text.length < longest);
    const made = operated(givenOf(making, scope), shape, operands);
    if (made !== null) return made;
  }
  const same = scope.sources.filter((source) => source.text !== except && textOf(source.shape) === wanted);
  if (same.length > 0 && random.chance(isPlace(shape) ? 0.6 : 0.35)) {
    const source = random.pick(same);
    if (isPlace(shape))
      making.feature(`places: a ${shape.kind} taken from ${source.isHeld ? "a variable" : "a place"}`);
    return random.chance(0.35) ? derived(making, source, scope) : source.text;
  }
  const written = literal(making, shape, scope);
  if (written !== null) return written;
  return same.length === 0 ? null : random.pick(same).text;
}

/** An expression of the same shape, made from the source. */
function derived(making: Making, { text, shape }: Source, scope: Scope): string {
  const { random } = making;
  switch (shape.kind) {
    case "boolean":
      return `!${text}`;
    case "integer":
      return `((${text} - ${shape.min} + 1) % ${shape.max - shape.min + 1}) + ${shape.min}`.replaceAll("- -", "+ ");
    case "set": {
      making.feature("order: a derived set");
      const other = value(making, shape, scope, text) ?? text;
      const test = `${text}.filter((e) => ${conditionOn(making, { text: "e", shape: shape.element }, scope)})`;
      return random.pick([`${text}.union(${other})`, `${text}.minus(${other})`, `${text}.intersect(${other})`, test]);
    }
    case "sequence":
      return random.pick([`${text}.sub(1, ${text}.length)`, `${text}.sub(2, ${text}.length)`, `seq(...${text})`]);
    case "record": {
      const [name, inner] = shape.fields[0] ?? ["", null];
      const field = inner === null ? null : value(making, inner, scope);
      making.feature("places: the spread of a record");
      return field === null ? `{ ...${text} }` : `{ ...${text}, ${key(name)}: ${field} }`;
    }
    default:
      return text;
  }
}

/** A condition on something that the scope names. */
export function condition(making: Making, scope: Scope): string {
  const { random } = making;
  if (scope.sources.length === 0) return "true";
  const one = conditionOn(making, random.pick(scope.sources), scope);
  if (random.chance(0.7)) return one;
  const two = conditionOn(making, random.pick(scope.sources), scope);
  return `(${one}) ${random.pick(["&&", "||"])} ${random.chance(0.3) ? "!" : ""}(${two})`;
}

/** A condition on this expression. */
export function conditionOn(making: Making, source: Pick<Source, "text" | "shape">, scope: Scope): string {
  const { random } = making;
  const { text, shape } = source;
  if (text.length < longest && random.chance(making.operators)) {
    const made = operatorCondition(givenOf(making, scope), { text, shape });
    if (made !== null) return made;
  }
  const equal = (): string => {
    const other = value(making, shape, scope, text);
    return other === null ? "true" : `${text} ${random.pick(["===", "!=="])} ${other}`;
  };
  switch (shape.kind) {
    case "boolean":
      return text;
    case "integer":
      return random.chance(0.1)
        ? `1 / (${text}) > 0`
        : `${text} ${random.pick(["<", "===", ">=", "!=="])} ${shape.min + random.below(shape.max - shape.min + 1)}`;
    case "enum":
    case "id":
      return equal();
    case "option":
      return random.chance(0.5)
        ? `${text} === null`
        : `(${text} !== null && ${conditionOn(making, { text, shape: shape.some }, { sources: [] })})`;
    case "record": {
      if (shape.fields.length === 0) return `Object.keys(${text}).length === 0`;
      if (text.length > 1 && text !== "before" && random.chance(0.1)) {
        making.feature("places: the keys of a record");
        return `Object.keys(${text}).length === ${shape.fields.length}`;
      }
      const [name, field] = random.pick(shape.fields);
      return conditionOn(making, { text: `${text}${member(name)}`, shape: field }, scope);
    }
    case "union": {
      const [kind, fields] = random.pick(shape.cases);
      const is = `${text}.kind === ${JSON.stringify(kind)}`;
      if (fields.length === 0 || random.chance(0.4)) return is;
      const [name, field] = random.pick(fields);
      return `(${is} && ${conditionOn(making, { text: `${text}${member(name)}`, shape: field }, { sources: [] })})`;
    }
    default:
      return collectionCondition(making, text, shape, scope);
  }
}

type Collection = Extract<Shape, { readonly kind: "map" | "sequence" | "set" | "bag" }>;

function collectionCondition(making: Making, text: string, shape: Collection, scope: Scope): string {
  const { random } = making;
  const element = shape.kind === "map" ? shape.values : shape.element;
  const name = variable(making, "e");
  const inner = (): string => conditionOn(making, { text: name, shape: element }, { sources: [] });
  const quantified = `${text}.${random.pick(["every", "some"])}((${name}) => ${inner()})`;
  if (shape.kind === "map") {
    return random.pick([quantified, `${text}.count((${name}) => ${inner()}) > ${random.below(2)}`]);
  }
  const member = value(making, element, scope);
  const other = value(making, shape, scope, text);
  const size = `${text}.${shape.kind === "sequence" ? "length" : "size"} ${random.pick(["<", ">", "==="])} ${random.below(2) + 1}`;
  const choices = [quantified, size];
  if (member !== null) choices.push(`${text}.has(${member})`);
  if (shape.kind === "bag" && member !== null) choices.push(`${text}.copies(${member}) > ${random.below(2)}`);
  if (shape.kind === "sequence" && other !== null)
    choices.push(`${text}.equals(${other})`, `${text}.isPrefixOf(${other})`);
  if (shape.kind === "set") choices.push(`${text}.count((${name}) => ${inner()}) > ${random.below(2)}`);
  if (shape.kind === "set" && other !== null) choices.push(`${text}.equals(${other})`, `${text}.isSubsetOf(${other})`);
  if (shape.kind !== "sequence" && element.kind === "union")
    choices.push(`${text}.ofKind(${kindsText(making, element)}).length > ${random.below(2)}`);
  if (!making.isSymmetric && random.chance(making.order)) return firstCondition(making, text, element, scope, shape);
  return random.pick(choices);
}

/** What `ofKind` takes: one kind, two, which may be the same, or all. */
export function kindsText({ random }: Making, { cases }: Extract<Shape, { readonly kind: "union" }>): string {
  const kinds = cases.map(([kind]) => JSON.stringify(kind));
  if (random.chance(0.5)) return random.pick(kinds);
  return random.chance(0.5) ? kinds.join(", ") : `${random.pick(kinds)}, ${random.pick(kinds)}`;
}

/** A condition on the first element of what an operation on a collection gives. */
function firstCondition(making: Making, text: string, element: Shape, scope: Scope, shape: Collection): string {
  const list = listed(making, text, shape, scope);
  const name = variable(making, "first");
  making.feature(`order: a condition on the first ${element.kind}`);
  const test = conditionOn(making, { text: name, shape: element }, { sources: [] });
  return `(${list}).slice(0, 1).every((${name}) => ${test})`;
}

/** The elements of a collection, or of what an operation makes of it, as an array. */
export function listed(making: Making, text: string, shape: Collection, scope: Scope): string {
  const { random } = making;
  if (shape.kind === "map") return `${text}.keys().map((k) => ${text}.get(k))`;
  const test = conditionOn(making, { text: "e", shape: shape.element }, { sources: [] });
  const choices = [`[...${text}]`, `[...${text}].filter((e) => ${test})`, `[...${text}].reverse()`];
  if (shape.kind === "sequence") choices.push(`[...${text}.sub(1, ${text}.length)]`);
  if (shape.kind === "set") {
    const other = value(making, shape, scope, text) ?? text;
    choices.push(
      `[...${text}.union([])]`,
      `[...${text}.union(${other})]`,
      `[...${text}.minus(${other})]`,
      `[...${text}.intersect(${other})]`,
      `[...${text}.filter((e) => ${test})]`,
    );
  }
  if (shape.kind !== "sequence" && shape.element.kind === "union") {
    choices.push(`[...${text}.ofKind(${kindsText(making, shape.element)})]`);
  }
  making.feature(`order: the list of a ${shape.kind} of ${shape.element.kind}`);
  return random.pick(choices);
}

/** What the types tell of a value that the value itself does not: which of its numbers are ids, and of which set. */
import { ts } from "ts-morph";
import type { SpecProgram } from "../modules/program.ts";

export type Shape =
  | { readonly kind: "plain" }
  | { readonly kind: "id"; readonly prefix: string }
  | { readonly kind: "elements"; readonly element: Shape }
  | { readonly kind: "map"; readonly key: Shape; readonly value: Shape }
  | { readonly kind: "record"; readonly fields: ReadonlyMap<string, Shape> }
  /** A tagged union: the shape of each value of the field `kind`. */
  | { readonly kind: "cases"; readonly cases: ReadonlyMap<string, Shape> };

export const plain: Shape = { kind: "plain" };

/** Types nest no deeper than states do; deeper parts print without the names of their ids. */
const depthMax = 8;

export function shapeOf(type: ts.Type, opened: SpecProgram): Shape {
  return shapeAt(type, opened, 0);
}

function shapeAt(type: ts.Type, opened: SpecProgram, depth: number): Shape {
  if (depth > depthMax) return plain;
  if (type.isUnion()) return ofUnion(type, opened, depth);
  if (type.isIntersection()) return firstTelling(type.types, opened, depth);
  if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
    const constraint = opened.checker.getBaseConstraintOfType(type);
    return constraint === undefined || constraint === type ? plain : shapeAt(constraint, opened, depth + 1);
  }
  if ((type.flags & ts.TypeFlags.Object) === 0) return plain;
  return ofVocabulary(type, opened, depth) ?? ofElements(type, opened, depth) ?? ofRecord(type, opened, depth);
}

function ofUnion(type: ts.UnionType, opened: SpecProgram, depth: number): Shape {
  const cases = new Map<string, Shape>();
  for (const member of type.types) {
    const tag = tagOf(member, opened);
    if (tag !== null) cases.set(tag, shapeAt(member, opened, depth + 1));
  }
  return cases.size > 0 ? { kind: "cases", cases } : firstTelling(type.types, opened, depth);
}

function tagOf(type: ts.Type, { checker }: SpecProgram): string | null {
  const tag = type.getProperty("kind");
  const tagType = tag === undefined ? undefined : checker.getTypeOfSymbol(tag);
  return tagType?.isStringLiteral() === true ? tagType.value : null;
}

function firstTelling(types: readonly ts.Type[], opened: SpecProgram, depth: number): Shape {
  for (const type of types) {
    const shape = shapeAt(type, opened, depth + 1);
    if (shape.kind !== "plain") return shape;
  }
  return plain;
}

function ofVocabulary(type: ts.Type, opened: SpecProgram, depth: number): Shape | null {
  const { symbol } = type;
  const isOurs = symbol?.declarations?.some((one) => opened.isVocabulary(one.getSourceFile())) === true;
  if (!isOurs) return null;
  const [first, second] = opened.checker.getTypeArguments(type as ts.TypeReference);
  const shape = (argument: ts.Type | undefined): Shape =>
    argument === undefined ? plain : shapeAt(argument, opened, depth + 1);
  switch (symbol.name) {
    case "Id":
      return first?.isStringLiteral() === true ? { kind: "id", prefix: first.value } : plain;
    case "Seq":
    case "ReadonlySeq":
    case "FiniteSet":
    case "ReadonlyFiniteSet":
    case "Bag":
    case "ReadonlyBag":
      return { kind: "elements", element: shape(first) };
    case "FixedMap":
    case "ReadonlyFixedMap":
      return { kind: "map", key: shape(first), value: shape(second) };
    default:
      return null;
  }
}

function ofElements(type: ts.Type, opened: SpecProgram, depth: number): Shape | null {
  const element = type.getNumberIndexType();
  return element === undefined ? null : { kind: "elements", element: shapeAt(element, opened, depth + 1) };
}

function ofRecord(type: ts.Type, opened: SpecProgram, depth: number): Shape {
  const fields = new Map<string, Shape>();
  for (const field of type.getProperties()) {
    const shape = shapeAt(opened.checker.getTypeOfSymbol(field), opened, depth + 1);
    if (shape.kind !== "plain") fields.set(field.name, shape);
  }
  return fields.size === 0 ? plain : { kind: "record", fields };
}

/** What an assignment means that the types refuse: a collection, a place, a value, or a state that may only be read. */
import { ts } from "ts-morph";
import type { SpecProgram } from "../modules/program.ts";
import { bare, excerpt } from "./context.ts";

/** Names that one message lists at most. */
const namesMost = 16;

export interface Advised {
  readonly message: string;
  readonly tryThis: string;
}

/** Methods by which the draft of a collection is changed, by what tells it from the other collections. */
const collections: readonly (readonly [method: string, kind: string, advice: (place: string) => string])[] = [
  [
    "fill",
    "map",
    (place) =>
      `Write ${place}.set(key, value) for one key, ${place}.fill(value) for all, or ${place}.assign(map) for another map.`,
  ],
  ["push", "sequence", (place) => `Change it by its methods: ${place}.assign([...]), .push(...), .set(...), .clear().`],
  ["copies", "bag", (place) => `Change it by its methods: ${place}.add(...), .remove(...), .clear().`],
  ["add", "set", (place) => `Change it by its methods: ${place}.assign([...]), .add(...), .remove(...), .clear().`],
];

/** The words for an assignment to a read-only property; null where they would say no more than the compiler does. */
export function readOnlyAssignment(file: ts.SourceFile, start: number, { checker }: SpecProgram): Advised | null {
  const member = memberAt(file, start);
  if (member === null) return null;
  const place = excerpt(member);
  const property = checker.getTypeAtLocation(member.expression).getProperty(member.name.text);
  if (property === undefined) return null;
  const type = checker.getTypeOfSymbolAtLocation(property, member);
  const collection = collections.find(([method]) => type.getProperty(method) !== undefined);
  const isDraft = type.getProperty("clear") !== undefined || type.getProperty("fill") !== undefined;
  if (collection !== undefined && isDraft) {
    const [, kind, advice] = collection;
    const message = `${place} is a ${kind} of the state: it is changed by its methods, and never assigned`;
    return { message, tryThis: advice(place) };
  }
  if (!isInEffect(member)) return null;
  const [field] = type.getProperties().map(({ name }) => name);
  if (isRecordDraft(type) && field !== undefined) {
    const message = `${place} is a record of the state: its fields are assigned, and never the record itself`;
    return { message, tryThis: `Assign its fields one by one, such as ${place}.${field} = ...` };
  }
  const message = `${place} is a field of a value (an element, an option, a union or a parameter), and a value never changes`;
  return { message, tryThis: newValue(member, checker) };
}

/** How a value with another field comes to where this one is. */
function newValue({ expression, name }: ts.PropertyAccessExpression, checker: ts.TypeChecker): string {
  const value = bare(expression);
  const whole = excerpt(value);
  const next = `{ ...${whole}, ${name.text}: ... }`;
  if (ts.isPropertyAccessExpression(value) && isRecordDraft(checker.getTypeAtLocation(value.expression)))
    return `Write ${whole} = ${next}.`;
  if (ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression)) {
    const { expression: holder, name: method } = value.expression;
    const [key] = value.arguments;
    if (method.text === "get" && key !== undefined) return `Write ${excerpt(holder)}.set(${excerpt(key)}, ${next}).`;
  }
  const holder = iterated(value, checker);
  const type = holder === null ? null : checker.getTypeAtLocation(holder);
  if (holder !== null && type?.getProperty("push") !== undefined)
    return `Write ${excerpt(holder)}.set(i, ${next}), where i is the index of ${whole}, from 1.`;
  if (holder !== null && type?.getProperty("remove") !== undefined)
    return `Write ${excerpt(holder)}.remove(${whole}) and ${excerpt(holder)}.add(${next}).`;
  return `Assign ${next} to the field of the state that holds this value; a parameter never changes.`;
}

/** The collection that this name is an element of, in a loop or in a function that is called for each element. */
function iterated(value: ts.Expression, checker: ts.TypeChecker): ts.Expression | null {
  const declaration = checker.getSymbolAtLocation(value)?.valueDeclaration;
  if (declaration === undefined) return null;
  const around = declaration.parent.parent;
  if (ts.isVariableDeclaration(declaration) && ts.isForOfStatement(around)) return uncopied(around.expression);
  const isFirst = ts.isParameter(declaration) && declaration.parent.parameters[0] === declaration;
  if (!isFirst || !ts.isCallExpression(around) || !ts.isPropertyAccessExpression(around.expression)) return null;
  return uncopied(around.expression.expression);
}

/** `s.log` of `[...s.log]`. */
function uncopied(expression: ts.Expression): ts.Expression {
  const inner = bare(expression);
  const [only, ...others] = ts.isArrayLiteralExpression(inner) ? inner.elements : [];
  return only !== undefined && others.length === 0 && ts.isSpreadElement(only) ? only.expression : inner;
}

/** `s.r.get(1) = ...`: the words, where a method call is assigned. */
export function callAssigned(file: ts.SourceFile, start: number): Advised | null {
  let node = nodeAt(file, start);
  while (node !== undefined && !ts.isBinaryExpression(node)) node = node.parent;
  const call = node === undefined ? null : bare(node.left);
  if (call === null || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return null;
  const { expression, name } = call.expression;
  if (name.text !== "get") return null;
  const [key] = call.arguments;
  const set = `${excerpt(expression)}.set(${key === undefined ? "key" : excerpt(key)}, ...)`;
  return {
    message: `${excerpt(call)} gives what a map or sequence holds, and cannot be assigned`,
    tryThis: `Write ${set}.`,
  };
}

/** The draft of a record is made of the fields that can be assigned and of those that are places. A view has one part. */
function isRecordDraft(type: ts.Type): boolean {
  return type.isIntersection();
}

/** `sold: 2` in a record of the state. */
export function fieldWithoutSchema(file: ts.SourceFile, start: number): Advised | null {
  const field = nodeAt(file, start)?.parent;
  if (field === undefined || !ts.isPropertyAssignment(field)) return null;
  const value = bare(field.initializer);
  const message = `the field ${field.name.getText()} is declared as ${excerpt(value)}, which is not a schema`;
  const example = ts.isNumericLiteral(value) ? `integer(0, ${value.text})` : "integer(0, 2)";
  return { message, tryThis: `Write ${example}, or another schema.` };
}

/** `s.solt`: what there is instead. The compiler prints the whole type, in which it is hard to find. */
export function unknownMember(file: ts.SourceFile, start: number, { checker }: SpecProgram): Advised | null {
  const member = memberAt(file, start);
  if (member === null) return null;
  const type = checker.getTypeAtLocation(member.expression);
  if (type.isUnion() || type.getProperties().length === 0) return null;
  const names = type.getProperties().map(({ name }) => name);
  const known = names.filter((name) => !name.startsWith("__@"));
  const whole = excerpt(member.expression);
  const listed = known.length > namesMost ? `${known.slice(0, namesMost).join(", ")}, ...` : known.join(", ");
  return {
    message: `${whole} has no ${member.name.text}; it has ${listed}`,
    tryThis: adviceForMember(whole, known),
  };
}

function adviceForMember(whole: string, known: readonly string[]): string {
  if (known.includes("stateConstraint"))
    return `${whole} is a protocol, not a state. Read a field of the state that the function is given, such as s.field.`;
  if (known.includes("every") && known.includes("some")) return "Write one of these methods.";
  return known.length === 1
    ? `Write ${known[0]}, or declare the field.`
    : "Write one of these names, or declare the field.";
}

/** `{ self }` in a function whose second argument has no parameters, as far as the compiler knows. */
export function unknownParameter(file: ts.SourceFile, start: number, { checker }: SpecProgram): Advised | null {
  const element = nodeAt(file, start)?.parent;
  if (element === undefined || !ts.isBindingElement(element) || !ts.isObjectBindingPattern(element.parent)) return null;
  const type = checker.typeToString(checker.getTypeAtLocation(element.parent));
  if (!type.includes("Record<never, never>")) return null;
  const name = excerpt(element.name);
  if (isInDomain(element)) {
    return {
      message: `the type of the parameter ${name} is not known in this domain`,
      tryThis: `Give the second argument of found its type: ${typedParameter(element, name, checker)}.`,
    };
  }
  return {
    message: `the parameter ${name} is not known here: the types of the parameters come from params, which must be above`,
    tryThis: `Write params above guard and effect, and declare ${name} in it.`,
  };
}

/** `{ j }: { j: Id<"j"> }`, and where its names come from. */
function typedParameter(element: ts.BindingElement, name: string, checker: ts.TypeChecker): string {
  const declared = declaredBeside(element, name);
  const type = declared === null ? undefined : checker.getTypeAtLocation(declared);
  const [prefix] = type === undefined ? [] : checker.getTypeArguments(type as ts.TypeReference);
  const isId = type?.symbol?.name === "IdSchema" && prefix?.isStringLiteral() === true;
  if (isId) {
    const of = `"${prefix.value}"`;
    return `{ ${name} }: { ${name}: Id<${of}> }, with Id imported from "lockstep" and ${of} the name given to ids(...)`;
  }
  return `{ ${name} }: { ${name}: ... }, which is Id<"..."> for an id (import Id from "lockstep"; the name is that given to ids(...)), and number for an integer`;
}

/** The domain of another parameter of the same action. */
function declaredBeside(element: ts.Node, name: string): ts.Expression | null {
  for (let at: ts.Node | undefined = element; at !== undefined; at = at.parent) {
    if (!ts.isObjectLiteralExpression(at)) continue;
    const beside = at.properties.find((property) => property.name?.getText() === name);
    return beside !== undefined && ts.isPropertyAssignment(beside) ? beside.initializer : null;
  }
  return null;
}

/** True inside the function that is given to `found`. */
function isInDomain(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) continue;
    if (at.expression.name.text === "found") return true;
  }
  return false;
}

function isInEffect(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (!ts.isPropertyAssignment(at) && !ts.isMethodDeclaration(at)) continue;
    if (["effect", "reset"].includes(at.name.getText())) return true;
  }
  return false;
}

/** The property access whose name, or quoted name, begins at this position. */
function memberAt(file: ts.SourceFile, start: number): ts.PropertyAccessExpression | null {
  const node = nodeAt(file, start);
  return node !== undefined && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    ? node.parent
    : null;
}

export function nodeAt(file: ts.SourceFile, start: number): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (start < node.getStart(file) || start >= node.end) return undefined;
    return ts.forEachChild(node, visit) ?? node;
  };
  return visit(file);
}

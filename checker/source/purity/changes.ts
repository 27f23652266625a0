/** Where a spec changes something in place, and what that something is a part of. */
import { ts } from "ts-morph";
import { bare, type Context, forEachNode } from "./context.ts";
import { enclosingFunction, type FunctionNode, type Functions, isOperator } from "./functions.ts";
import { type Root, Roots } from "./roots.ts";

/** One place that changes a part of `root`. */
export interface Change {
  readonly node: ts.Node;
  readonly root: Root;
  /** Where it happens, inside the function that `node` calls; null where `node` itself changes it. */
  readonly origin: ts.Node | null;
}

/** Methods of arrays, maps, sets and of the vocabulary's drafts that change what they are called on. */
const changers = new Set([
  ...["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"],
  ...["set", "add", "delete", "clear", "remove", "truncate", "assign", "next"],
]);

/** Functions of `Object` that change their first argument. */
const objectChangers = new Set(["assign", "defineProperty", "defineProperties", "setPrototypeOf"]);

export function changesOf(context: Context, functions: Functions): readonly Change[] {
  const roots = new Roots(context, functions);
  const calls: ts.CallExpression[] = [];
  const changes: Change[] = [];
  const add: Add = (node, changed, origin) => {
    for (const root of roots.of(changed)) changes.push({ node, root, origin });
  };
  for (const file of context.files) {
    forEachNode(file, (node) => {
      for (const place of assignedPlaces(node)) if (!ts.isIdentifier(place)) add(node, place, null);
      if (!ts.isCallExpression(node)) return;
      calls.push(node);
      const changed = functions.behind(node.expression) === null ? changedByCall(node, context) : null;
      if (changed !== null) add(node, changed, null);
    });
  }
  followCalls(calls, functions, changes, add);
  return changes;
}

type Add = (node: ts.Node, changed: ts.Expression, origin: ts.Node | null) => void;

/** A call of a function that changes a parameter changes the argument, and so on through the callers. */
function followCalls(
  calls: readonly ts.CallExpression[],
  functions: Functions,
  changes: readonly Change[],
  add: Add,
): void {
  const followed = new Set<string>();
  for (let known = -1; known !== changes.length; ) {
    known = changes.length;
    const changed = new Map<Root, ts.Node>();
    for (const { node, root, origin } of changes) if (!changed.has(root)) changed.set(root, origin ?? node);
    calls.forEach((call, number) => {
      const callee = functions.behind(call.expression);
      callee?.parameters.forEach((parameter, position) => {
        const argument = call.arguments[position];
        const key = `${number} ${position}`;
        const origin = changed.get(parameter);
        if (argument === undefined || origin === undefined || followed.has(key)) return;
        followed.add(key);
        add(call, argument, origin);
      });
    });
  }
}

/** The places a node assigns: `a.b` in `a.b = 1`, `a` in `a += 1`, both of `[a, b.c] = ...`. */
export function assignedPlaces(node: ts.Node): readonly ts.Expression[] {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return placesIn(node.left);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const steps = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return steps ? placesIn(node.operand) : [];
  }
  if (ts.isDeleteExpression(node)) return placesIn(node.expression);
  const assigns = (ts.isForOfStatement(node) || ts.isForInStatement(node)) && ts.isExpression(node.initializer);
  return assigns ? placesIn(node.initializer as ts.Expression) : [];
}

function placesIn(target: ts.Expression): readonly ts.Expression[] {
  const inner = bare(target);
  if (ts.isArrayLiteralExpression(inner)) return inner.elements.flatMap(placesIn);
  if (ts.isSpreadElement(inner)) return placesIn(inner.expression);
  if (ts.isBinaryExpression(inner)) return placesIn(inner.left);
  if (!ts.isObjectLiteralExpression(inner)) return [inner];
  return inner.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property)) return placesIn(property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) return [property.name];
    return ts.isSpreadAssignment(property) ? placesIn(property.expression) : [];
  });
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function changedByCall(call: ts.CallExpression, context: Context): ts.Expression | null {
  const callee = bare(call.expression);
  const [first] = call.arguments;
  if (first !== undefined && isOperator(call, context) && /\bsetEach$/.test(callee.getText())) return first;
  const member = memberOf(callee);
  if (member === null) return null;
  if (member.of.getText() === "Object") return first !== undefined && objectChangers.has(member.name) ? first : null;
  return changers.has(member.name) ? member.of : null;
}

/** The name in `a.name` and in `a["name"]`. */
function memberOf(node: ts.Expression): { readonly of: ts.Expression; readonly name: string } | null {
  if (ts.isPropertyAccessExpression(node)) return { of: node.expression, name: node.name.text };
  if (!ts.isElementAccessExpression(node) || !ts.isStringLiteralLike(node.argumentExpression)) return null;
  return { of: node.expression, name: node.argumentExpression.text };
}

/** True for `a.push` where it is not called: whoever calls it later changes what cannot be seen here. */
export function isLooseChanger(node: ts.Node, { isOfLanguage, isOfVocabulary, symbolOf }: Context): boolean {
  if (!ts.isPropertyAccessExpression(node) || !changers.has(node.name.text)) return false;
  const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node;
  const symbol = symbolOf(node.name);
  const isMethod = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Method) !== 0;
  return !isCalled && isMethod && (isOfLanguage(symbol) || isOfVocabulary(symbol));
}

/** The function a root belongs to as a parameter. */
export function ownerOf(root: Root): FunctionNode | null {
  return ts.isParameter(root) ? enclosingFunction(root) : null;
}

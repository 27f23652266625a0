import { ts } from "ts-morph";
import { type Context, excerpt } from "./context.ts";
import { isStateType } from "./id-types.ts";

/**
 * Whether two records are one object is up to the engine; whether their contents are equal is up to the spec. So
 * records and collections are never compared by ===, by array methods that do so, or by being keys.
 */
export function identityRule(node: ts.Node, context: Context): void {
  if (ts.isBinaryExpression(node)) checkComparison(node, context);
  else if (ts.isCallExpression(node)) checkSearch(node, context);
  else if (ts.isNewExpression(node)) checkKeys(node, context);
}

const advice = "Compare collections with .equals or .has, records field by field, and keep elements in setOf(...).";
const engines = "and whether equal contents are one object depends on the engine";

function checkComparison(node: ts.BinaryExpression, context: Context): void {
  const { kind } = node.operatorToken;
  const compares =
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    kind === ts.SyntaxKind.EqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsToken;
  if (!compares || ![node.left, node.right].every((operand) => isObject(operand, context))) return;
  context.report(node, "object-identity", `${excerpt(node)} compares objects, ${engines}`, advice);
}

const searches = new Set(["includes", "indexOf", "lastIndexOf"]);

function checkSearch(node: ts.CallExpression, context: Context): void {
  const { expression } = node;
  const [sought] = node.arguments;
  if (!ts.isPropertyAccessExpression(expression) || !searches.has(expression.name.text) || sought === undefined) return;
  if (!isObject(sought, context) || !context.isOfLanguage(context.symbolOf(expression.name))) return;
  context.report(node, "object-identity", `${excerpt(node)} compares objects, ${engines}`, advice);
}

function checkKeys(node: ts.NewExpression, context: Context): void {
  const name = node.expression.getText();
  if (name !== "Set" && name !== "Map") return;
  const type = context.checker.getTypeAtLocation(node);
  const [key] = context.checker.getTypeArguments(type as ts.TypeReference);
  if (key === undefined || !isStateType(key, context)) return;
  context.report(node, "object-identity", `${excerpt(node)} has objects as keys, ${engines}`, advice);
}

function isObject(node: ts.Expression, context: Context): boolean {
  return isStateType(context.checker.getTypeAtLocation(node), context);
}

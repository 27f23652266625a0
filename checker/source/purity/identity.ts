import { ts } from "ts-morph";
import { bare, type Context, excerpt } from "./context.ts";
import { isStateType } from "./id-types.ts";

/**
 * Whether two records are one object is up to the engine; whether their contents are equal is up to the spec. So
 * records and collections are never compared by ===, by array methods that do so, or by being keys.
 */
export function identityRule(node: ts.Node, context: Context): void {
  if (ts.isBinaryExpression(node)) checkComparison(node, context);
  else if (ts.isCallExpression(node)) {
    checkSearch(node, context);
    checkObjectCall(node, context);
  } else if (ts.isSpreadAssignment(node)) checkSpread(node, context);
  else if (ts.isNewExpression(node)) checkKeys(node, context);
}

const asObjects = "asks whether two values are the same object, not whether their contents are equal";

function checkComparison(node: ts.BinaryExpression, context: Context): void {
  const { kind } = node.operatorToken;
  const isEqual = kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsToken;
  const isUnequal =
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
  if (!isEqual && !isUnequal) return;
  if (![node.left, node.right].every((operand) => isObject(operand, context))) return;
  const instead = `${isUnequal ? "!" : ""}equal(${excerpt(node.left)}, ${excerpt(node.right)})`;
  context.report(
    node,
    "object-identity",
    `${excerpt(node)} ${asObjects}`,
    `Write ${instead} (imported from "lockstep"), which compares contents.`,
  );
}

const searches = new Set(["includes", "indexOf", "lastIndexOf"]);

function checkSearch(node: ts.CallExpression, context: Context): void {
  const { expression } = node;
  const [sought] = node.arguments;
  if (!ts.isPropertyAccessExpression(expression) || !searches.has(expression.name.text) || sought === undefined) return;
  if (!isObject(sought, context) || !context.isOfLanguage(context.symbolOf(expression.name))) return;
  const message = `${excerpt(node)} looks for the same object, not for equal contents`;
  context.report(node, "object-identity", message, `Write ${searchInstead(expression, sought, context)}.`);
}

/** `s.log.has(x)` for `[...s.log].includes(x)`, and else a function that compares contents. */
function searchInstead(search: ts.PropertyAccessExpression, sought: ts.Expression, context: Context): string {
  const array = bare(search.expression);
  const [only, ...others] = ts.isArrayLiteralExpression(array) ? array.elements : [];
  const isCopy = only !== undefined && others.length === 0 && ts.isSpreadElement(only);
  const isTest = search.name.text === "includes";
  if (isTest && isCopy && isCollection(only.expression, context))
    return `${excerpt(only.expression)}.has(${excerpt(sought)})`;
  const method = isTest ? "some" : search.name.text === "indexOf" ? "findIndex" : "findLastIndex";
  return `${excerpt(search.expression)}.${method}((one) => equal(one, ${excerpt(sought)}))`;
}

function checkKeys(node: ts.NewExpression, context: Context): void {
  const name = node.expression.getText();
  if (name !== "Set" && name !== "Map") return;
  const type = context.checker.getTypeAtLocation(node);
  const [key] = context.checker.getTypeArguments(type as ts.TypeReference);
  if (key === undefined || !isStateType(key, context)) return;
  const message = `${excerpt(node)} tells its keys apart by which object they are, not by their contents`;
  const instead = name === "Set" ? `setOf(${elementsOf(node)})` : "mapOf(keys, (key) => ...)";
  context.report(
    node,
    "object-identity",
    message,
    `Write ${instead} (imported from "lockstep"), which compares contents.`,
  );
}

/** `...s.log` of `new Set([...s.log])`. */
function elementsOf(node: ts.NewExpression): string {
  const given = node.arguments?.[0];
  if (given === undefined) return "";
  return ts.isArrayLiteralExpression(given) ? given.elements.map(excerpt).join(", ") : `...${excerpt(given)}`;
}

/** Functions of `Object` that look at an object's own fields. A collection has none, so that they would find nothing. */
const fieldFunctions = new Set(["keys", "values", "entries", "assign", "fromEntries"]);

function checkObjectCall(node: ts.CallExpression, context: Context): void {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || expression.expression.getText() !== "Object") return;
  const { text } = expression.name;
  if (text === "is" && node.arguments.some((argument) => isObject(argument, context)))
    context.report(
      node,
      "object-identity",
      `${excerpt(node)} ${asObjects}`,
      `Write equal(${node.arguments.map(excerpt).join(", ")}) (imported from "lockstep"), which compares contents.`,
    );
  const collection = node.arguments.find((argument) => isCollection(argument, context));
  if (collection === undefined || !fieldFunctions.has(text)) return;
  refuseFields(node, excerpt(collection), context);
}

function checkSpread(node: ts.SpreadAssignment, context: Context): void {
  if (isCollection(node.expression, context)) refuseFields(node, excerpt(node.expression), context);
}

function refuseFields(node: ts.Node, collection: string, context: Context): void {
  const message = `${excerpt(node)} finds nothing: ${collection} is a collection, which has elements but no fields`;
  const instead = `Write ${collection}.keys() or entriesOf(${collection}) for a map, and [...${collection}] for the elements of others.`;
  context.report(node, "collection-fields", message, instead);
}

const collectionTypes = new Set(["Seq", "FiniteSet", "Bag", "FixedMap"].flatMap((name) => [name, `Readonly${name}`]));

function isCollection(node: ts.Expression, context: Context): boolean {
  const isOne = (type: ts.Type): boolean =>
    type.isUnionOrIntersection()
      ? type.types.some(isOne)
      : collectionTypes.has(type.symbol?.name ?? "") && context.isOfVocabulary(type.symbol);
  return isOne(context.checker.getTypeAtLocation(node));
}

function isObject(node: ts.Expression, context: Context): boolean {
  return isStateType(context.checker.getTypeAtLocation(node), context);
}

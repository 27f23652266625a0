/**
 * Ids are compared for equality, and nothing else is done with them: that is what makes it sound to treat states alike
 * that differ by a renaming of ids. Types alone do not say it, because JavaScript orders and prints anything.
 */
import { ts } from "ts-morph";
import { bare, type Context, excerpt, isValueReference } from "./context.ts";
import { isOperator } from "./functions.ts";
import { isIdArray, isIdOrAbsent, isIdType, isPlainType, isSilentType } from "./id-types.ts";
import { mayBeSymmetric } from "./symmetric-ids.ts";

const onlyEquality = "ids may only be compared with === and !==, be keys and be elements";
const orderAdvice =
  "Keep the number that belongs to each id in a map, such as rank: map(id(c.Server), integer(0, 9)), and use that.";

export function idRule(node: ts.Node, context: Context): void {
  if (ts.isBinaryExpression(node)) checkOperator(node, context);
  else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) checkUnary(node, context);
  else if (ts.isTemplateSpan(node)) checkText(node.expression, context);
  else if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) checkCast(node, context);
  else if (ts.isTypeOfExpression(node)) checkTypeOf(node, context);
  else if (ts.isPropertyAccessExpression(node)) checkMember(node, context);
  else if (ts.isElementAccessExpression(node)) checkElement(node, context);
  else if (ts.isArrayBindingPattern(node)) checkPattern(node, context);
  else if (ts.isForInStatement(node) && isIds(node.expression, context)) {
    reportPosition(node, `for (... in ${excerpt(node.expression)})`, typeOf(node.expression, context), context);
  } else if (ts.isVariableDeclaration(node)) checkDeclaration(node, context);
  else if (ts.isCallExpression(node) || ts.isNewExpression(node)) checkArguments(node, context);
  else if (isValueReference(node)) checkEngineName(node, context);
}

const orderOperators = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.LessThanToken, "<"],
  [ts.SyntaxKind.LessThanEqualsToken, "<="],
  [ts.SyntaxKind.GreaterThanToken, ">"],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">="],
]);

const equalities = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

const freeOperators = new Set([
  ...equalities,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

function checkOperator(node: ts.BinaryExpression, context: Context): void {
  const { kind } = node.operatorToken;
  if (ts.isArrayLiteralExpression(node.left) && kind === ts.SyntaxKind.EqualsToken) {
    if (isIds(node.right, context)) reportPosition(node.left, excerpt(node.left), typeOf(node.right, context), context);
  }
  if (equalities.has(kind)) checkEquality(node, context);
  if (freeOperators.has(kind)) return;
  const id = [node.left, node.right].find((operand) => isId(operand, context));
  const isText = kind === ts.SyntaxKind.PlusToken && [node.left, node.right].some((one) => isTextType(one, context));
  if (isText) {
    checkText(node.left, context);
    checkText(node.right, context);
  } else if (id !== undefined && orderOperators.has(kind)) {
    const message = `${excerpt(node)} orders the id ${excerpt(id)}; ${onlyEquality}`;
    context.report(node, "id-order", message, orderAdvice);
  } else if (id !== undefined) {
    const message = `${excerpt(node)} computes with the id ${excerpt(id)}; ${onlyEquality}`;
    context.report(node, "id-number", message, orderAdvice);
  }
}

/** An id equals an id, or null where it may be absent: an equality with a number would know the id's number. */
function checkEquality(node: ts.BinaryExpression, context: Context): void {
  const types = [node.left, node.right].map((operand) => context.checker.getTypeAtLocation(operand));
  if (!types.some((type) => isIdType(type, context)) || types.every((type) => isIdOrAbsent(type, context))) return;
  const isIdFirst = isId(node.left, context);
  const id = excerpt(isIdFirst ? node.left : node.right);
  const other = context.checker.getTypeAtLocation(isIdFirst ? node.right : node.left);
  const isNumber = (other.flags & ts.TypeFlags.NumberLike) !== 0;
  const what = isNumber ? "a number" : "what may be something else";
  const message = `${excerpt(node)} compares the id ${id} with ${what}; an id is compared with ids of its own set, or null`;
  const advice = isNumber
    ? "Take the other id from a parameter or from the state; for one particular id write first(...) of the id set, where the spec does not declare it symmetric."
    : "Give both sides the type of the id, or null where there may be none.";
  context.report(node, "id-number", message, advice);
}

function checkUnary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, context: Context): void {
  if (node.operator === ts.SyntaxKind.ExclamationToken || !isId(node.operand, context)) return;
  const message = `${excerpt(node)} computes with the id ${excerpt(node.operand)}; ${onlyEquality}`;
  context.report(node, "id-number", message, orderAdvice);
}

/** Only scalars have a spelling that is the same in every engine and under every renaming. */
function checkText(part: ts.Expression, context: Context): void {
  const type = context.checker.getTypeAtLocation(part);
  if (isIdType(type, context)) {
    const message = `the id ${excerpt(part)} becomes text; ${onlyEquality}`;
    context.report(part, "id-text", message, "Use the id itself as the key or element.");
  } else if (!isPlainType(type, context)) {
    const message = `${excerpt(part)} becomes text, and only text, numbers and booleans have a text of their own`;
    context.report(part, "id-text", message, "Put the fields that you mean into the text, one by one.");
  }
}

function checkCast(node: ts.AsExpression | ts.TypeAssertion, context: Context): void {
  if (ts.isConstTypeReference(node.type)) return;
  const from = context.checker.getTypeAtLocation(node.expression);
  const to = context.checker.getTypeAtLocation(node.type);
  if (isIdType(to, context) && !isIdType(from, context)) {
    const message = `${excerpt(node)} makes an id out of something else; ids come from the constants of the protocol`;
    context.report(node, "id-made", message, "Take the id from an id set: c.Server, or a parameter over id(c.Server).");
  } else if (isIdType(from, context) && !isIdType(to, context)) {
    const message = `${excerpt(node)} takes an id for something else; ${onlyEquality}`;
    context.report(node, "id-number", message, orderAdvice);
  } else if (isSilentType(from) || isSilentType(to)) {
    const message = `the cast ${excerpt(node)} goes through \`any\` or \`unknown\`, which hides whether the value is an id`;
    context.report(node, "cast", message, `Remove the cast: write ${excerpt(bare(node.expression))}.`);
  }
}

function checkTypeOf(node: ts.TypeOfExpression, context: Context): void {
  const type = context.checker.getTypeAtLocation(node.expression);
  if (!isIdType(type, context) && !isSilentType(type)) return;
  const message = `${excerpt(node)} asks how a value is represented, and an id's number is no part of the spec`;
  context.report(
    node,
    "id-number",
    message,
    isIdType(type, context)
      ? "Compare the id with an id or with null."
      : "Compare the value itself, or its field kind.",
  );
}

/** Methods of arrays whose results depend on where an element stands. */
const positional = new Set([
  ...["at", "indexOf", "lastIndexOf", "find", "findLast", "findIndex", "findLastIndex", "sort", "toSorted", "reverse"],
  ...["toReversed", "shift", "pop", "splice", "toSpliced", "slice", "join", "entries", "with", "reduceRight"],
]);

function checkMember(node: ts.PropertyAccessExpression, context: Context): void {
  const { name, expression } = node;
  const type = context.checker.getTypeAtLocation(expression);
  if (isIdType(type, context) && !isPlainType(type, context)) {
    const message = `${excerpt(node)} looks into the id ${excerpt(expression)}; ${onlyEquality}`;
    context.report(
      node,
      "id-number",
      message,
      `Keep what belongs to ${excerpt(expression)} in a map whose keys are ids.`,
    );
  } else if (positional.has(name.text) && isIdArray(type, context)) {
    reportPosition(node, `.${name.text}`, type, context);
  }
}

function checkElement(node: ts.ElementAccessExpression, context: Context): void {
  const type = context.checker.getTypeAtLocation(node.expression);
  if (isIdArray(type, context)) reportPosition(node, excerpt(node), type, context);
}

function checkPattern(node: ts.ArrayBindingPattern, context: Context): void {
  const type = context.checker.getTypeAtLocation(node);
  const source = node.parent;
  const origin =
    (ts.isVariableDeclaration(source) || ts.isParameter(source)) && source.initializer !== undefined
      ? context.checker.getTypeAtLocation(source.initializer)
      : type;
  if (isIdArray(origin, context)) reportPosition(node, excerpt(node), origin, context);
}

/** Of ids that the spec does not declare symmetric, one may be the root, the initiator or the coordinator. */
function reportPosition(node: ts.Node, what: string, ids: ts.Type, context: Context): void {
  if (!mayBeSymmetric(ids, context.symmetricIds, context)) return;
  const message = `${what} picks ids by their position, and the spec declares them symmetric: no id comes before another`;
  const advice =
    "Quantify with .some, .every or .filter, or let the action have a parameter over id(...). Declare an id set of its own for a special id, or remove these ids from symmetry.";
  context.report(node, "id-position", message, advice);
}

function checkArguments(call: ts.CallExpression | ts.NewExpression, context: Context): void {
  checkIdsHandedOn(call, context);
  const signature = context.checker.getResolvedSignature(call);
  call.arguments?.forEach((argument, position) => {
    checkPositionParameter(call, argument, context);
    if (signature === undefined || !isId(argument, context)) return;
    const parameter = signature.parameters[Math.min(position, signature.parameters.length - 1)];
    const declared = parameter?.valueDeclaration;
    if (declared === undefined || !ts.isParameter(declared) || declared.type === undefined) return;
    if (!isSilentType(context.checker.getTypeFromTypeNode(declared.type))) return;
    const message = `${excerpt(call)} hands on the id ${excerpt(argument)} as a value of any type; ${onlyEquality}`;
    context.report(argument, "id-number", message, "Give the parameter the type of the id.");
  });
}

/** The second parameter of a callback over an array of ids is the position of the id. */
function checkPositionParameter(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  context: Context,
): void {
  const callee = call.expression;
  const callback = bare(argument);
  if (!ts.isPropertyAccessExpression(callee) || !ts.isFunctionLike(callback)) return;
  const position = callback.parameters[callee.name.text.startsWith("reduce") ? 2 : 1];
  const ids = typeOf(callee.expression, context);
  if (position === undefined || !isIdArray(ids, context)) return;
  if (!mayBeSymmetric(ids, context.symmetricIds, context)) return;
  const [id] = callback.parameters;
  const name = position.name.getText();
  const message = `${name} is the position of an id, and the spec declares these ids symmetric: no id comes before another`;
  const one = id === undefined ? "one" : id.name.getText();
  context.report(
    position,
    "id-position",
    message,
    `Use the id itself: .${callee.name.text}((${one}) => ...); or remove these ids from symmetry.`,
  );
}

/** `const x: unknown = id` forgets that x is an id. */
function checkDeclaration({ type, initializer }: ts.VariableDeclaration, context: Context): void {
  if (type === undefined || initializer === undefined || !isId(initializer, context)) return;
  if (!isSilentType(context.checker.getTypeFromTypeNode(type))) return;
  const message = `the type ${excerpt(type)} hides that ${excerpt(initializer)} is an id; ${onlyEquality}`;
  context.report(type, "id-number", message, "Remove the type, or write the type of the id.");
}

/** `Object.entries(ids)` and `Array.from(ids, (id, position) => ...)` pair ids with their positions. */
function checkIdsHandedOn(call: ts.CallExpression | ts.NewExpression, context: Context): void {
  const [first, callback] = call.arguments ?? [];
  if (first === undefined || !isIds(first, context)) return;
  const callee = call.expression.getText();
  const type = typeOf(first, context);
  if (/^Object\./.test(callee)) reportPosition(call, excerpt(call), type, context);
  if (ts.isCallExpression(call) && isOperator(call, context) && picking.has(callee))
    reportPosition(call, excerpt(call), type, context);
  if (callee !== "Array.from" || callback === undefined || !ts.isFunctionLike(bare(callback))) return;
  if ((callback as ts.ArrowFunction).parameters.length > 1) reportPosition(call, excerpt(call), type, context);
}

const engineNames: Readonly<Record<string, string>> = {
  ordinalOf: "tells the number of an id",
  idOf: "makes an id out of a number",
  idSet: "makes ids of its own",
};

function checkEngineName(name: ts.Identifier, context: Context): void {
  const symbol = context.symbolOf(name);
  const does = symbol === undefined ? undefined : engineNames[symbol.name];
  if (does === undefined || !context.isOfVocabulary(symbol)) return;
  const message = `${name.text} ${does} and is for checkers; ${onlyEquality}`;
  const advice = 'Declare the ids among the constants (ids("s", ...)) and take them from there.';
  context.report(name, "id-made", message, advice);
}

/** Operators whose result depends on where an element stands. */
const picking = new Set(["first", "choose", "argmin", "argmax"]);

function typeOf(node: ts.Node, context: Context): ts.Type {
  return context.checker.getTypeAtLocation(node);
}

function isId(node: ts.Expression, context: Context): boolean {
  return isIdType(context.checker.getTypeAtLocation(node), context);
}

function isIds(node: ts.Expression, context: Context): boolean {
  return isIdArray(context.checker.getTypeAtLocation(node), context);
}

function isTextType(node: ts.Expression, context: Context): boolean {
  return (context.checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;
}

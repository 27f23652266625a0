import { ts } from "ts-morph";
import { type Context, excerpt } from "./context.ts";
import { enclosingFunction } from "./functions.ts";

/** Forms of the language that a spec does without. */
export function formRule(node: ts.Node, context: Context): void {
  const { report } = context;
  if (isAsync(node)) {
    const isAtTop = !ts.isFunctionLike(node) && enclosingFunction(node) === null;
    const what = ts.isFunctionLike(node) ? "an `async` function" : "`await`";
    const message = isAtTop
      ? "`await` waits for a value, and a spec cannot wait when it is loaded"
      : `${what} gives its result later; guards, effects and properties give theirs at once`;
    const advice = isAtTop
      ? "Compute the value at once, without `await`."
      : "Compute the value at once; what happens later is an action of its own.";
    report(node, "asynchronous", message, advice);
  } else if (ts.isTryStatement(node)) {
    const message =
      "`try` hides errors, among them a bound that an effect has broken, which the checker must see to report it";
    report(
      node,
      "caught-error",
      message,
      "Remove the `try`. Say in the guard when the action may happen; an effect that throws is reported.",
    );
  } else if (ts.isClassLike(node)) {
    const message = "a class keeps state of its own, which the checker neither stores nor restores";
    report(node, "object-state", message, "Declare what changes as a field of the state; write functions over it.");
  } else if (node.kind === ts.SyntaxKind.ThisKeyword && !isTypeOnly(node)) {
    const message = "`this` depends on how a function is called; a spec's functions depend on their arguments alone";
    report(node, "object-state", message, "Take what you need as a parameter.");
  } else if (ts.isAccessor(node)) {
    const message = `the accessor ${excerpt(node.name)} runs code where a reader sees a field`;
    report(node, "object-state", message, "Write a function that takes what it needs.");
  } else if (ts.isModuleDeclaration(node) && !isAmbient(node)) {
    const message = "a `namespace` is an object of its own, whose contents any function may change";
    report(node, "object-state", message, "Write its constants and functions at the top of a file, and export them.");
  } else if (isPrototype(node)) {
    const message = `${excerpt(node)} reaches the objects behind all values, and what is done to them happens everywhere`;
    report(node, "object-state", message, "Call methods on the values themselves.");
  } else if (
    ts.isRegularExpressionLiteral(node) &&
    enclosingFunction(node) === null &&
    /\/\w*[gy]\w*$/.test(node.text)
  ) {
    const message = `the regular expression ${excerpt(node)} remembers where it stopped, from one call to the next`;
    report(node, "object-state", message, "Remove the flags g and y.");
  } else if (isAmbient(node)) {
    const message = "`declare` promises a value that the spec does not define: at run time it would be a global";
    report(node, "ambient", message, "Define the value, or declare it as a constant of the protocol.");
  } else if (node.kind === ts.SyntaxKind.AnyKeyword) {
    const message = "`any` switches the type check off, and with it the check that ids are only compared for equality";
    report(
      node,
      "unchecked",
      message,
      "Write the type: ViewOf, DraftOf and ConstantsOf give those of states and constants.",
    );
  }
}

const checkStopper = /(?<!\*)\/[/*][/*\s]*(@ts-(?:ignore|nocheck|expect-error)\b)/g;

/** Comments that hide type errors. */
export function commentRule(node: ts.Node, { reportAt }: Context): void {
  if (!ts.isSourceFile(node)) return;
  for (const match of node.text.matchAll(checkStopper)) {
    const message = `${match[1]} hides type errors, and with them what the check of ids relies on`;
    reportAt(node, match.index, "unchecked", message, "Remove the comment, and fix the type error that it hides.");
  }
}

function isAsync(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  return ts.isFunctionLike(node) && hasModifier(node, ts.SyntaxKind.AsyncKeyword);
}

function isPrototype(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && ["prototype", "constructor", "__proto__"].includes(node.name.text);
}

function isAmbient(node: ts.Node): boolean {
  if (ts.isVariableStatement(node) || ts.isFunctionDeclaration(node)) {
    return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
  }
  return ts.isModuleDeclaration(node) && hasModifier(node, ts.SyntaxKind.DeclareKeyword);
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;
}

function isTypeOnly(node: ts.Node): boolean {
  return ts.isThisTypeNode(node) || ts.isTypePredicateNode(node.parent) || ts.isTypeQueryNode(node.parent);
}

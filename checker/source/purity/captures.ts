/** Guards, effects and properties depend on their arguments alone: nothing is carried from one call to the next. */
import { basename } from "node:path";
import { ts } from "ts-morph";
import { assignedPlaces, type Change, changesOf, isLooseChanger, ownerOf } from "./changes.ts";
import { type Context, excerpt, forEachNode, isValueReference } from "./context.ts";
import { capturingFunction, type FunctionNode, type Functions, functionsOf } from "./functions.ts";
import { patternOwner } from "./roots.ts";

const mayDiffer = "its result may differ from one call to the next";

/** Reports captured variables, captured objects that are changed, and arguments that may not be changed. */
export function checkCaptures(context: Context): void {
  const functions = functionsOf(context);
  const assigned = assignedSymbols(context);
  const told = new Set<string>();
  for (const file of context.files) {
    forEachNode(file, (node) => {
      if (isValueReference(node)) checkVariable(node, { context, functions, assigned, told });
      if (isLooseChanger(node, context)) {
        const does = ts.isVariableDeclaration(node.parent) ? "is stored in a variable" : "is used as a value";
        const message = `${excerpt(node)} ${does}, so the check cannot see what it will change`;
        const method = ts.isPropertyAccessExpression(node) ? node.name.text : excerpt(node);
        const advice = `Call ${method} directly, and only on what the same function created.`;
        context.report(node, "captured-change", message, advice);
      }
    });
  }
  for (const change of changesOf(context, functions)) checkChange(change, context, functions);
}

interface Scope {
  readonly context: Context;
  readonly functions: Functions;
  readonly assigned: ReadonlySet<ts.Symbol>;
  /** Variables already reported, each once in a function. */
  readonly told: Set<string>;
}

function assignedSymbols(context: Context): ReadonlySet<ts.Symbol> {
  const assigned = new Set<ts.Symbol>();
  for (const file of context.files) {
    forEachNode(file, (node) => {
      for (const place of assignedPlaces(node)) {
        const symbol = ts.isIdentifier(place) ? context.symbolOf(place) : undefined;
        if (symbol !== undefined) assigned.add(symbol);
      }
    });
  }
  return assigned;
}

function checkVariable(name: ts.Identifier, { context, functions, assigned, told }: Scope): void {
  const symbol = context.symbolOf(name);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined || context.isOfLanguage(symbol)) return;
  checkReplacedDraft(name, declaration, context, functions);
  const owner = ts.isBindingElement(declaration) ? patternOwner(declaration) : declaration;
  if (!ts.isVariableDeclaration(owner) && !ts.isParameter(owner)) return;
  const carrier = capturingFunction(name, owner, functions);
  if (carrier === null) return;
  checkIterator(name, carrier, context, functions);
  const isTop = ts.isVariableDeclaration(owner) && ts.isSourceFile(owner.parent.parent.parent);
  const isVariable = (ts.getCombinedNodeFlags(owner) & ts.NodeFlags.Const) === 0;
  if (!isVariable || (!isTop && !assigned.has(symbol))) return;
  const key = `${owner.getSourceFile().fileName} ${owner.pos} ${carrier.getSourceFile().fileName} ${carrier.pos}`;
  if (told.has(key)) return;
  told.add(key);
  const does = isWritten(name) ? "assigns" : "reads";
  const message = `${functions.describe(carrier)} ${does} ${name.text}, a variable declared outside it: ${mayDiffer}`;
  const advice = assigned.has(symbol)
    ? "Put what changes into the state of the protocol, and what does not into a const."
    : `Declare ${name.text} with const.`;
  context.report(name, "captured-variable", message, advice);
}

/** An iterator has state of its own: who reads it leaves less of it to the next. */
function checkIterator(name: ts.Identifier, carrier: FunctionNode, context: Context, functions: Functions): void {
  const next = context.checker.getTypeAtLocation(name).getProperty("next");
  if (next === undefined || !context.isOfLanguage(next)) return;
  const message = `${functions.describe(carrier)} reads ${name.text}, an iterator made outside it: ${mayDiffer}`;
  context.report(
    name,
    "captured-variable",
    message,
    `Declare an array instead, such as const ${name.text} = [1, 2, 3].`,
  );
}

function isWritten(name: ts.Identifier): boolean {
  for (let at: ts.Node = name; at !== undefined && !ts.isStatement(at); at = at.parent) {
    if (assignedPlaces(at).includes(name)) return true;
  }
  return false;
}

/** `s = ...` in an effect assigns the parameter, and leaves the state as it was. */
function checkReplacedDraft(name: ts.Identifier, declaration: ts.Node, context: Context, functions: Functions): void {
  if (!ts.isParameter(declaration) || !isWritten(name)) return;
  const owner = ownerOf(declaration);
  if (owner === null || functions.roleOf(owner)?.part !== "effect" || owner.parameters[0] !== declaration) return;
  const message = `${functions.describe(owner)} assigns ${name.text} itself: the state stays as it was`;
  const advice = `Assign its fields (${name.text}.field = ...), and change collections by their methods.`;
  context.report(name, "replaced-draft", message, advice);
}

function checkChange({ node, root, origin }: Change, context: Context, functions: Functions): void {
  const carrier = capturingFunction(node, root, functions);
  const name = root.name?.getText() ?? "the default export";
  const where = origin === null ? "" : ` at ${placeOf(origin)}`;
  const callee = origin !== null && ts.isCallExpression(node) ? excerpt(node.expression) : null;
  if (carrier !== null) {
    const changes =
      callee === null
        ? `changes ${name}, which is declared outside it`
        : `calls ${callee}, which changes ${name}${where}, and ${name} is declared outside it`;
    const message = `${functions.describe(carrier)} ${changes}: ${mayDiffer} (${excerpt(node)})`;
    const advice = "Put what changes into the state of the protocol; build other values anew in the function.";
    context.report(node, "captured-change", message, advice);
    return;
  }
  const owner = ownerOf(root);
  if (owner === null || mayChange(owner, root, functions)) return;
  const part = functions.roleOf(owner)?.part;
  const changes =
    callee === null
      ? `changes its argument ${name} (${excerpt(node)})`
      : `calls ${callee}, which changes ${name}${where} (${excerpt(node)})`;
  context.report(
    node,
    "changed-argument",
    `${functions.describe(owner)} ${changes}; ${onlyEffects(part)}`,
    advise(part, node),
  );
}

/** An effect changes its draft, and so does what resets dead data; helpers and rules change what they are given, which is checked where they are called. */
function mayChange(owner: FunctionNode, root: ts.Node, functions: Functions): boolean {
  const role = functions.roleOf(owner);
  if (role === null || role.part === "rule") return true;
  const editsFirst = role.part === "effect" || role.part === "reset";
  return editsFirst && owner.parameters[0] === root;
}

/** `shop.ts:24:53`, in the files that a problem is reported of. */
function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${basename(file.fileName)}:${line + 1}:${character + 1}`;
}

function onlyEffects(part: string | undefined): string {
  return part === "effect" ? "an effect changes its first argument only" : "only an effect may change the state";
}

function advise(part: string | undefined, node: ts.Node): string {
  if (part === "effect")
    return "Change the state only, which is the first argument. Parameters and constants never change.";
  const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssignment && ts.isParenthesizedExpression(node.parent)
    ? "Write === to compare, or move the change into the effect of an action."
    : "Move the change into the effect of an action.";
}

/** What each function of a spec is for, and which functions outlive the call that makes them. */
import { ts } from "ts-morph";
import { bare, type Context, forEachNode, isValueReference } from "./context.ts";

export type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

/** The part a function plays in a declaration of the vocabulary: `guard` of the action `Tick`. */
interface Role {
  readonly part: string;
  readonly of: string;
}

export interface Functions {
  readonly all: readonly FunctionNode[];
  readonly roleOf: (node: FunctionNode) => Role | null;
  /** The function in words: "the guard of Tick", "the function next". */
  readonly describe: (node: FunctionNode) => string;
  /** The function behind an expression, where it is one of the spec's files. */
  readonly behind: (expression: ts.Expression) => FunctionNode | null;
  /** True where the function may be called after the function around it has returned. */
  readonly escapes: (node: FunctionNode) => boolean;
  /** The names that stand for a variable, function or parameter, its declaration excluded. */
  readonly referencesTo: (symbol: ts.Symbol) => readonly ts.Identifier[];
}

export function isFunctionNode(node: ts.Node): node is FunctionNode {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node)
  );
}

export function functionsOf(context: Context): Functions {
  const all: FunctionNode[] = [];
  const references = new Map<ts.Symbol, ts.Identifier[]>();
  const roles = new Map<FunctionNode, Role>();
  const behind = (expression: ts.Expression): FunctionNode | null => functionBehind(expression, context);
  for (const file of context.files) {
    forEachNode(file, (node) => {
      if (isFunctionNode(node)) all.push(node);
      if (isValueReference(node)) addReference(references, context.symbolOf(node), node);
      if (ts.isCallExpression(node)) assignRoles(node, context, behind, roles);
    });
  }
  const referencesTo = (symbol: ts.Symbol): readonly ts.Identifier[] => references.get(symbol) ?? [];
  const roleOf = (node: FunctionNode): Role | null => roles.get(node) ?? null;
  return {
    all,
    roleOf,
    behind,
    referencesTo,
    describe: (node) => describe(node, roleOf(node)),
    escapes: (node) => !isImmediateCallback(node, context) && !isLocalHelper(node, context, referencesTo),
  };
}

function addReference(references: Map<ts.Symbol, ts.Identifier[]>, symbol: ts.Symbol | undefined, name: ts.Identifier) {
  if (symbol === undefined) return;
  const known = references.get(symbol);
  if (known === undefined) references.set(symbol, [name]);
  else known.push(name);
}

function functionBehind(expression: ts.Expression, context: Context): FunctionNode | null {
  const inner = bare(expression);
  if (isFunctionNode(inner)) return inner;
  const name = ts.isPropertyAccessExpression(inner) ? inner.name : inner;
  for (const declaration of context.symbolOf(name)?.declarations ?? []) {
    if (!context.files.includes(declaration.getSourceFile())) continue;
    if (isFunctionNode(declaration) && declaration.body !== undefined) return declaration;
    const holdsValue = ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration);
    const value = holdsValue ? declaration.initializer : undefined;
    if (value === undefined || value === expression) continue;
    const inside = bare(value);
    if (isFunctionNode(inside)) return inside;
  }
  return null;
}

/** Finds the functions that a call of the vocabulary receives: `p.action("Tick", { guard: ..., effect: ... })`. */
function assignRoles(
  call: ts.CallExpression,
  context: Context,
  behind: Functions["behind"],
  roles: Map<FunctionNode, Role>,
): void {
  if (!isVocabularyCall(call, context)) return;
  const [first] = call.arguments;
  const of = first !== undefined && ts.isStringLiteralLike(first) ? first.text : "";
  const assign: Assign = (value, role) => {
    const found = ts.isMethodDeclaration(value) ? value : behind(value);
    if (found !== null && !roles.has(found)) roles.set(found, role);
  };
  const replacesRules = nameOfCallee(call) === "withRules";
  for (const argument of call.arguments) {
    if (ts.isObjectLiteralExpression(argument)) assignParts(argument, replacesRules ? "rules" : of, assign);
    else if (ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === "found") {
      assign(argument, { part: "domain", of: "a parameter" });
    }
  }
}

type Assign = (value: ts.Expression | ts.MethodDeclaration, role: Role) => void;

function assignParts(parts: ts.ObjectLiteralExpression, of: string, assign: Assign): void {
  for (const part of parts.properties) {
    const name = part.name?.getText() ?? "";
    const role = of === "rules" ? { part: "rule", of: name } : { part: name, of };
    if (ts.isMethodDeclaration(part)) assign(part, role);
    else if (ts.isShorthandPropertyAssignment(part)) assign(part.name, role);
    else if (ts.isPropertyAssignment(part)) {
      if (ts.isObjectLiteralExpression(part.initializer)) assignParts(part.initializer, ownerIn(name, of), assign);
      else assign(part.initializer, role);
    }
  }
}

function ownerIn(part: string, of: string): string {
  if (part === "init") return "Init";
  return part === "rules" ? "rules" : of;
}

function nameOfCallee(call: ts.CallExpression): string {
  const callee = bare(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

function isVocabularyCall(call: ts.CallExpression, context: Context): boolean {
  const callee = bare(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  return context.isOfVocabulary(context.symbolOf(name));
}

const partsInWords: Readonly<Record<string, string>> = {
  holds: "the property",
  goal: "the property",
  from: "the property",
  to: "the property",
  when: "the antecedent of",
  within: "the constraint",
  params: "the parameters of",
  rule: "the rule",
};

function describe(node: FunctionNode, role: Role | null): string {
  if (role !== null) {
    const part = partsInWords[role.part] ?? `the ${role.part} of`;
    return role.of === "" ? `the ${role.part}` : `${part} ${role.of}`;
  }
  const name = nameOf(node);
  return name === null ? "a function" : `the function ${name}`;
}

function nameOf(node: FunctionNode): string | null {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : null;
}

/** True for `xs.every((x) => ...)` and `sum(xs, (x) => ...)`: what is handed to these is called at once. */
export function isImmediateCallback(node: FunctionNode, context: Context): boolean {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments.some((one) => one === node) && callsAtOnce(parent, context);
}

function callsAtOnce(call: ts.CallExpression, context: Context): boolean {
  if (isOperator(call, context)) return true;
  if (!ts.isPropertyAccessExpression(call.expression)) return false;
  const symbol = context.symbolOf(call.expression.name);
  if (context.isOfLanguage(symbol)) return true;
  return symbol?.declarations?.some((one) => one.getSourceFile().fileName.endsWith("/collections.ts")) === true;
}

/** True for a call of an operator of the vocabulary, such as `sum` and `mapOf`: its first argument is a collection. */
export function isOperator(call: ts.CallExpression, context: Context): boolean {
  const callee = bare(call.expression);
  const symbol = context.symbolOf(ts.isPropertyAccessExpression(callee) ? callee.name : callee);
  if (!context.isOfVocabulary(symbol)) return false;
  return symbol?.declarations?.some((one) => one.getSourceFile().fileName.includes("/spec/lang/operators/")) === true;
}

/** True for a function inside another that is only ever called there, never stored or handed on. */
function isLocalHelper(node: FunctionNode, context: Context, referencesTo: Functions["referencesTo"]): boolean {
  const declaration = ts.isFunctionDeclaration(node) ? node : node.parent;
  if (!ts.isFunctionDeclaration(declaration) && !isConst(declaration)) return false;
  if (enclosingFunction(declaration) === null || declaration.name === undefined) return false;
  const symbol = context.checker.getSymbolAtLocation(declaration.name);
  if (symbol === undefined) return false;
  return referencesTo(symbol).every(({ parent }, position) => {
    if (!ts.isCallExpression(parent)) return false;
    return parent.expression === referencesTo(symbol)[position] || callsAtOnce(parent, context);
  });
}

function isConst(node: ts.Node): node is ts.VariableDeclaration {
  return ts.isVariableDeclaration(node) && (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
}

/** The function directly around a node; for a parameter its own function. Null at the top of a file. */
export function enclosingFunction(node: ts.Node): FunctionNode | null {
  for (let around = node.parent; around !== undefined; around = around.parent) {
    if (isFunctionNode(around)) return around;
  }
  return null;
}

/**
 * The innermost function that outlives its surroundings and lies between a use and the declaration of what is used:
 * the function that would carry the thing from one call to the next. Null where there is none.
 */
export function capturingFunction(use: ts.Node, declaration: ts.Node, functions: Functions): FunctionNode | null {
  const home = enclosingFunction(declaration);
  const isHome = (node: FunctionNode): boolean => node === home;
  for (let around = enclosingFunction(use); around !== null && !isHome(around); around = enclosingFunction(around)) {
    if (functions.escapes(around)) return around;
  }
  return null;
}

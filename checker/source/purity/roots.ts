/** What an expression is a part of: the variables whose contents change when the expression's value is changed. */
import { ts } from "ts-morph";
import { bare, type Context } from "./context.ts";
import { type FunctionNode, type Functions, isFunctionNode, isImmediateCallback, isOperator } from "./functions.ts";

/** A parameter, a variable that was given a value of its own, or a function, which can have fields too. */
export type Root = ts.ParameterDeclaration | ts.VariableDeclaration | ts.FunctionDeclaration;

/** Methods that give a part of what they are called on, rather than something new. */
const accessors = new Set(["get", "first", "at", "find", "findLast", "values", "keys", "entries", "ofKind", "sub"]);

/** Finds roots, and remembers what each helper of the spec returns a part of. */
export class Roots {
  readonly #context: Context;
  readonly #functions: Functions;
  readonly #returned = new Map<ts.Node, readonly Root[]>();
  /** What is being looked at, so that a definition in terms of itself ends. */
  readonly #visiting = new Set<ts.Node>();

  constructor(context: Context, functions: Functions) {
    this.#context = context;
    this.#functions = functions;
  }

  /** Empty for an expression whose value is new. */
  of(expression: ts.Expression): readonly Root[] {
    const inner = bare(expression);
    if (this.#visiting.has(inner)) return [];
    this.#visiting.add(inner);
    const found = this.#ofBare(inner);
    this.#visiting.delete(inner);
    return [...new Set(found)];
  }

  #ofBare(node: ts.Expression): readonly Root[] {
    if (ts.isIdentifier(node)) {
      const declarations = this.#context.symbolOf(node)?.declarations ?? [];
      return declarations.flatMap((declaration) => this.#ofDeclaration(declaration));
    }
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return this.of(node.expression);
    if (ts.isConditionalExpression(node)) return [...this.of(node.whenTrue), ...this.of(node.whenFalse)];
    if (ts.isBinaryExpression(node) && isChoice(node)) return [...this.of(node.left), ...this.of(node.right)];
    return ts.isCallExpression(node) ? this.#ofCall(node) : [];
  }

  #ofDeclaration(declaration: ts.Node): readonly Root[] {
    if (ts.isBindingElement(declaration)) return this.#ofDeclaration(patternOwner(declaration));
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration);
    if (ts.isFunctionDeclaration(declaration)) return [declaration];
    if (!ts.isVariableDeclaration(declaration)) return [];
    const loop = declaration.parent.parent;
    if (ts.isForOfStatement(loop)) return this.of(loop.expression);
    const origin = declaration.initializer === undefined ? [] : this.of(declaration.initializer);
    return origin.length > 0 ? origin : [declaration];
  }

  /** The parameter of a callback stands for a part of what the method was called on. */
  #ofParameter(parameter: ts.ParameterDeclaration): readonly Root[] {
    const owner = parameter.parent;
    if (parameter.initializer !== undefined) return [parameter, ...this.of(parameter.initializer)];
    if (!isFunctionNode(owner) || !isImmediateCallback(owner, this.#context)) return [parameter];
    const call = owner.parent;
    const operand = ts.isCallExpression(call) && isOperator(call, this.#context) ? call.arguments[0] : undefined;
    if (operand !== undefined) return orElse(this.of(operand), parameter);
    const callee = ts.isCallExpression(call) ? call.expression : null;
    const origin = callee !== null && ts.isPropertyAccessExpression(callee) ? this.of(callee.expression) : [];
    return orElse(origin, parameter);
  }

  #ofCall(call: ts.CallExpression): readonly Root[] {
    const helper = this.#functions.behind(call.expression);
    if (helper !== null) return this.#rootsReturned(helper).flatMap((root) => this.#passedOn(root, helper, call));
    const [argument] = call.arguments;
    if (isOperator(call, this.#context)) return argument === undefined ? [] : this.of(argument);
    const callee = bare(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return [];
    if (callee.expression.getText() === "Object" && argument !== undefined) return this.of(argument);
    return accessors.has(callee.name.text) ? this.of(callee.expression) : [];
  }

  /** Where a helper returns a part of a parameter, the call is a part of the argument. */
  #passedOn(root: Root, helper: FunctionNode, call: ts.CallExpression): readonly Root[] {
    if (!ts.isParameter(root) || root.parent !== helper) return [root];
    const argument = call.arguments[helper.parameters.indexOf(root)];
    return argument === undefined ? [] : this.of(argument);
  }

  #rootsReturned(helper: FunctionNode): readonly Root[] {
    const known = this.#returned.get(helper);
    if (known !== undefined) return known;
    this.#returned.set(helper, []);
    const roots = returnedExpressions(helper).flatMap((expression) => this.of(expression));
    // A variable of the helper itself is new with every call.
    const outer = roots.filter((root) => ts.isParameter(root) || !isInside(root, helper));
    this.#returned.set(helper, outer);
    return outer;
  }
}

function orElse(origin: readonly Root[], parameter: ts.ParameterDeclaration): readonly Root[] {
  return origin.length > 0 ? origin : [parameter];
}

function isChoice({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

/** The parameter or variable that a destructuring pattern takes apart. */
export function patternOwner(element: ts.BindingElement): ts.Node {
  let owner: ts.Node = element;
  while (ts.isBindingElement(owner) || ts.isObjectBindingPattern(owner) || ts.isArrayBindingPattern(owner)) {
    owner = owner.parent;
  }
  return owner;
}

function returnedExpressions(helper: ts.FunctionLikeDeclaration): readonly ts.Expression[] {
  const { body } = helper;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

function isInside(node: ts.Node, around: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (at === around) return true;
  return false;
}

/**
 * Rewrites the sources of a spec so that evaluating them records what was evaluated to what. Text goes in between the
 * pieces of the source, and no line is added, so that everything the spec means stays as it was; types are left in,
 * because the bundler takes them out.
 *
 * Not rewritten: generators, classes and optional chains, whose evaluations do not nest or do not finish.
 */
import { ts } from "ts-morph";
import { isFunctionNode } from "../purity/functions.ts";
import { type FileSites, textOf } from "./file-sites.ts";
import type { Decision } from "./site.ts";

/** The name of the recorder in a rewritten source. No spec uses it. */
export const recorderName = "$lockstepRecorder";

/** The function a statement belongs to, and how the statement is reached. */
interface Scope {
  readonly handle: string;
  readonly within: readonly Decision[];
  /** Grows while the statements of the function are rewritten in order. */
  readonly past: Decision[];
}

export function instrument(file: ts.SourceFile, sites: FileSites): string {
  return new Rewriter(file, sites).file();
}

const logical = new Map<ts.SyntaxKind, "and" | "or">([
  [ts.SyntaxKind.AmpersandAmpersandToken, "and"],
  [ts.SyntaxKind.BarBarToken, "or"],
]);

const comparisons = new Set<string>(["===", "!==", "==", "!=", "<", "<=", ">", ">=", "in", "instanceof"]);

const quantifiers = new Set<string>(["every", "some", "count"]);

/** Methods that compare what they are called on with their arguments: the explanation shows both. */
const tests = new Set<string>(["has", "includes", "equals", "isSubsetOf", "isPrefixOf", "copies"]);

class Rewriter {
  readonly #file: ts.SourceFile;
  readonly #sites: FileSites;

  constructor(file: ts.SourceFile, sites: FileSites) {
    this.#file = file;
    this.#sites = sites;
  }

  file(): string {
    return this.#file.text.slice(0, this.#file.getStart()) + this.#copy(this.#file, null);
  }

  /** The source of a node, its parts rewritten. `scope` is null outside functions. */
  #text(node: ts.Node, scope: Scope | null): string {
    if (this.#isLeftAlone(node)) return textOf(node);
    if (isFunctionNode(node)) return this.#function(node);
    if (scope !== null && ts.isStatement(node)) return this.#statement(node, scope);
    return ts.isExpression(node) && isRecorded(node) ? this.#value(node, scope) : this.#copy(node, scope);
  }

  #copy(node: ts.Node, scope: Scope | null): string {
    return this.#pieces(node, (child) => this.#text(child, scope));
  }

  /** The source of a node with each child replaced. */
  #pieces(node: ts.Node, replace: (child: ts.Node) => string): string {
    const { text } = this.#file;
    let out = "";
    let at = node.getStart();
    ts.forEachChild(node, (child) => {
      const start = child.getStart();
      if (child.end <= at) return;
      out += text.slice(at, start) + replace(child);
      at = child.end;
    });
    return out + text.slice(at, node.end);
  }

  #isLeftAlone(node: ts.Node): boolean {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
    if (ts.isClassLike(node) || ts.isAccessor(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
      return true;
    return ts.isOptionalChain(node) || (isFunctionNode(node) && node.asteriskToken !== undefined);
  }

  /** An expression whose value is recorded. */
  #value(node: ts.Expression, scope: Scope | null): string {
    if (ts.isParenthesizedExpression(node) || isTypeWrapping(node)) {
      return this.#pieces(node, (child) =>
        child === node.expression ? this.#value(node.expression, scope) : textOf(child),
      );
    }
    if (isFunctionNode(node) || ts.isOmittedExpression(node) || ts.isSpreadElement(node))
      return this.#text(node, scope);
    if (this.#isLeftAlone(node)) return this.#recorded(this.#sites.atom(node), textOf(node));
    if (ts.isBinaryExpression(node)) return this.#binary(node, scope);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      return this.#recorded(this.#sites.plain("not", node), this.#operands(node, scope));
    }
    if (ts.isConditionalExpression(node)) {
      return this.#recorded(this.#sites.plain("choice", node), this.#operands(node, scope));
    }
    if (ts.isCallExpression(node)) return this.#call(node, scope);
    const site = isLiteral(node) ? this.#sites.literal(node) : this.#sites.atom(node);
    return this.#recorded(site, this.#copy(node, scope));
  }

  #binary(node: ts.BinaryExpression, scope: Scope | null): string {
    const kind = logical.get(node.operatorToken.kind);
    const operator = node.operatorToken.getText();
    if (kind !== undefined) return this.#recorded(this.#sites.plain(kind, node), this.#operands(node, scope));
    if (comparisons.has(operator)) {
      return this.#recorded(this.#sites.comparison(node, operator), this.#operands(node, scope));
    }
    return this.#recorded(this.#sites.atom(node), this.#copy(node, scope));
  }

  /** The source of a node with each of its expressions recorded. */
  #operands(node: ts.Node, scope: Scope | null): string {
    return this.#pieces(node, (child) => (ts.isExpression(child) ? this.#value(child, scope) : textOf(child)));
  }

  #recorded(site: number, text: string): string {
    return `${recorderName}.leave(${recorderName}.enter(${site}), ${text})`;
  }

  #call(node: ts.CallExpression, scope: Scope | null): string {
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword || node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return this.#copy(node, scope);
    }
    const method = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : "";
    const [callback] = node.arguments;
    const isOwn = this.#sites.isOfSpec(node);
    const isQuantifier = !isOwn && quantifiers.has(method) && callback !== undefined && node.arguments.length === 1;
    if (!isOwn && tests.has(method)) return this.#recorded(this.#sites.test(node, method), this.#tested(node, scope));
    const site = isQuantifier ? this.#sites.quantifier(node, method) : this.#sites.call(node);
    const text = this.#pieces(node, (child) => {
      if (isQuantifier && child === callback) return this.#candidates(callback, scope);
      return this.#text(child, scope);
    });
    return this.#recorded(site, text);
  }

  /** A call whose receiver and arguments are recorded, in this order. */
  #tested(node: ts.CallExpression, scope: Scope | null): string {
    return this.#pieces(node, (child) => {
      if (child !== node.expression) return ts.isExpression(child) ? this.#value(child, scope) : textOf(child);
      const callee = node.expression;
      if (!ts.isPropertyAccessExpression(callee)) return this.#text(callee, scope);
      return this.#pieces(callee, (part) =>
        part === callee.expression ? this.#value(callee.expression, scope) : textOf(part),
      );
    });
  }

  #candidates(callback: ts.Expression, scope: Scope | null): string {
    return `${recorderName}.candidates(${this.#sites.candidate(callback)}, ${this.#text(callback, scope)})`;
  }

  #function(node: ts.FunctionLikeDeclaration): string {
    const { body } = node;
    if (body === undefined) return textOf(node);
    const names = node.parameters.flatMap(({ name }) => boundNames(name));
    const site = this.#sites.frame(node, names);
    const handle = `$frame${site}`;
    const start = `${recorderName}.frame(${site}, [${names.map(({ text }) => text).join(", ")}])`;
    return this.#pieces(node, (child) => {
      if (child !== body) return this.#text(child, null);
      if (!ts.isBlock(body)) {
        const value = this.#value(body, { handle, within: [], past: [] });
        return `${recorderName}.leave(${start}, ${value})`;
      }
      const statements = this.#block(body, { handle, within: [], past: [] });
      return `{ const ${handle} = ${start}; ${statements} ${recorderName}.leave(${handle}, undefined); }`;
    });
  }

  /** The statements of a block without its braces. */
  #block(block: ts.Block, scope: Scope): string {
    return this.#copy(block, scope).slice(1, -1);
  }

  #statement(node: ts.Statement, scope: Scope): string {
    if (ts.isIfStatement(node)) return this.#if(node, scope);
    if (ts.isSwitchStatement(node)) return this.#switch(node, scope);
    if (ts.isReturnStatement(node)) return this.#return(node, scope);
    if (ts.isForOfStatement(node)) return this.#forOf(node, node, scope);
    if (ts.isLabeledStatement(node) && ts.isForOfStatement(node.statement)) {
      return this.#forOf(node.statement, node, scope);
    }
    if (ts.isVariableStatement(node)) return this.#variables(node, scope);
    return this.#copy(node, scope);
  }

  #if(node: ts.IfStatement, scope: Scope): string {
    const site = this.#sites.plain("condition", node.expression);
    const inside = (branch: boolean): Scope => ({
      ...scope,
      within: [...scope.within, { site, branch }],
      past: [...scope.past],
    });
    const text = this.#pieces(node, (child) => {
      if (child === node.expression) return this.#recorded(site, this.#value(node.expression, scope));
      return this.#text(child, inside(child === node.thenStatement));
    });
    if (leaves(node.thenStatement)) scope.past.push({ site, branch: false });
    else if (node.elseStatement !== undefined && leaves(node.elseStatement)) scope.past.push({ site, branch: true });
    return text;
  }

  #switch(node: ts.SwitchStatement, scope: Scope): string {
    const site = this.#sites.plain("condition", node.expression);
    const inside: Scope = { ...scope, within: [...scope.within, { site, branch: null }], past: [...scope.past] };
    const text = this.#pieces(node, (child) => {
      if (child === node.expression) return this.#recorded(site, this.#value(node.expression, scope));
      return this.#copy(child, inside);
    });
    if (returns(node)) scope.past.push({ site, branch: null });
    return text;
  }

  #return(node: ts.ReturnStatement, scope: Scope): string {
    const { expression } = node;
    if (expression === undefined) return `return ${recorderName}.leave(${scope.handle}, undefined);`;
    const site = this.#sites.return(expression, scope.within, [...scope.past]);
    const value = this.#recorded(site, this.#value(expression, scope));
    return `return ${recorderName}.leave(${scope.handle}, ${value});`;
  }

  /** Each round of the loop is a node; the last is closed behind the loop, which may stand without braces. */
  #forOf(node: ts.ForOfStatement, whole: ts.Statement, scope: Scope): string {
    const { initializer, statement } = node;
    const names = ts.isVariableDeclarationList(initializer)
      ? initializer.declarations.flatMap(({ name }) => boundNames(name))
      : [];
    const site = this.#sites.iteration(node, names);
    const round = `${recorderName}.iteration(${site}, [${names.map(({ text }) => text).join(", ")}]);`;
    const inside: Scope = { ...scope, past: [] };
    const loop = this.#pieces(node, (child) => {
      if (child !== statement) return child === initializer ? textOf(child) : this.#text(child, scope);
      return `{ ${round} ${this.#text(statement, inside)} }`;
    });
    if (returns(statement)) scope.past.push({ site, branch: null });
    const labelled = whole === node ? loop : `${this.#file.text.slice(whole.getStart(), node.getStart())}${loop}`;
    return `{ ${labelled} ${recorderName}.endLoop(${site}); }`;
  }

  #variables(node: ts.VariableStatement, scope: Scope): string {
    return this.#pieces(node, (list) =>
      this.#pieces(list, (child) => {
        if (!ts.isVariableDeclaration(child) || child.initializer === undefined) return this.#text(child, scope);
        const { initializer, name } = child;
        if (!ts.isIdentifier(name) || isFunctionNode(initializer)) return this.#copy(child, scope);
        const site = this.#sites.definition(child, initializer);
        const value = this.#recorded(site, this.#value(initializer, scope));
        return this.#pieces(child, (part) => (part === initializer ? value : textOf(part)));
      }),
    );
  }
}

/** Expressions that are recorded wherever they stand: those that decide, and those that call. */
function isRecorded(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) {
    return logical.has(node.operatorToken.kind) || comparisons.has(node.operatorToken.getText());
  }
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  return ts.isConditionalExpression(node) || ts.isCallExpression(node);
}

function isLiteral(node: ts.Expression): boolean {
  const isWord = node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
  return isWord || node.kind === ts.SyntaxKind.NullKeyword || ts.isLiteralExpression(node);
}

function isTypeWrapping(node: ts.Expression): node is ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node);
}

/** The names that a parameter or a variable binds. */
function boundNames(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** True where nothing behind the statement is reached from inside it. */
function leaves(statement: ts.Statement): boolean {
  if (ts.isBlock(statement)) return statement.statements.some(leaves);
  if (ts.isIfStatement(statement)) {
    return statement.elseStatement !== undefined && leaves(statement.thenStatement) && leaves(statement.elseStatement);
  }
  return ts.isReturnStatement(statement) || ts.isThrowStatement(statement);
}

/** True where a `return` of the same function stands in the statement. */
function returns(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  return ts.isReturnStatement(node) || ts.forEachChild(node, (child) => returns(child) || undefined) === true;
}

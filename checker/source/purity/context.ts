/** What the rules about specs share: types, names, and a place to report to. */
import { ts } from "ts-morph";
import type { SpecProgram } from "../modules/program.ts";
import type { Problem, ProblemCode } from "../problem.ts";
import { type SymmetricIds, symmetricIdsOf } from "./symmetric-ids.ts";

export interface Context {
  readonly checker: ts.TypeChecker;
  readonly files: readonly ts.SourceFile[];
  /** The ids that the files declare symmetric. */
  readonly symmetricIds: SymmetricIds;
  /** Declared by the vocabulary. */
  readonly isOfVocabulary: (symbol: ts.Symbol | undefined) => boolean;
  /** Declared by the language's own library. */
  readonly isOfLanguage: (symbol: ts.Symbol | undefined) => boolean;
  /** The variable, function or parameter behind a name, through imports and shorthand properties. */
  readonly symbolOf: (name: ts.Node) => ts.Symbol | undefined;
  readonly report: (node: ts.Node, code: ProblemCode, message: string, tryThis: string) => void;
  readonly reportAt: (file: ts.SourceFile, start: number, code: ProblemCode, message: string, tryThis: string) => void;
}

/** A rule looks at one node at a time, at every node of a spec. */
export type Rule = (node: ts.Node, context: Context) => void;

export function contextOf(opened: SpecProgram, files: readonly ts.SourceFile[], found: Problem[]): Context {
  const { checker, program } = opened;
  const isDeclared = (symbol: ts.Symbol | undefined, within: (file: ts.SourceFile) => boolean): boolean =>
    symbol?.declarations?.some((declaration) => within(declaration.getSourceFile())) === true;
  return {
    checker,
    files,
    symmetricIds: symmetricIdsOf(files),
    isOfVocabulary: (symbol) => isDeclared(symbol, opened.isVocabulary),
    isOfLanguage: (symbol) => isDeclared(symbol, (file) => program.isSourceFileDefaultLibrary(file)),
    symbolOf: (name) => {
      const symbol = ts.isShorthandPropertyAssignment(name.parent)
        ? checker.getShorthandAssignmentValueSymbol(name.parent)
        : checker.getSymbolAtLocation(name);
      return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
        ? checker.getAliasedSymbol(symbol)
        : symbol;
    },
    report: (node, ...rest) => found.push(problemAt(node.getSourceFile(), node.getStart(), ...rest)),
    reportAt: (file, start, ...rest) => found.push(problemAt(file, start, ...rest)),
  };
}

export function problemAt(
  file: ts.SourceFile,
  start: number,
  code: ProblemCode,
  message: string,
  tryThis: string,
): Problem {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return { code, file: file.fileName, line: line + 1, column: character + 1, message, tryThis };
}

export function forEachNode(root: ts.Node, visit: (node: ts.Node) => void): void {
  visit(root);
  ts.forEachChild(root, (child) => forEachNode(child, visit));
}

/** The text of a node on one line, without comments, cut where it is long. */
export function excerpt(node: ts.Node): string {
  const text = node
    .getText()
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "")
    .replace(/\s+/g, " ");
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** What an expression is, once parentheses and type-only wrappings are taken off. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** True for a name that stands for a value: not a type, not the name of a property, not a declaration. */
export function isValueReference(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node) || ts.isPartOfTypeNode(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isQualifiedName(parent) || ts.isTypeQueryNode(parent) || ts.isJsxAttribute(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isExportSpecifier(parent) || ts.isNamespaceExport(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isEnumMember(parent) || ts.isMethodDeclaration(parent) || ts.isAccessor(parent)) return false;
  return !isNameOfDeclaration(node, parent);
}

function isNameOfDeclaration(node: ts.Identifier, parent: ts.Node): boolean {
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionLike(parent) ||
    ts.isClassLike(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isEnumDeclaration(parent) ||
    ts.isModuleDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent);
  return declares && parent.name === node;
}

import { posix } from "node:path";
import ts from "typescript";
import { forEachNode, lineOf, type Source } from "./source.ts";

/** What one file takes from another: a file of the project, a module of Node.js, or a package. */
export interface Import {
  readonly kind: "file" | "node" | "package";
  /** The path from the root, the name of the module with "node:", or the name of the package. */
  readonly target: string;
  readonly line: number;
}

/** Every import of a source: `import`, `export ... from`, `import()` and `import("...")` types alike. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  forEachNode(source.tree, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push({ ...resolve(source.path, specifier.text), line: lineOf(source, node) });
  });
  return found;
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literal(node.arguments[0]);
  return undefined;
}

function literal(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node : undefined;
}

function resolve(importer: string, specifier: string): Omit<Import, "line"> {
  if (specifier.startsWith(".")) return { kind: "file", target: posix.join(posix.dirname(importer), specifier) };
  if (specifier.startsWith("node:")) return { kind: "node", target: specifier };
  const [scope = "", name = ""] = specifier.split("/");
  return { kind: "package", target: scope.startsWith("@") ? `${scope}/${name}` : scope };
}

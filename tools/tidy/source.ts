import ts from "typescript";
import type { RepositoryFile } from "./repository.ts";

/** One TypeScript or JavaScript file of the project, parsed. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Tests, law suites and benchmarks: they may use what the code they examine may not. */
  readonly isTest: boolean;
}

const TEST = /\.(test|suite|bench)\.ts$/;

export function isSource(file: RepositoryFile): boolean {
  return /\.(ts|mjs)$/.test(file.path);
}

export function parseSource(file: RepositoryFile): Source {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  return { path: file.path, text: file.text, tree, isTest: TEST.test(file.path) };
}

/** Calls `visit` with every node below `node`, parents before children. */
export function forEachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    visit(child);
    forEachNode(child, visit);
  });
}

/** The line, from one, on which a node begins, comments before it left out. */
export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

/** Whether a path lies in a room: a folder, or a file of that name with its tests ("a/b" has a/b.ts and a/b/c.ts). */
export function isIn(path: string, room: string): boolean {
  return path.startsWith(`${room}/`) || path.startsWith(`${room}.`);
}

/**
 * The text with every string, template and regular expression blanked out, of the same length. What a program talks
 * about is in them; what it says of itself is in its comments and names.
 */
export function withoutLiterals(source: Source): string {
  const pieces: string[] = [];
  let end = 0;
  forEachNode(source.tree, (node) => {
    const isLiteral =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (!isLiteral && !ts.isRegularExpressionLiteral(node)) return;
    const start = node.getStart(source.tree);
    pieces.push(source.text.slice(end, start), source.text.slice(start, node.end).replace(/[^\n]/g, " "));
    end = node.end;
  });
  pieces.push(source.text.slice(end));
  return pieces.join("");
}

import ts from "typescript";
import type { Finding } from "./finding.ts";
import { forEachNode, lineOf, type Source } from "./source.ts";

const FILE_LINES_MAX = 400;
const TEST_FILE_LINES_MAX = 600;
const FUNCTION_LINES_MAX = 60;

export function sizeFindings(source: Source): Finding[] {
  return [...fileSize(source), ...functionSizes(source)];
}

function fileSize(source: Source): Finding[] {
  const lines = source.text.replace(/\n$/, "").split("\n").length;
  const limit = source.isTest ? TEST_FILE_LINES_MAX : FILE_LINES_MAX;
  if (lines <= limit) return [];
  const message = `has ${lines} lines of at most ${limit}: split it by subject, one subject a file`;
  return [{ rule: "file-size", path: source.path, line: 1, message }];
}

function functionSizes(source: Source): Finding[] {
  const found: Finding[] = [];
  forEachNode(source.tree, (node) => {
    if (!ts.isFunctionLike(node) || (source.isTest && isTestBody(node))) return;
    const line = lineOf(source, node);
    const lines = source.tree.getLineAndCharacterOfPosition(node.end).line + 2 - line;
    if (lines <= FUNCTION_LINES_MAX) return;
    const message = `${nameOf(node)} has ${lines} lines of at most ${FUNCTION_LINES_MAX}: a function fits a screen, move its leaves out`;
    found.push({ rule: "function-size", path: source.path, line, message });
  });
  return found;
}

/** The function given to describe or it: a list of tests is not a function to be read as one. */
function isTestBody(node: ts.Node): boolean {
  if (!ts.isCallExpression(node.parent)) return false;
  let callee: ts.Expression = node.parent.expression;
  while (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) callee = callee.expression;
  return ts.isIdentifier(callee) && ["describe", "it", "test"].includes(callee.text);
}

function nameOf(node: ts.SignatureDeclaration): string {
  const { name } = node;
  if (name !== undefined) return name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : "a function";
}

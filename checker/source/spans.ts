/** Where the actions, properties and constraints of a spec stand in its sources. */
import { ts } from "ts-morph";
import { moduleGraph } from "./modules/module-graph.ts";
import { absolutePath, packageRoot, reportedPath } from "./modules/package-root.ts";
import { isFile, specResolver } from "./modules/resolution.ts";
import type { Span } from "./span.ts";

const builders: Readonly<Record<string, Span["kind"]>> = {
  action: "action",
  invariant: "property",
  initialInvariant: "property",
  stepInvariant: "property",
  changedOnlyBy: "property",
  reachable: "property",
  reachableStep: "property",
  leadsTo: "property",
  alwaysEventually: "property",
  stateConstraint: "constraint",
  actionConstraint: "constraint",
};

/**
 * The spans of a spec's file and of what it imports, nearest file first. `file` is absolute, or relative to the root of
 * the package as in `ModelDeclaration.file`. Empty where there is no such file.
 */
export function spansOf(file: string): readonly Span[] {
  const entry = absolutePath(file);
  if (!isFile(entry)) return [];
  const root = packageRoot();
  return moduleGraph(entry, specResolver()).flatMap((source) => {
    const spans: Span[] = [];
    collect(source, reportedPath(source.fileName, root), spans);
    return spans;
  });
}

function collect(node: ts.Node, file: string, spans: Span[]): void {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const builder = node.expression.name.text;
    const [first, second] = node.arguments;
    const kind = Object.hasOwn(builders, builder) ? builders[builder] : undefined;
    const name = first === undefined ? null : nameIn(first);
    if (kind !== undefined && name !== null && second !== undefined) spans.push(spanOf(node, kind, name, file));
    if (builder === "spec" && first !== undefined) spans.push(...initSpan(first, file));
  }
  if (isRecordCall(node) && isWholeState(node)) spans.push(...fieldSpans(node, file));
  ts.forEachChild(node, (child) => collect(child, file, spans));
}

/** `record({ ... })` */
function isRecordCall(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "record";
}

/** True of the record that a function named or assigned to `state` gives: `state: (c) => record(...)`, `stateSchema = ...`. */
function isWholeState(record: ts.CallExpression): boolean {
  const giver = ts.findAncestor(
    record.parent,
    (node) => !ts.isParenthesizedExpression(node) && !ts.isReturnStatement(node),
  );
  const maker = giver !== undefined && ts.isBlock(giver) ? giver.parent : giver;
  if (maker === undefined || !ts.isFunctionLike(maker)) return false;
  const named = ts.isFunctionDeclaration(maker) || ts.isMethodDeclaration(maker) ? maker : maker.parent;
  const name =
    ts.isFunctionDeclaration(named) ||
    ts.isVariableDeclaration(named) ||
    ts.isPropertyAssignment(named) ||
    ts.isMethodDeclaration(named)
      ? named.name
      : undefined;
  return name !== undefined && /^state(Schema)?$/.test(name.getText());
}

function fieldSpans({ arguments: [fields] }: ts.CallExpression, file: string): readonly Span[] {
  if (fields === undefined || !ts.isObjectLiteralExpression(fields)) return [];
  return fields.properties.flatMap((property) => {
    const name = property.name;
    if (name === undefined) return [];
    const text = ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();
    return [spanOf(property, "field", text, file)];
  });
}

function nameIn(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join("");
  }
  return ts.isIdentifier(node) ? "*" : null;
}

function initSpan(declaration: ts.Expression, file: string): readonly Span[] {
  if (!ts.isObjectLiteralExpression(declaration)) return [];
  const init = declaration.properties.find((property) => property.name?.getText() === "init");
  return init === undefined ? [] : [spanOf(init, "action", "Init", file)];
}

function spanOf(node: ts.Node, kind: Span["kind"], name: string, file: string): Span {
  const source = node.getSourceFile();
  // A declaration starts with its name: `export const tick =` stands before the call.
  const statement = ts.isCallExpression(node) ? ts.findAncestor(node, ts.isVariableStatement) : undefined;
  const isWhole = statement?.declarationList.declarations[0]?.initializer === node;
  const whole = statement !== undefined && isWhole ? statement : node;
  const start = source.getLineAndCharacterOfPosition(whole.getStart());
  const end = source.getLineAndCharacterOfPosition(whole.end);
  return {
    kind,
    name,
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

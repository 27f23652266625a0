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
    if (kind === "action" && name !== null && second !== undefined) spans.push(...parameterSpans(second, name, file));
    if (builder === "spec" && first !== undefined) spans.push(...initSpans(first, file));
  }
  if (ts.isObjectLiteralExpression(node)) spans.push(...settingSpans(node, file));
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
    const { name } = property;
    return name === undefined ? [] : [spanOf(property, "field", textOfName(name), file)];
  });
}

function nameIn(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join("");
  }
  return ts.isIdentifier(node) ? "*" : null;
}

function initSpans(declaration: ts.Expression, file: string): readonly Span[] {
  const init = propertyOf(declaration, "init");
  if (init === undefined) return [];
  const parts = ts.isPropertyAssignment(init) ? parameterSpans(init.initializer, "Init", file) : [];
  return [spanOf(init, "action", "Init", file), ...parts];
}

/** `params: (c) => ({ j: id(c.Jar) })` of an action. */
function parameterSpans(declaration: ts.Expression, action: string, file: string): readonly Span[] {
  const params = propertyOf(declaration, "params");
  if (params === undefined || !ts.isPropertyAssignment(params) || !ts.isArrowFunction(params.initializer)) return [];
  const { body } = params.initializer;
  const given = ts.isParenthesizedExpression(body) ? body.expression : body;
  if (!ts.isObjectLiteralExpression(given)) return [];
  return given.properties.flatMap((parameter) => {
    const name = parameter.name === undefined ? null : textOfName(parameter.name);
    return name === null ? [] : [spanOf(parameter, "parameter", `${action}.${name}`, file)];
  });
}

/** `{ name: "small", set: { max: 12 } }`: what a model sets. */
function settingSpans(model: ts.ObjectLiteralExpression, file: string): readonly Span[] {
  const [name, set] = [propertyOf(model, "name"), propertyOf(model, "set")];
  const areBoth =
    name !== undefined && ts.isPropertyAssignment(name) && set !== undefined && ts.isPropertyAssignment(set);
  if (!areBoth || !ts.isStringLiteralLike(name.initializer) || !ts.isObjectLiteralExpression(set.initializer))
    return [];
  const modelName = name.initializer.text;
  return set.initializer.properties.flatMap((setting) => {
    const constant = setting.name === undefined ? null : textOfName(setting.name);
    return constant === null ? [] : [spanOf(setting, "setting", `${modelName}.${constant}`, file)];
  });
}

function propertyOf(declaration: ts.Expression, name: string): ts.ObjectLiteralElementLike | undefined {
  if (!ts.isObjectLiteralExpression(declaration)) return undefined;
  return declaration.properties.find((property) => property.name?.getText() === name);
}

function textOfName(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();
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

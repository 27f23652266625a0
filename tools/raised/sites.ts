/** The places in the sources that raise an error which a user can see, with the text that is printed of each. */
import ts from "typescript";

export interface Site {
  readonly file: string;
  readonly line: number;
  /** The text without what is filled in: its parts, in order. */
  readonly parts: readonly string[];
  /** The text itself, for messages. */
  readonly text: string;
}

/** Classes of errors whose first argument is printed. An `Error` is a mistake of our own, and no entry of the page. */
const classes = new Set([
  "RangeError",
  "SpecError",
  "DeclarationError",
  "InvalidArgumentError",
  "Disagreement",
  "Misfit",
]);
/** Functions that report a problem, with the position of the text among their arguments. */
const reporters = new Map([
  ["report", 2],
  ["reportAt", 3],
]);

export function sitesOf(file: string, text: string): readonly Site[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Site[] = [];
  const add = (node: ts.Node, expression: ts.Expression): void => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    for (const one of textsOf(expression)) found.push({ file, line: line + 1, ...one });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) addThrown(node, add);
    else if (ts.isCallExpression(node)) addReported(node, add);
    else if (ts.isObjectLiteralExpression(node)) addProblem(node, add);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

type Add = (node: ts.Node, expression: ts.Expression) => void;

function addThrown(node: ts.NewExpression, add: Add): void {
  const name = node.expression.getText();
  const [first, , third] = node.arguments ?? [];
  if (name === "BoundError" && third !== undefined) add(node, third);
  else if (classes.has(name) && first !== undefined) add(node, first);
}

function addReported(node: ts.CallExpression, add: Add): void {
  const callee = node.expression;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  const at = reporters.get(name);
  const text = at === undefined ? undefined : node.arguments[at];
  if (text !== undefined) add(node, text);
}

/** A problem of the command line, and the reason for which a global is refused. */
function addProblem(node: ts.ObjectLiteralExpression, add: Add): void {
  const named = (name: string): ts.Expression | null => {
    for (const part of node.properties) {
      if (part.name?.getText() !== name) continue;
      if (ts.isPropertyAssignment(part)) return part.initializer;
      if (ts.isShorthandPropertyAssignment(part)) return part.name;
    }
    return null;
  };
  const isProblem = named("code") !== null && named("tries") !== null;
  const text = isProblem ? named("what") : named("tryThis") === null ? null : (named("does") ?? named("message"));
  if (text !== null) add(node, text);
}

type Text = Pick<Site, "parts" | "text">;

/** Every text that an expression can give, as far as the file itself says it. */
function textsOf(expression: ts.Expression): readonly Text[] {
  if (ts.isStringLiteralLike(expression)) return [textOf([expression.text])];
  if (ts.isTemplateExpression(expression)) {
    const parts = [expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)];
    return [textOf(parts)];
  }
  if (ts.isConditionalExpression(expression)) return [expression.whenTrue, expression.whenFalse].flatMap(textsOf);
  if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression);
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left] = textsOf(expression.left);
    return left === undefined ? textsOf(expression.right) : [left];
  }
  return ts.isIdentifier(expression) ? textsOfName(expression) : [];
}

/** The texts of a constant of the file. */
function textsOfName(name: ts.Identifier): readonly Text[] {
  for (let around: ts.Node | undefined = name; around !== undefined; around = around.parent) {
    const found = declaredIn(around, name.text);
    if (found !== null) return textsOf(found);
  }
  return [];
}

function declaredIn(block: ts.Node, name: string): ts.Expression | null {
  if (!ts.isBlock(block) && !ts.isSourceFile(block)) return null;
  for (const statement of block.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: declared, initializer } of statement.declarationList.declarations)
      if (declared.getText() === name && initializer !== undefined) return initializer;
  }
  return null;
}

function textOf(parts: readonly string[]): Text {
  return { text: parts.join("..."), parts: parts.filter((part) => part !== "") };
}

/** Whether a printed message is one of the site: it has all parts of the text, in order. */
export function isPrinted({ parts }: Pick<Site, "parts">, message: string): boolean {
  let from = 0;
  for (const part of parts) {
    const at = message.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return parts.length > 0;
}

import { ts } from "ts-morph";
import type { SpecProgram } from "../modules/program.ts";
import { plain, type Shape, shapeOf } from "./shape.ts";
import type { Binding, Decision, LazyShape, Operator, Site, TestMethod } from "./site.ts";

/** Numbers the sites of one file, and notes what the explanation will say about each. */
export class FileSites {
  readonly #sites: Site[];
  readonly #opened: SpecProgram;
  /** The file as reports print it. */
  readonly #file: string;
  readonly #definitions = new Map<ts.Symbol, number>();

  /** `sites` is shared by all files of a spec: a site's number is its position in it. */
  constructor(sites: Site[], opened: SpecProgram, file: string) {
    this.#sites = sites;
    this.#opened = opened;
    this.#file = file;
  }

  plain(kind: "and" | "or" | "not" | "choice" | "condition", node: ts.Node): number {
    return this.#add({ ...this.#place(node), kind });
  }

  comparison(node: ts.Node, operator: string): number {
    return this.#add({ ...this.#place(node), kind: "comparison", operator: operator as Operator });
  }

  atom(node: ts.Expression): number {
    const symbol = ts.isIdentifier(node) ? this.#opened.checker.getSymbolAtLocation(node) : undefined;
    const names = symbol === undefined ? undefined : this.#definitions.get(symbol);
    return this.#add({ ...this.#place(node), kind: "atom", shape: this.#shape(node), names: names ?? null });
  }

  literal(node: ts.Expression): number {
    return this.#add({ ...this.#place(node), kind: "literal", shape: this.#shape(node) });
  }

  call(node: ts.CallExpression): number {
    return this.#add({ ...this.#place(node), kind: "call", shape: this.#shape(node), isOfSpec: this.isOfSpec(node) });
  }

  test(node: ts.CallExpression, method: string): number {
    return this.#add({ ...this.#place(node), kind: "test", shape: this.#shape(node), method: method as TestMethod });
  }

  quantifier(node: ts.CallExpression, method: string): number {
    const receiver = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node.expression;
    const over = onOneLine(receiver);
    return this.#add({ ...this.#place(node), kind: "quantifier", method: method as "every", over });
  }

  /** The names of a callback's parameters, and the types that the quantifier gives them. */
  candidate(callback: ts.Expression): number {
    const { checker } = this.#opened;
    const own = ts.isArrowFunction(callback) || ts.isFunctionExpression(callback) ? callback.parameters : undefined;
    const signature = checker.getContextualType(callback)?.getCallSignatures()[0];
    const binding = (position: number, otherwise: string): Binding => {
      const parameter = own?.[position];
      const expected = signature?.parameters[position];
      const name = parameter?.name.getText() ?? expected?.name ?? otherwise;
      if (parameter !== undefined) return { name, shape: this.#shape(parameter) };
      return {
        name,
        shape: expected === undefined ? () => plain : this.#lazy(() => checker.getTypeOfSymbol(expected)),
      };
    };
    const [element, key] = [binding(0, "element"), binding(1, "key")];
    const namesKey = (own?.length ?? 0) > 1;
    const isMap = signature?.parameters[1]?.name === "key";
    const shown = ts.isArrowFunction(callback) ? callback.body : callback;
    return this.#add({ ...this.#place(shown), kind: "candidate", element, key, namesKey, isMap });
  }

  frame(node: ts.FunctionLikeDeclaration, names: readonly ts.Identifier[]): number {
    const place = this.#place(node.body ?? node);
    return this.#add({ ...place, kind: "frame", bindings: names.map((name) => this.#binding(name)) });
  }

  iteration(node: ts.ForOfStatement, names: readonly ts.Identifier[]): number {
    const text = `for (${onOneLine(node.initializer)} of ${onOneLine(node.expression)})`;
    const bindings = names.map((name) => this.#binding(name));
    return this.#add({ ...this.#place(node), text, kind: "iteration", bindings });
  }

  return(node: ts.Expression, within: readonly Decision[], past: readonly Decision[]): number {
    return this.#add({ ...this.#place(node), kind: "return", within, past });
  }

  definition(declaration: ts.VariableDeclaration, initializer: ts.Expression): number {
    const site = this.#add({ ...this.#place(initializer), kind: "definition" });
    const symbol = this.#opened.checker.getSymbolAtLocation(declaration.name);
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    if (symbol !== undefined && isConst) this.#definitions.set(symbol, site);
    return site;
  }

  /** True for a call of a function that stands in the spec's own files: only its own code says what it means. */
  isOfSpec(node: ts.CallExpression): boolean {
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    const symbol = this.#opened.checker.getSymbolAtLocation(callee);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? this.#opened.checker.getAliasedSymbol(symbol) : symbol;
    const files = target?.declarations?.map((declaration) => declaration.getSourceFile()) ?? [];
    return files.some(
      (file) => !this.#opened.isVocabulary(file) && !this.#opened.program.isSourceFileDefaultLibrary(file),
    );
  }

  #add(site: Site): number {
    this.#sites.push(site);
    return this.#sites.length - 1;
  }

  #place(node: ts.Node): Pick<Site, "text" | "file" | "line" | "column"> {
    const { line, character } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
    return { text: onOneLine(node), file: this.#file, line: line + 1, column: character + 1 };
  }

  #binding(name: ts.Identifier): Binding {
    return { name: name.text, shape: this.#shape(name) };
  }

  #shape(node: ts.Node): LazyShape {
    return this.#lazy(() => this.#opened.checker.getTypeAtLocation(node));
  }

  #lazy(type: () => ts.Type): LazyShape {
    let shape: Shape | null = null;
    return () => {
      shape ??= shapeOf(type(), this.#opened);
      return shape;
    };
  }
}

export function textOf(node: ts.Node): string {
  return node.getText();
}

function onOneLine(node: ts.Node): string {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return inner.getText().replace(/\s+/g, " ").replace(/\( /g, "(").replace(/,? \)/g, ")");
}

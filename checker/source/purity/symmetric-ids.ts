/**
 * Which ids a spec declares symmetric. Of those no id may be told from another by its position; of others the first may be
 * the root, the initiator or the coordinator.
 */
import { ts } from "ts-morph";
import { bare, type Context, forEachNode } from "./context.ts";

/** The prefixes of the symmetric id sets, or "all" where the files do not show which they are. */
export type SymmetricIds = ReadonlySet<string> | "all";

export function symmetricIdsOf(files: readonly ts.SourceFile[]): SymmetricIds {
  const prefixes = new Map<string, Set<string>>();
  const declared = new Set<string>();
  let isKnown = true;
  for (const file of files) {
    forEachNode(file, (node) => {
      if (ts.isShorthandPropertyAssignment(node) && node.name.text === "symmetry") isKnown = false;
      if (!ts.isPropertyAssignment(node)) return;
      const name = nameOf(node.name);
      const value = bare(node.initializer);
      const prefix = prefixIn(value);
      if (name !== null && prefix !== null) prefixes.set(name, (prefixes.get(name) ?? new Set()).add(prefix));
      if (name !== "symmetry" || isBooleanLiteral(value)) return;
      const names = stringsIn(value);
      if (names === null) isKnown = false;
      else for (const one of names) declared.add(one);
    });
  }
  const found = [...declared].map((name) => prefixes.get(name));
  if (!isKnown || found.includes(undefined)) return "all";
  return new Set(found.flatMap((one) => [...(one ?? [])]));
}

/** True where the ids of this array may be symmetric: their prefix is, or is not known. */
export function mayBeSymmetric(ids: ts.Type, symmetric: SymmetricIds, context: Context): boolean {
  if (symmetric === "all") return true;
  if (ids.isUnion()) return ids.types.some((one) => mayBeSymmetric(one, symmetric, context));
  const element = context.checker.getIndexTypeOfType(ids, ts.IndexKind.Number);
  const prefixes = element === undefined ? null : prefixesOf(element, context);
  return prefixes === null || prefixes.some((prefix) => symmetric.has(prefix));
}

/** The prefixes of `Id<"s">`, alone or in a union; null where the type does not say. */
function prefixesOf(type: ts.Type, context: Context): readonly string[] | null {
  if (type.isUnion()) {
    const all = type.types.map((one) => prefixesOf(one, context));
    return all.every((one) => one !== null) ? all.flat() : null;
  }
  const [name] = context.checker.getTypeArguments(type as ts.TypeReference);
  return name?.isStringLiteral() === true ? [name.value] : null;
}

function nameOf(name: ts.PropertyName): string | null {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : null;
}

/** The prefix in `ids("s", ...)`. */
function prefixIn(value: ts.Expression): string | null {
  if (!ts.isCallExpression(value) || !/\bids$/.test(value.expression.getText())) return null;
  const [prefix] = value.arguments;
  return prefix !== undefined && ts.isStringLiteralLike(prefix) ? prefix.text : null;
}

function isBooleanLiteral({ kind }: ts.Expression): boolean {
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
}

function stringsIn(value: ts.Expression): readonly string[] | null {
  if (!ts.isArrayLiteralExpression(value)) return null;
  const texts = value.elements.map((element) => (ts.isStringLiteralLike(element) ? element.text : null));
  return texts.every((text) => text !== null) ? texts : null;
}

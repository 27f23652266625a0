/** How values are put into words. */
import type { Witness } from "./explanation.ts";
import { formatValue, isScalar } from "./format-value.ts";
import type { RecordedNode } from "./recorder.ts";
import type { Binding, Operator, Site, TestMethod } from "./site.ts";

/** What holds between two values where the comparison is true, and where it is false. */
const relations: Readonly<Record<Operator, readonly [string, string]>> = {
  "===": ["=", "≠"],
  "==": ["=", "≠"],
  "!==": ["≠", "="],
  "!=": ["≠", "="],
  "<": ["<", "≥"],
  "<=": ["≤", ">"],
  ">": [">", "≤"],
  ">=": ["≥", "<"],
  in: ["is in", "is not in"],
  instanceof: ["is a", "is no"],
};

/** `2 = 2`; nothing where a value equals the constant it is compared with, because the source says so already. */
export function comparisonDetail(
  node: RecordedNode,
  site: Extract<Site, { kind: "comparison" }>,
  sites: readonly Site[],
): string | undefined {
  const [left, right] = node.children;
  if (left === undefined || right === undefined) return undefined;
  if (!isComparable(left.value, right.value, site.operator)) return undefined;
  const [holds, fails] = relations[site.operator];
  const relation = node.value === true ? holds : fails;
  const isLiteral = [left, right].some((operand) => sites[operand.site]?.kind === "literal");
  if (isLiteral && relation === "=") return undefined;
  const shared = shapeFor(left, right, sites);
  return `${formatAt(left, sites, shared)} ${relation} ${formatAt(right, sites, shared)}`;
}

/** What is not less need not be at least as great: NaN and undefined are neither. Of two objects no text tells more. */
function isComparable(left: unknown, right: unknown, operator: Operator): boolean {
  if (operator === "in" || operator === "instanceof") return true;
  if (operator.startsWith("<") || operator.startsWith(">")) {
    const areNumbers = typeof left === "number" && typeof right === "number";
    return areNumbers
      ? !Number.isNaN(left) && !Number.isNaN(right)
      : typeof left === "string" && typeof right === "string";
  }
  return isScalar(left) || isScalar(right) || left === null || right === null;
}

/** An operand without a telling type (`null`, a narrowed name) is printed like the other. */
function shapeFor(left: RecordedNode, right: RecordedNode, sites: readonly Site[]): Site | undefined {
  return [left, right]
    .map(({ site }) => sites[site])
    .find((site) => site !== undefined && "shape" in site && site.shape().kind !== "plain");
}

function formatAt(node: RecordedNode, sites: readonly Site[], otherwise: Site | undefined): string {
  const own = sites[node.site];
  const site = own !== undefined && "shape" in own && own.shape().kind !== "plain" ? own : otherwise;
  return formatValue(node.value, site !== undefined && "shape" in site ? site.shape() : { kind: "plain" });
}

/** What a test says where it is true, and where it is false: of its argument for `has`, of its receiver for the others. */
const testWords: Readonly<Record<Exclude<TestMethod, "copies">, readonly [string, string]>> = {
  has: ["is in", "is not in"],
  includes: ["is in", "is not in"],
  equals: ["equals", "differs from"],
  isSubsetOf: ["is a subset of", "is no subset of"],
  isPrefixOf: ["is a prefix of", "is no prefix of"],
};

/** What a call such as `.has(x)` was called on, and with what. */
export function testDetail(
  node: RecordedNode,
  { method }: Extract<Site, { kind: "test" }>,
  sites: readonly Site[],
): string | undefined {
  const [receiver, argument, ...others] = node.children;
  if (receiver === undefined || argument === undefined || others.length > 0) return undefined;
  const [container, given] = [receiver, argument].map((operand) => formatAt(operand, sites, undefined));
  if (method === "copies") return `${String(node.value)} of ${given} in ${container}`;
  const words = testWords[method][node.value === true ? 0 : 1];
  return method === "has" || method === "includes"
    ? `${given} ${words} ${container}`
    : `${container} ${words} ${given}`;
}

/**
 * The element that a callback looked at. A record is named by its place where it has one (`s.servers[s1]`), because a
 * whole record says less.
 */
export function witnessOf(
  candidate: RecordedNode,
  site: Extract<Site, { kind: "candidate" }>,
  over: string,
): readonly Witness[] {
  const [element, key] = candidate.bound;
  const found: Witness[] = [];
  const keyText = formatValue(key, site.key.shape());
  const elementText = formatValue(element, site.element.shape());
  const isPlace = site.isMap && !isScalar(element);
  if (!isUnused(site.element.name) && !(isPlace && site.namesKey)) {
    found.push({ name: site.element.name, value: isPlace ? `${over}[${keyText}]` : elementText });
  }
  if (site.namesKey && !isUnused(site.key.name)) found.push({ name: site.key.name, value: keyText });
  else if (site.isMap && !isPlace) found.push({ name: "key", value: keyText });
  return found;
}

/** Of the arguments of a call, those that fit beside others: the state does not. */
export function witnessOfCall(bindings: readonly Binding[], bound: readonly unknown[]): readonly Witness[] {
  return witnessOfRound(bindings, bound).filter((_, position) => isScalar(bound[position]));
}

/** What a loop binds in one round. */
export function witnessOfRound(bindings: readonly Binding[], bound: readonly unknown[]): readonly Witness[] {
  return bindings.map(({ name, shape }, position) => ({ name, value: formatValue(bound[position], shape()) }));
}

function isUnused(name: string): boolean {
  return name.startsWith("_");
}

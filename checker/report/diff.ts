/** What changed between two states, by path: `servers[s1].term 1 → 2`, `messages + RequestVote{...}`. */
import { nodeOf, presentFields, type ReadonlyFixedMap, type RecordSchema, type Schema } from "../../spec/lang/index.ts";
import { bagEntries, elementsOf, fieldOf, kindOf, renderValue, withCopies } from "./render.ts";

/** One difference, its values as text. `added` and `removed` speak of elements of the collection at `path`. */
export type Change =
  | { readonly kind: "changed"; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: "added"; readonly path: string; readonly value: string }
  | { readonly kind: "removed"; readonly path: string; readonly value: string };

/** The differences of two values of one schema; none if and only if they are equal. */
export function diffValues(schema: Schema, before: unknown, after: unknown, path: string): readonly Change[] {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "record":
      return diffRecords(node, before, after, path);
    case "union": {
      const fields = node.cases[kindOf(before)];
      const sameKind = kindOf(before) === kindOf(after);
      return sameKind && fields !== undefined
        ? diffRecords(fields, before, after, path)
        : changedText(schema, before, after, path);
    }
    case "map": {
      const from = before as ReadonlyFixedMap<unknown, unknown>;
      const to = after as ReadonlyFixedMap<unknown, unknown>;
      return from
        .keys()
        .flatMap((key) =>
          diffValues(node.values, from.get(key), to.get(key), `${path}[${renderValue(node.keys, key)}]`),
        );
    }
    case "sequence":
      return diffSequences(textsOf(node.element, before), textsOf(node.element, after), path);
    case "set":
      return diffCounts(countOnce(textsOf(node.element, before)), countOnce(textsOf(node.element, after)), path);
    case "bag":
      return diffCounts(copiesOf(node.element, before), copiesOf(node.element, after), path);
    default:
      return changedText(schema, before, after, path);
  }
}

/** A difference in one line. */
export function changeLine(change: Change): string {
  switch (change.kind) {
    case "changed":
      return `${change.path} ${change.before} → ${change.after}`;
    case "added":
      return `${change.path} + ${change.value}`;
    case "removed":
      return `${change.path} - ${change.value}`;
  }
}

function diffRecords(schema: RecordSchema, before: unknown, after: unknown, path: string): readonly Change[] {
  return presentFields(schema).flatMap(([name, field]) =>
    diffValues(field, fieldOf(before, name), fieldOf(after, name), path === "" ? name : `${path}.${name}`),
  );
}

function changedText(schema: Schema, before: unknown, after: unknown, path: string): readonly Change[] {
  const [from, to] = [renderValue(schema, before), renderValue(schema, after)];
  return from === to ? [] : [{ kind: "changed", path, before: from, after: to }];
}

/** A queue that lost its first element says so once, instead of showing every element as moved up. */
function diffSequences(before: readonly string[], after: readonly string[], path: string): readonly Change[] {
  const [first, ...rest] = before;
  if (first !== undefined && after.length === rest.length && rest.every((text, i) => text === after[i])) {
    const equalFromStart = before.slice(0, after.length).every((text, i) => text === after[i]);
    if (!equalFromStart) return [{ kind: "removed", path, value: `[1] ${first}` }];
  }
  const changes: Change[] = [];
  for (let i = 0; i < Math.max(before.length, after.length); i += 1) {
    const [from, to] = [before[i], after[i]];
    if (from === to) continue;
    if (from === undefined) changes.push({ kind: "added", path, value: `[${i + 1}] ${to}` });
    else if (to === undefined) changes.push({ kind: "removed", path, value: `[${i + 1}] ${from}` });
    else changes.push({ kind: "changed", path: `${path}[${i + 1}]`, before: from, after: to });
  }
  return changes;
}

function diffCounts(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  path: string,
): readonly Change[] {
  const removed = surplus(before, after).map((value): Change => ({ kind: "removed", path, value }));
  const added = surplus(after, before).map((value): Change => ({ kind: "added", path, value }));
  return [...removed, ...added];
}

/** What `some` has more of than `others`. */
function surplus(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): readonly string[] {
  return [...some]
    .map(([text, copies]) => ({ text, more: copies - (others.get(text) ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ text, more }) => withCopies(text, more));
}

function textsOf(element: Schema, value: unknown): readonly string[] {
  return elementsOf(value).map((item) => renderValue(element, item));
}

function countOnce(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.map((text) => [text, 1]));
}

function copiesOf(element: Schema, value: unknown): ReadonlyMap<string, number> {
  return new Map(bagEntries(element, value).map(({ text, copies }) => [text, copies]));
}

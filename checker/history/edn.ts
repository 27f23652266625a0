import type { Value } from "./operation.ts";

/** What an EDN text may hold here: values, keywords (with their colon) and maps from keywords. */
export type Edn =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "keyword"; readonly name: string }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Edn> };

/** `column` counts characters from 1. */
export type EdnRead =
  | { readonly ok: true; readonly edn: Edn }
  | { readonly ok: false; readonly column: number; readonly expected: string; readonly found: string };

interface Token {
  readonly text: string;
  readonly column: number;
}

interface Open {
  readonly bracket: "[" | "{";
  readonly items: Edn[];
}

/** Reads one EDN value. Brackets are kept on a stack of our own, so that no nesting is too deep. */
export function readEdn(text: string): EdnRead {
  const open: Open[] = [];
  let whole: Edn | null = null;
  for (const token of tokensOf(text)) {
    const fail = (expected: string): EdnRead => ({ ok: false, column: token.column, expected, found: token.text });
    if (whole !== null) return fail("the end of the line");
    if (token.text === "[" || token.text === "{") {
      open.push({ bracket: token.text, items: [] });
      continue;
    }
    let edn: Edn | string;
    if (token.text === "]" || token.text === "}") {
      const closed = open.pop();
      if (closed === undefined || (closed.bracket === "[") !== (token.text === "]")) return fail("a value");
      edn = closed.bracket === "[" ? vectorOf(closed.items) : mapOf(closed.items);
    } else {
      edn = atomOf(token.text);
    }
    if (typeof edn === "string") return fail(edn);
    const outer = open.at(-1);
    if (outer === undefined) whole = edn;
    else outer.items.push(edn);
  }
  if (whole !== null) return { ok: true, edn: whole };
  const expected = open.at(-1)?.bracket === "{" ? "}" : open.length > 0 ? "]" : "a value";
  return { ok: false, column: text.length + 1, expected, found: "the end of the line" };
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[[\]{}]|"(?:[^"\\]|\\.)*"|[^\s,[\]{}"]+|"/g)].map((match) => ({
    text: match[0],
    column: match.index + 1,
  }));
}

/** An atom, or what should have been there. */
function atomOf(text: string): Edn | string {
  if (text === "nil") return { kind: "value", value: null };
  if (text === "true" || text === "false") return { kind: "value", value: text === "true" };
  if (/^:[^:]+$/.test(text)) return { kind: "keyword", name: text };
  if (/^-?\d+$/.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? { kind: "value", value } : "a whole number up to 2^53, or a string";
  }
  if (text.startsWith('"')) {
    const value = stringOf(text);
    return value === null ? "a string with its closing quote, and the escapes of JSON" : { kind: "value", value };
  }
  return "nil, true, false, a whole number, a string, a keyword, a vector or a map";
}

function stringOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

function vectorOf(items: readonly Edn[]): Edn | string {
  const values = items.flatMap((item) => (item.kind === "value" ? [item.value] : []));
  return values.length === items.length ? { kind: "value", value: values } : "a vector of plain values";
}

function mapOf(items: readonly Edn[]): Edn | string {
  const entries = new Map<string, Edn>();
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    const value = items[i + 1];
    if (key?.kind !== "keyword" || value === undefined) return "a map from keywords to values";
    if (entries.has(key.name)) return `a map with ${key.name} once`;
    entries.set(key.name, value);
  }
  return { kind: "map", entries };
}

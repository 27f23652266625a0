/**
 * Where an action, a property, a constraint or a field of the state is declared, a parameter (`Fill.j`), or where a model sets
 * a constant (`small.max`).
 */
export interface Span {
  readonly kind: "action" | "property" | "constraint" | "field" | "parameter" | "setting";
  /** The name it was declared with; each part of it that the spec computes is a `*`. */
  readonly name: string;
  /** From the root of the package for our own specs, absolute for a user's. */
  readonly file: string;
  /** Where the declaration starts and ends, from one; `endColumn` is that of the first character behind it. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * The span of one name. Two specs may declare the same name, and the nearest to the model's file is meant. A name that
 * the spec computes is found by the pattern with the longest fixed text.
 */
export function spanNamed(spans: readonly Span[], kind: Span["kind"], name: string): Span | null {
  const ofKind = spans.filter((span) => span.kind === kind);
  const exact = ofKind.find((span) => span.name === name);
  if (exact !== undefined) return exact;
  const patterns = ofKind.filter((span) => span.name.includes("*") && fits(span.name, name));
  return patterns.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function fits(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

import type { Explanation, Witness } from "./explanation.ts";

/** One line of an explanation; a deeper line explains the line above it. */
export interface ExplanationLine {
  readonly depth: number;
  readonly text: string;
  /** Null where it is that of the line above. */
  readonly place: Pick<Explanation, "file" | "line" | "column"> | null;
}

/** What decided the value, line by line: the reasons of the explanation, or the expression itself where it has none. */
export function explanationLines(explanation: Explanation): readonly ExplanationLine[] {
  const { because } = explanation;
  const page: Page = { lines: [], place: "" };
  renderAll(because.length === 0 ? [explanation] : because, 0, page);
  return page.lines;
}

/** The lines as text: `subject is verdict:`, and below it the explanation with its places at the right. */
export function renderExplanation(subject: string, verdict: string, explanation: Explanation): readonly string[] {
  const lines = explanationLines(explanation).map(({ depth, text, place }) => {
    const line = "  ".repeat(depth + 1) + text;
    return place === null ? line : `${line.padEnd(placeColumn)}  ${place.file}:${place.line}`;
  });
  return [`${subject} is ${verdict}:`, ...lines];
}

const placeColumn = 60;

/** Longer sources are cut: the place tells where to read the rest. */
const textMax = 80;

/** Values stand below each other behind sources up to this length. */
const widthMax = 48;

interface Page {
  readonly lines: ExplanationLine[];
  /** The place printed last. */
  place: string;
}

function renderAll(explanations: readonly Explanation[], depth: number, page: Page): void {
  const leaves = explanations.filter(({ because, witness }) => because.length === 0 && witness === undefined);
  const lengths = leaves.map(({ text }) => text.length).filter((length) => length <= widthMax);
  const width = Math.max(0, ...lengths);
  for (const explanation of explanations) renderOne(explanation, depth, width, page);
}

function renderOne(explanation: Explanation, depth: number, width: number, page: Page): void {
  const { witness, because, detail, value } = explanation;
  const says = detail ?? String(value);
  const text = cut(explanation.text);
  if (witness !== undefined && because.length > 0) {
    const [bound, inner] = nested(explanation);
    page.lines.push({ depth, text: bound.length === 0 ? `${text}:` : `for ${inWords(bound)}:`, place: null });
    renderAll(inner, depth + 1, page);
    return;
  }
  const isLeaf = because.length === 0;
  const start = witness === undefined || witness.length === 0 ? "" : `for ${inWords(witness)}: `;
  print(`${start}${isLeaf && witness === undefined ? text.padEnd(width) : text}   ${says}`, depth, explanation, page);
  renderAll(because, depth + 1, page);
}

/** A quantifier directly inside another joins its line: `for i = s1, j = s3:`. */
function nested(explanation: Explanation): readonly [readonly Witness[], readonly Explanation[]] {
  const { witness = [], because } = explanation;
  const [only] = because;
  if (because.length !== 1 || only?.witness === undefined || only.because.length === 0) return [witness, because];
  const [bound, inner] = nested(only);
  return [[...witness, ...bound], inner];
}

function print(text: string, depth: number, { file, line, column }: Explanation, page: Page): void {
  const place = `${file}:${line}`;
  page.lines.push({ depth, text, place: place === page.place ? null : { file, line, column } });
  page.place = place;
}

function cut(text: string): string {
  return text.length <= textMax ? text : `${text.slice(0, textMax - 3)}...`;
}

function inWords(witness: readonly Witness[]): string {
  return witness.map(({ name, value }) => `${name} = ${value}`).join(", ");
}

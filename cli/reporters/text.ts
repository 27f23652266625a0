/** The report for people. What matters most stands last, where a terminal leaves the eye. */
import picocolors from "picocolors";
import {
  changeLine,
  type FindingReport,
  kindInWords,
  notExercised,
  number,
  type Reason,
  type Report,
  type StepReport,
  settingsText,
  verdictLine,
} from "../../checker/report/index.ts";
import { placeText } from "../problem.ts";
import { bytes } from "../progress.ts";
import type { ReporterOptions } from "./index.ts";
import { columns } from "./table.ts";

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

function styleOf(isColoured: boolean): Style {
  const { bold, dim, green, red, yellow } = picocolors.createColors(isColoured);
  return {
    bold,
    dim,
    good: (text) => bold(green(text)),
    bad: (text) => bold(red(text)),
    warn: (text) => yellow(text),
  };
}

export const styles = { coloured: styleOf(true), plain: styleOf(false) } as const;

export function text(report: Report, options: ReporterOptions, style: Style): string {
  const sections = [
    header(report, style),
    counts(report, style),
    actionTable(report, style),
    remarks(report, options, style),
    expectation(report, style),
    verdict(report, style),
    stepsText(report.steps, options.full, style),
    reasons(report, style),
    commands(report, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function header({ model, engine, exact, mode }: Report, style: Style): readonly string[] {
  const checks = model.properties.map(({ name, kind }) => `${name} (${kindInWords(kind)})`);
  if (model.checksDeadlock) checks.push("deadlock");
  const settings = settingsText(model.settings);
  const symmetry = model.symmetric.length === 0 ? "" : ` · symmetry over ${model.symmetric.join(", ")}`;
  return [
    `${style.bold(model.name)}: ${model.says}`,
    ...(settings === "" ? [] : labelled("constants", settings.split(" "), " ")),
    ...(model.begins === null ? [] : labelled("begins", beginning(model.begins), ", ")),
    ...(checks.length === 0 ? ["  checks    nothing: no property is chosen"] : labelled("checks", checks, ", ")),
    `  engine    ${engine}, ${mode}${exact && mode !== "simulation" ? ", exact" : ""}${symmetry}${model.viewed ? " · through the view of the spec, which can hide states" : ""}`,
  ];
}

/** Fields of the state without `init` that are worth printing: what begins otherwise than expected is seen early. */
const beginningMax = 12;

function beginning(fields: NonNullable<Report["model"]["begins"]>): readonly string[] {
  const shown = fields.slice(0, beginningMax).map(({ name, value }) => `${name} = ${value}`);
  return fields.length > shown.length ? [...shown, `and ${fields.length - shown.length} more`] : shown;
}

const widthMax = 100;
const labelWidth = 12;

/** A label and words after it, on as many lines as they take. */
export function labelled(label: string, words: readonly string[], separator: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const [position, word] of words.entries()) {
    const text = position === words.length - 1 ? word : word + separator;
    if (line !== "" && labelWidth + line.length + text.trimEnd().length > widthMax) {
      lines.push(line);
      line = "";
    }
    line += text;
  }
  lines.push(line);
  return lines.map((text, row) => `${(row === 0 ? `  ${label}` : "").padEnd(labelWidth)}${text.trimEnd()}`);
}

function counts(report: Report, style: Style): readonly string[] {
  const { distinct, generated, depth, outDegree, omission, exact, spilled, walks } = report;
  const lines = [
    `${style.bold("States")}    ${number(distinct)} distinct · ${number(generated)} generated · depth ${depth}`,
  ];
  if (outDegree !== null) {
    const { min, max, mean, p95 } = outDegree;
    lines.push(`  out-degree ${min} to ${max}, mean ${mean.toFixed(2)}, 95% at most ${p95}`);
  }
  if (exact && walks === null) lines.push("  omission  none: every state was compared in full");
  if (omission > 0) lines.push(`  omission  a state was missed with a chance of at most ${omission.toExponential(1)}`);
  if (spilled !== null) {
    const runs = spilled.runs === 0 ? "rows that wait" : `${number(spilled.runs)} sorted runs and rows that wait`;
    lines.push(`  disk      from level ${spilled.fromLevel} on: ${bytes(spilled.bytes)} written, ${runs}`);
  }
  if (walks !== null) {
    const { lengthMin, lengthMax, lengthMean } = walks;
    lines.push(
      `  walks     ${number(walks.walks)}, of ${lengthMin} to ${lengthMax} steps, mean ${lengthMean.toFixed(1)}`,
    );
  }
  return lines;
}

function actionTable({ actions }: Report, style: Style): readonly string[] {
  if (actions.length === 0) return [];
  const rows = actions.map(({ name, fired, fresh }) => [name, number(fired), number(fresh)]);
  const [title = "", ...lines] = columns([["Actions", "fired", "new states"], ...rows], ["left", "right", "right"]);
  return [style.bold(title), ...lines];
}

/** What a reader should know before trusting the verdict. */
function remarks(report: Report, { strict }: ReporterOptions, style: Style): readonly string[] {
  const lines: string[] = [];
  for (const { name, metAtStep, isOutOfReach } of report.goals) {
    if (metAtStep !== null) lines.push(`goal ${name} met at step ${metAtStep}`);
    else if (isOutOfReach) lines.push(`goal ${name} is out of reach within these bounds, as recorded`);
  }
  for (const { constraint, states } of report.outside) {
    lines.push(`constraint ${constraint} kept out ${number(states)} generated states`);
  }
  const word = strict ? style.bad("not exercised (--strict):") : style.warn("not exercised:");
  for (const line of notExercised(report)) lines.push(`${word} ${line}`);
  return lines;
}

function expectation({ expectation: result }: Report, style: Style): readonly string[] {
  if (result === null) return [];
  const recorded = result.compared.map(({ what, expected }) => `${what} ${shown(expected)}`).join(", ");
  if (result.met) return [`${style.good("as recorded")}: ${recorded} ${style.dim(`(${result.source})`)}`];
  const differing = result.compared.filter(({ expected, found }) => expected !== found);
  return [
    style.bad("NOT AS RECORDED"),
    ...differing.map(({ what, expected, found }) => `  ${what}: recorded ${shown(expected)}, found ${shown(found)}`),
    `  recorded from ${result.source}`,
    ...(result.note === null ? [] : [`  note: ${result.note}`]),
  ];
}

function verdict(report: Report, style: Style): readonly string[] {
  const paint = { holds: style.good, violated: style.bad, incomplete: style.warn, failed: style.bad }[report.verdict];
  const { finding } = report;
  const lines = [paint(verdictLine(report))];
  if (finding === null) return lines;
  const source = finding.source === null ? "" : style.dim(` (${finding.source})`);
  if (finding.error === null) lines.push(`  ${finding.says}${source}`);
  else lines.push(`  ${finding.error.message}`);
  if (finding.place !== null) lines.push(style.dim(`  ${placeText(finding.place)}`));
  if (finding.error !== null) lines.push(`  try       ${finding.error.tryThis}`);
  return lines;
}

/** The steps of a behaviour: the initial state as a whole, of every other what it changed. */
export function stepsText(steps: readonly StepReport[], full: boolean, style: Style): readonly string[] {
  const width = String(steps.length).length + 2;
  return steps.flatMap((step) => [
    `${String(step.index).padStart(width)}  ${style.bold(step.label)}`,
    ...stepLines(step, full || step.index === 0).map((line) => `${" ".repeat(width + 4)}${line}`),
  ]);
}

function stepLines(step: StepReport, isWhole: boolean): readonly string[] {
  if (isWhole) return step.state.map(({ name, value }) => `${name} = ${value}`);
  return step.changes.length === 0 ? ["(nothing changed)"] : step.changes.map(changeLine);
}

function reasons({ finding }: Report, style: Style): readonly string[] {
  return finding === null ? [] : reasonsText(finding, style);
}

/** Why the property is false, or why nothing can happen. */
export function reasonsText({ name, kind, step, reasons: lines }: FindingReport, style: Style): readonly string[] {
  if (lines.length === 0) return [];
  const title = kind === "deadlock" ? "Why nothing can happen" : `Why ${name} is false`;
  return [style.bold(`${title} at step ${step}`), ...lines.map((reason) => reasonLine(reason, style))];
}

export function reasonLine({ depth, text: line, place }: Reason, style: Style): string {
  const where = place === null ? "" : style.dim(`  ${placeText(place)}`);
  return `${"  ".repeat(depth + 1)}${line}${where}`;
}

function commands({ traceFile, commands: { again, last, resume } }: Report, style: Style): readonly string[] {
  const written = traceFile === null ? [] : [`The trace is in ${traceFile}`];
  const both = last === again ? [] : [`${style.dim("again ")} ${again}`];
  const goesOn = resume === undefined ? [] : [`${style.dim("resume")} ${resume}`];
  return [...written, ...both, `${style.dim(last === again ? "again " : "replay")} ${last}`, ...goesOn];
}

function shown(value: string | number): string {
  return typeof value === "number" ? number(value) : value;
}

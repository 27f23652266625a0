import { notExercised, type Place, type Report, verdictLine } from "../../checker/report/index.ts";
import type { ReporterOptions } from "./index.ts";
import { styles, text } from "./text.ts";

/** The plain report for the log, then GitHub's commands, which put the verdict on the line of the spec. */
export function github(report: Report, options: ReporterOptions): string {
  return `${text(report, options, styles.plain)}${annotations(report, options)
    .map((line) => `${line}\n`)
    .join("")}`;
}

function annotations(report: Report, { strict }: ReporterOptions): readonly string[] {
  const { finding, expectation, model } = report;
  const modelPlace = model.file === null ? null : { file: model.file, line: 1, column: 1 };
  const lines: string[] = [];
  if (finding !== null) {
    const why = finding.reasons.map(({ depth, text: reason }) => `${"  ".repeat(depth)}${reason}`);
    const message = [finding.says, ...why, report.commands.last].join("\n");
    lines.push(annotation("error", verdictLine(report), message, finding.place ?? modelPlace));
  }
  if (report.verdict === "incomplete") {
    lines.push(annotation("warning", `${model.name} was not explored to its end`, verdictLine(report), modelPlace));
  }
  if (expectation !== null && !expectation.met) {
    const differing = expectation.compared.filter(({ expected, found }) => expected !== found);
    const message = differing.map(({ what, expected, found }) => `${what}: recorded ${expected}, found ${found}`);
    lines.push(annotation("error", `${model.name} is not as recorded`, message.join("\n"), modelPlace));
  }
  for (const line of notExercised(report)) {
    lines.push(annotation(strict ? "error" : "notice", `${model.name}: not exercised`, line, modelPlace));
  }
  return lines;
}

function annotation(
  level: "error" | "warning" | "notice",
  title: string,
  message: string,
  place: Place | null,
): string {
  const where = place === null ? "" : `file=${value(place.file)},line=${place.line},col=${place.column},`;
  return `::${level} ${where}title=${value(title)}::${data(message)}`;
}

/** GitHub's own escapes for the message. */
function data(message: string): string {
  return message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** GitHub's own escapes for what stands before the message. */
function value(property: string): string {
  return data(property).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

import { kindInWords, settingsText } from "../../checker/report/index.ts";
import { placeText } from "../problem.ts";
import type { ReplayReport } from "../replay-report.ts";
import { labelled, reasonLine, reasonsText, type Style, stepsText } from "./text.ts";

/** The replay for people. */
export function replayText(report: ReplayReport, full: boolean, style: Style): string {
  const sections = [
    header(report, style),
    stepsText(report.steps, full, style),
    divergence(report, style),
    verdict(report, style),
    [`${style.dim("again ")} ${report.again}`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** The replay for programs. */
export function replayJson(report: ReplayReport, version: string): string {
  const document = { format: "lockstep-replay", version: 1, tool: version, headline: headline(report), ...report };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function headline(report: ReplayReport): string {
  const { stepsFitting, stepsTotal, finding, recorded } = report;
  const steps = `${stepsFitting} of ${stepsTotal} steps`;
  switch (report.verdict) {
    case "diverged":
      return `DIVERGED at step ${report.divergence?.step ?? 0} of ${stepsTotal}: ${report.divergence?.what ?? ""}`;
    case "failed":
      return `REPLAYED ${steps} · FAILED: ${finding?.error?.where ?? "the spec"} failed${asRecorded(report)}`;
    case "violated":
      return `REPLAYED ${steps} · VIOLATED ${named(finding)} at step ${finding?.step ?? 0}${asRecorded(report)}`;
    case "holds":
      return recorded === null
        ? `REPLAYED ${steps} · every property holds on this trace`
        : `REPLAYED ${steps} · ${named(recorded)} is no longer ${recorded.kind === "error" ? "failing" : "violated"} on this trace`;
  }
}

function asRecorded({ finding, recorded }: ReplayReport): string {
  if (recorded === null) return "";
  return finding?.name === recorded.name ? " · as recorded" : ` · recorded was ${named(recorded)}`;
}

function named(finding: { readonly name: string; readonly kind: string } | null): string {
  if (finding === null) return "";
  return finding.kind === "deadlock" ? "deadlock" : `${finding.name} (${kindInWords(finding.kind)})`;
}

function header({ file, model, settings, ignored }: ReplayReport, style: Style): readonly string[] {
  const constants = settingsText(settings);
  return [
    `${style.bold(file)}: a trace of ${model}`,
    ...(constants === "" ? [] : labelled("constants", constants.split(" "), " ")),
    ...(ignored.length === 0 ? [] : labelled("ignored", ignored, ", ")),
  ];
}

function divergence({ divergence: diverged }: ReplayReport, style: Style): readonly string[] {
  if (diverged === null) return [];
  const title = style.bold(`Why step ${diverged.step} does not fit (${placeText(diverged.place)})`);
  return [title, ...diverged.details.map((reason) => reasonLine(reason, style))];
}

function verdict(report: ReplayReport, style: Style): readonly string[] {
  const { finding } = report;
  const paint = report.verdict === "holds" ? style.good : style.bad;
  const lines = [paint(headline(report))];
  if (finding === null) return lines;
  lines.push(`  ${finding.error === null ? finding.says : finding.error.message}`);
  if (finding.place !== null) lines.push(style.dim(`  ${placeText(finding.place)}`));
  if (finding.error !== null) lines.push(`  try       ${finding.error.tryThis}`);
  const why = reasonsText(finding, style);
  return why.length === 0 ? lines : [...lines, "", ...why];
}

import { type Report, verdictLine } from "../../checker/report/index.ts";
import type { ReporterOptions } from "./index.ts";

/** The whole report as one JSON document; `format` and `version` say how to read it. */
export function json(report: Report, { version }: ReporterOptions): string {
  const document = { format: "lockstep-report", version: 1, tool: version, headline: verdictLine(report), ...report };
  return `${JSON.stringify(document, null, 2)}\n`;
}

import {
  changeLine,
  notExercised,
  type Place,
  type Report,
  type StepReport,
  verdictLine,
} from "../../checker/report/index.ts";
import type { ReporterOptions } from "./index.ts";

/**
 * SARIF 2.1.0. The counterexample is a code flow with one thread: each step is a location in the spec, with the
 * action and what it changed as its message, which viewers show as a path to walk.
 */
export function sarif(report: Report, options: ReporterOptions): string {
  const results = resultsOf(report, options);
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].map((id) => ruleOf(id, report));
  const driver = { name: "lockstep", version: options.version, rules };
  const run = {
    tool: { driver },
    invocations: [{ executionSuccessful: report.verdict !== "failed", commandLine: report.commands.again }],
    results,
    properties: { verdict: report.verdict, headline: verdictLine(report) },
  };
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface SarifResult {
  readonly ruleId: string;
  readonly level: "error" | "warning" | "note";
  readonly message: { readonly text: string };
  readonly locations: readonly object[];
  readonly codeFlows?: readonly object[];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
}

function resultsOf(report: Report, { strict }: ReporterOptions): readonly SarifResult[] {
  const { finding, expectation, model } = report;
  const results: SarifResult[] = [];
  const model0 = locationsOf(null, model.file);
  if (finding !== null) {
    const why = finding.reasons.map(({ depth, text }) => `\n${"  ".repeat(depth)}${text}`).join("");
    results.push({
      ruleId: finding.name,
      level: "error",
      message: { text: `${verdictLine(report)}\n${finding.says}${why}\n${report.commands.last}` },
      locations: locationsOf(finding.place, model.file),
      codeFlows: [{ threadFlows: [{ locations: report.steps.map((step) => flowLocation(step, model.file)) }] }],
      partialFingerprints: { model: model.name, finding: finding.name },
    });
  }
  if (report.verdict === "incomplete") {
    results.push({ ruleId: "incomplete", level: "warning", message: { text: verdictLine(report) }, locations: model0 });
  }
  if (expectation !== null && !expectation.met) {
    const differing = expectation.compared.filter(({ expected, found }) => expected !== found);
    const text = differing
      .map(({ what, expected, found }) => `${what}: recorded ${expected}, found ${found}`)
      .join("; ");
    results.push({ ruleId: "not-as-recorded", level: "error", message: { text }, locations: model0 });
  }
  for (const text of notExercised(report)) {
    results.push({ ruleId: "not-exercised", level: strict ? "error" : "note", message: { text }, locations: model0 });
  }
  return results;
}

function ruleOf(id: string, { model }: Report): object {
  const says = model.properties.find(({ name }) => name === id)?.says;
  return { id, shortDescription: { text: says ?? otherRules[id] ?? id } };
}

const otherRules: Readonly<Record<string, string>> = {
  deadlock: "Every state has a successor.",
  incomplete: "The bounded space was explored to its end.",
  "not-as-recorded": "The run gives the verdict and the counts that were recorded for the model.",
  "not-exercised": "Every action is enabled somewhere, every antecedent true somewhere, every goal met.",
};

function flowLocation({ index, label, changes, place }: StepReport, file: string | null): object {
  const [location] = locationsOf(place, file);
  const text = [`step ${index}: ${label}`, ...changes.map(changeLine)].join("\n");
  return { location: { ...location, message: { text } }, executionOrder: index + 1 };
}

function locationsOf(place: Place | null, file: string | null): readonly object[] {
  const uri = place?.file ?? file;
  if (uri === null) return [];
  const region =
    place === null
      ? {}
      : {
          region: {
            startLine: place.line,
            startColumn: place.column,
            ...(place.endLine === undefined ? {} : { endLine: place.endLine }),
            ...(place.endColumn === undefined ? {} : { endColumn: place.endColumn }),
          },
        };
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(uri) }, ...region } }];
}

/** A relative path is relative to where the command ran; an absolute one needs its scheme. */
function uriOf(file: string): string {
  if (file.startsWith("/")) return `file://${encodeURI(file)}`;
  return /^[A-Za-z]:\//.test(file) ? `file:///${encodeURI(file)}` : encodeURI(file);
}

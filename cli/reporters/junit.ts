import { changeLine, kindInWords, notExercised, type Report, verdictLine } from "../../checker/report/index.ts";
import type { ReporterOptions } from "./index.ts";

interface Case {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "error" | "skipped";
  readonly message: string;
  readonly details: string;
}

/** A test suite for the model, a test case for each property, for deadlock and for each goal. */
export function junit(report: Report, options: ReporterOptions): string {
  const cases = casesOf(report, options);
  const count = (outcome: Case["outcome"]): number => cases.filter((one) => one.outcome === outcome).length;
  const numbers = `tests="${cases.length}" failures="${count("failed")}" errors="${count("error")}" skipped="${count("skipped")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lockstep" ${numbers}>`,
    `  <testsuite name="${escaped(report.model.name)}" ${numbers}>`,
    ...cases.flatMap((one) => caseLines(one, report.model.name)),
    `    <system-out>${escaped(`${verdictLine(report)}\n${report.commands.last}`)}</system-out>`,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function casesOf(report: Report, { strict }: ReporterOptions): readonly Case[] {
  const { model, finding, goals, expectation } = report;
  const checked = model.properties
    .filter(({ kind }) => kind !== "reachable")
    .map(({ name, kind }) => ({ name, title: `${name} (${kindInWords(kind)})` }));
  if (model.checksDeadlock) checked.push({ name: "deadlock", title: "deadlock" });
  const cases = checked.map(({ name, title }): Case => {
    if (finding?.error === null && finding.name === name) return failed(title, verdictLine(report), behaviour(report));
    return unlessComplete(report, title);
  });
  for (const { name, metAtStep, isOutOfReach } of goals) {
    const title = `${name} (reachable)`;
    if (metAtStep !== null) cases.push(passed(title));
    else if (isOutOfReach)
      cases.push({ name: title, outcome: "skipped", message: "out of reach, as recorded", details: "" });
    else if (report.verdict === "holds") cases.push(failed(title, `the goal ${name} was not met`, ""));
    else cases.push(unlessComplete(report, title));
  }
  const error = finding?.error ?? null;
  if (error !== null) {
    cases.push({ name: error.where, outcome: "error", message: error.message, details: behaviour(report) });
  }
  if (expectation !== null) {
    const differing = expectation.compared.filter(({ expected, found }) => expected !== found);
    const details = differing.map(({ what, expected, found }) => `${what}: recorded ${expected}, found ${found}`);
    cases.push(expectation.met ? passed("as recorded") : failed("as recorded", details.join("; "), details.join("\n")));
  }
  if (strict) cases.push(...notExercised(report).map((line) => failed("exercised", line, "")));
  return cases;
}

/** A property is known to hold only where the search was complete. */
function unlessComplete({ verdict }: Report, name: string): Case {
  if (verdict === "holds") return passed(name);
  return { name, outcome: "skipped", message: `not decided: the verdict is ${verdict}`, details: "" };
}

function passed(name: string): Case {
  return { name, outcome: "passed", message: "", details: "" };
}

function failed(name: string, message: string, details: string): Case {
  return { name, outcome: "failed", message, details };
}

function behaviour({ steps, finding }: Report): string {
  const lines = steps.flatMap(({ index, label, changes }) => [
    `${index} ${label}`,
    ...changes.map((change) => `    ${changeLine(change)}`),
  ]);
  const why = (finding?.reasons ?? []).map(({ depth, text }) => `${"  ".repeat(depth)}${text}`);
  return [...lines, ...why].join("\n");
}

function caseLines({ name, outcome, message, details }: Case, suite: string): readonly string[] {
  const opening = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"`;
  switch (outcome) {
    case "passed":
      return [`${opening}/>`];
    case "skipped":
      return [`${opening}>`, `      <skipped message="${escaped(message)}"/>`, "    </testcase>"];
    case "failed":
    case "error": {
      const element = outcome === "failed" ? "failure" : "error";
      return [
        `${opening}>`,
        `      <${element} message="${escaped(message)}">${escaped(details)}</${element}>`,
        "    </testcase>",
      ];
    }
  }
}

/** Text inside XML. Control characters have no place in XML 1.0, escaped or not. */
function escaped(text: string): string {
  const allowed = [...text].map((character) => (isControl(character) ? "\ufffd" : character)).join("");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 0x20 && !["\n", "\t", "\r"].includes(character);
}

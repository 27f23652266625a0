/** What a replay found, as data. */
import type { Semantics } from "../checker/index.ts";
import {
  changeLine,
  type FindingReport,
  findingReport,
  type Place,
  type Places,
  type Reason,
  type StepReport,
  stepReports,
} from "../checker/report/index.ts";
import type { Settings } from "../spec/lang/index.ts";
import { positionOfPath, type Trace, type TracedProperty } from "../traces/format/index.ts";
import type { Recheck } from "./rechecking.ts";
import type { Divergence, Replay } from "./replaying.ts";

export interface ReplayReport {
  /** The trace's file, as the user named it. */
  readonly file: string;
  readonly model: string;
  readonly spec: string;
  readonly settings: Settings;
  /** `diverged`: the trace is no behaviour of the spec. `failed`: the spec threw. The others speak of this trace alone. */
  readonly verdict: "diverged" | "failed" | "violated" | "holds";
  /** Steps after the initial state: those of the trace, and those that fit. */
  readonly stepsTotal: number;
  readonly stepsFitting: number;
  readonly steps: readonly StepReport[];
  readonly divergence: DivergenceReport | null;
  readonly finding: FindingReport | null;
  /** What the trace was written to show. */
  readonly recorded: Pick<TracedProperty, "name" | "kind"> | null;
  /** Variables of the trace that the spec does not have, and that were not looked at. */
  readonly ignored: readonly string[];
  readonly again: string;
}

interface DivergenceReport {
  /** The step that does not fit; 0 is the initial state. */
  readonly step: number;
  readonly kind: Divergence["kind"];
  readonly what: string;
  readonly details: readonly Reason[];
  /** In the trace's file. */
  readonly place: Place;
}

export interface ReplayReportInput {
  readonly file: string;
  /** The text of the trace's file. */
  readonly text: string;
  readonly trace: Trace;
  readonly semantics: Semantics;
  readonly replayed: Replay;
  readonly rechecked: Recheck | null;
  readonly places: Places;
  /** Why the property is false, or why the action is disabled. */
  readonly reasons: readonly Reason[];
  readonly errorPlace: Place | null;
  readonly again: string;
}

export function replayReport(input: ReplayReportInput): ReplayReport {
  const { semantics, replayed, rechecked, trace, places, reasons, errorPlace } = input;
  const { model } = semantics;
  const { divergence, steps } = replayed;
  const shown = rechecked === null ? steps : steps.slice(0, rechecked.index + 1);
  const outcome = { model, trace: shown, finding: rechecked?.finding ?? null, shortest: false };
  const finding = divergence === null ? findingReport({ outcome, places, reasons, errorPlace }) : null;
  const property = trace.origin?.property ?? null;
  return {
    file: input.file,
    model: model.name,
    spec: model.spec.name,
    settings: model.settings,
    verdict: verdictOf(divergence, finding),
    stepsTotal: trace.states.length - (trace.loop === null ? 1 : 0),
    stepsFitting: Math.max(0, steps.length - 1),
    steps: stepReports(model, steps, places),
    divergence: divergence === null ? null : divergenceReport(divergence, input),
    finding,
    recorded: property === null ? null : { name: property.name, kind: property.kind },
    ignored: replayed.ignored,
    again: input.again,
  };
}

function verdictOf(divergence: Divergence | null, finding: FindingReport | null): ReplayReport["verdict"] {
  if (divergence !== null) return "diverged";
  if (finding === null) return "holds";
  return finding.kind === "error" ? "failed" : "violated";
}

function divergenceReport(divergence: Divergence, { file, text, reasons }: ReplayReportInput): DivergenceReport {
  const { what, details } = wording(divergence);
  const why = reasons.map((reason) => ({ ...reason, depth: reason.depth + 1 }));
  const guard = why.length === 0 ? [] : [{ depth: 0, text: "its guard is false:", place: null }, ...why];
  return {
    step: divergence.index,
    kind: divergence.kind,
    what,
    details: [...guard, ...details.map((line): Reason => ({ depth: 0, text: line, place: null }))],
    place: { file, ...positionOfPath(text, divergence.path) },
  };
}

/** More names than this help nobody. */
const namesMax = 8;

function wording(divergence: Divergence): { readonly what: string; readonly details: readonly string[] } {
  switch (divergence.kind) {
    case "unreadable": {
      const { at, expected, found } = divergence;
      const what = "the state is none that the model can have";
      return { what, details: [`${at === "" ? "the state" : at}: expected ${expected}, found ${found}`] };
    }
    case "no-such-action": {
      const { action, nearest } = divergence;
      const details = nearest.length === 0 ? [] : [`actions with such a name: ${nearest.join(", ")}`];
      return { what: `the model has no action named ${action}`, details };
    }
    case "no-such-parameters": {
      const { label, offered } = divergence;
      const details =
        offered.length === 0 ? ["the state has nothing for this action to take"] : listed("it offers", offered);
      return { what: `the state does not offer ${label}`, details };
    }
    case "disabled": {
      const { label, enabled } = divergence;
      const details = enabled.length === 0 ? ["nothing is enabled here"] : listed("enabled here:", enabled);
      return { what: `${label} is not enabled`, details };
    }
    case "other-state":
      return {
        what: `${divergence.label} leads to another state`,
        details: [
          "what the trace has, and what the spec gives:",
          ...divergence.changes.map((change) => `  ${changeLine(change)}`),
        ],
      };
    case "no-step": {
      const { nearest } = divergence;
      const what = "no step of the spec leads to this state";
      if (nearest === null) return { what, details: ["nothing is enabled here"] };
      const changes = nearest.changes.map((change) => `  ${changeLine(change)}`);
      return { what, details: [`nearest is ${nearest.label}; what the trace has, and what it gives:`, ...changes] };
    }
    case "error": {
      const { error } = divergence;
      return { what: `${error.part} ${error.of} throws`, details: [error.message] };
    }
  }
}

function listed(title: string, names: readonly string[]): readonly string[] {
  const more = names.length - namesMax;
  const shown = names.slice(0, namesMax).map((name) => `  ${name}`);
  return [title, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

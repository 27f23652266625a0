/**
 * The report of a run: plain data, everything as text or number, from which each reporter makes its own form. It holds
 * nothing that differs between two runs of the same search: no dates, no durations, no memory.
 */
import type { Model, ModelDeclaration, Settings } from "../../spec/lang/index.ts";
import { Semantics } from "../reference/semantics.ts";
import type {
  ActionCount,
  Mode,
  Outcome,
  OutDegree,
  Spilled,
  Stop,
  Verdict,
  WalkStatistics,
} from "../search/outcome.ts";
import { compareWithExpectation, type ExpectationResult } from "./expectation.ts";
import { type FindingReport, findingReport } from "./finding.ts";
import { type NamedText, type StepReport, stateLines, stepReports } from "./steps.ts";

/** A place in a file of a spec: `line` and `column` from one, the end included where it is known. */
export interface Place {
  /** As a user would write it, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** One line of why a property is false; a deeper line explains the line above it. */
export interface Reason {
  readonly depth: number;
  readonly text: string;
  readonly place: Place | null;
}

/** Where the parts of a spec stand in its files. */
export interface Places {
  readonly action: (name: string) => Place | null;
  readonly property: (name: string) => Place | null;
  /** Where a field of the state is declared, by its name. */
  readonly field: (name: string) => Place | null;
  /** Where a parameter is declared, by its name behind that of its action: `Fill.j`. */
  readonly parameter: (name: string) => Place | null;
  /** Where a model sets a constant. */
  readonly setting: (model: string, constant: string) => Place | null;
}

interface ModelReport {
  readonly name: string;
  readonly spec: string;
  readonly says: string;
  readonly file: string | null;
  readonly settings: Settings;
  /** The names of the constants that are not at their default. */
  readonly unusual: readonly string[];
  /** The state that the schema alone begins with, one path a line; null where the spec declares an `init`. */
  readonly begins: readonly NamedText[] | null;
  readonly properties: readonly PropertyReport[];
  readonly symmetric: readonly string[];
  /** True where the spec declares a view: states that look the same through it were explored once. */
  readonly viewed: boolean;
  readonly checksDeadlock: boolean;
}

interface PropertyReport {
  readonly name: string;
  readonly kind: string;
  readonly says: string;
  readonly place: Place | null;
}

interface GoalReport {
  readonly name: string;
  readonly says: string;
  /** Steps of the behaviour that first met the goal; null where none did. */
  readonly metAtStep: number | null;
  /** True where the model records that its bounds leave the goal out of reach. */
  readonly isOutOfReach: boolean;
}

interface StopReport extends Stop {
  /** What stopped the run, as the user knows it: `--max-states 1000`. */
  readonly cause: string;
}

export interface Report {
  readonly model: ModelReport;
  readonly engine: Outcome["engine"];
  /** True where states were compared in full. */
  readonly exact: boolean;
  /** The chance at most that a state was taken for another and not explored; 0 where states are compared in full. */
  readonly omission: number;
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly finding: FindingReport | null;
  readonly stopped: StopReport | null;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly outDegree: OutDegree | null;
  readonly actions: readonly ActionCount[];
  readonly neverEnabled: readonly string[];
  readonly vacuous: readonly string[];
  readonly goals: readonly GoalReport[];
  /** Generated states that each constraint kept out. */
  readonly outside: readonly { readonly constraint: string; readonly states: number }[];
  readonly walks: (WalkStatistics & { readonly seed: number }) | null;
  /** What was written to disk because memory was short; with several workers it differs from run to run. */
  readonly spilled: Spilled | null;
  readonly steps: readonly StepReport[];
  /** Null where nothing was recorded for this model, or where the run was of another model or stopped early. */
  readonly expectation: ExpectationResult | null;
  /** The trace file that was written. */
  readonly traceFile: string | null;
  /**
   * The command that gives this report again, and the one to look at: where a trace was written, its replay. Where the
   * run was stopped and kept, the command that goes on with it.
   */
  readonly commands: { readonly again: string; readonly last: string; readonly resume?: string };
}

export interface ReportInput {
  readonly outcome: Outcome;
  readonly declaration: ModelDeclaration;
  /** The file of the spec as the user would write it, where it is known. */
  readonly file: string | null;
  readonly places: Places;
  /** Why the violated property is false; empty where that is not known. */
  readonly reasons: readonly Reason[];
  /** Where the spec threw, where it did and that is known. */
  readonly errorPlace: Place | null;
  /** What stopped the run, in the user's words. */
  readonly stopCause: string | null;
  /** True where the run is of the model as it was declared, so that its recorded numbers can be compared. */
  readonly asDeclared: boolean;
  readonly seed: number | null;
  readonly traceFile: string | null;
  readonly commands: Report["commands"];
}

export function reportOf(input: ReportInput): Report {
  const { outcome, declaration, places } = input;
  const { stopped, walks } = outcome;
  return {
    model: modelReport(input),
    engine: outcome.engine,
    exact: outcome.exact,
    omission: outcome.omission,
    mode: outcome.mode,
    verdict: outcome.verdict,
    finding: findingReport(input),
    stopped: stopped === null ? null : { ...stopped, cause: input.stopCause ?? stopped.by },
    distinct: outcome.distinct,
    generated: outcome.generated,
    depth: outcome.depth,
    outDegree: outcome.outDegree,
    actions: outcome.actions,
    neverEnabled: outcome.actions.filter(({ fired }) => fired === 0).map(({ name }) => name),
    vacuous: outcome.vacuous,
    goals: outcome.goals.map(({ property, witness }) => ({
      name: property.name,
      says: property.says,
      metAtStep: witness === null ? null : witness.length - 1,
      isOutOfReach: input.asDeclared && (declaration.expect?.unmet ?? []).includes(property.name),
    })),
    outside: Object.entries(outcome.outside).map(([constraint, states]) => ({ constraint, states })),
    walks: walks === null ? null : { ...walks, seed: input.seed ?? 0 },
    spilled: outcome.spilled,
    steps: stepReports(outcome.model, outcome.trace, places),
    expectation: input.asDeclared ? compareWithExpectation(declaration.expect, outcome) : null,
    traceFile: input.traceFile,
    commands: input.commands,
  };
}

function modelReport({ outcome: { model }, declaration, file, places }: ReportInput): ModelReport {
  return {
    name: model.name,
    spec: model.spec.name,
    says: declaration.says,
    file,
    settings: model.settings,
    unusual: Object.keys(model.settings).filter((name) => model.settings[name] !== defaultOf(model, name)),
    begins: beginning(model),
    properties: model.properties.map(({ name, kind, says }) => ({ name, kind, says, place: places.property(name) })),
    symmetric: model.symmetric,
    viewed: model.spec.view !== null,
    checksDeadlock: model.checksDeadlock,
  };
}

function defaultOf({ spec: { constants } }: Model, name: string): Settings[string] | undefined {
  return Object.hasOwn(constants, name) ? constants[name]?.default : undefined;
}

function beginning(model: Model): readonly NamedText[] | null {
  if (model.spec.declaresInit) return null;
  const [first] = new Semantics({ ...model, symmetric: [] }).initial();
  return first === undefined ? null : stateLines(model.schema, first.after, "");
}

/**
 * What the spec declares and the run never exercised: a reason to doubt a `holds`. A run that ended in a finding had
 * no time for it, and says nothing.
 */
export function notExercised(report: Report): readonly string[] {
  if (report.verdict === "violated" || report.verdict === "failed") return [];
  const soFar = report.verdict === "incomplete" ? " so far" : "";
  return [
    ...report.neverEnabled.map((name) => `the action ${name} was never enabled${soFar}`),
    ...report.vacuous.map((name) => `the antecedent of ${name} was never true${soFar}`),
    ...report.goals
      .filter(({ metAtStep, isOutOfReach }) => metAtStep === null && !isOutOfReach)
      .map(({ name }) => `the goal ${name} was not met${soFar}`),
  ];
}

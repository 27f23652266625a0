/** Reports: what a search found, as data and as text. Pure functions; the program that calls them prints. */
export { type Change, changeLine, diffValues } from "./diff.ts";
export type { Comparison, ExpectationResult } from "./expectation.ts";
export { type ErrorReport, type FindingInput, type FindingReport, findingReport } from "./finding.ts";
export { actionNamed, type Parameter, parametersOf, renderParameter } from "./parameters.ts";
export { renderValue } from "./render.ts";
export {
  type GoalReport,
  type ModelReport,
  notExercised,
  type Place,
  type Places,
  type PropertyReport,
  type Reason,
  type Report,
  type ReportInput,
  reportOf,
  type StopReport,
} from "./report.ts";
export { type NamedText, type StepReport, stateLines, stepLabel, stepReports } from "./steps.ts";
export { kindInWords, number, settingsText, verdictLine } from "./verdict.ts";

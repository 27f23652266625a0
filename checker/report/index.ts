/** Reports: what a search found, as data and as text. Pure functions; the program that calls them prints. */
export { type Change, changeLine, diffValues } from "./diff.ts";
export { type FindingReport, findingReport } from "./finding.ts";
export { type Parameter, parametersOf, renderParameter } from "./parameters.ts";
export { renderValue } from "./render.ts";
export { notExercised, type Place, type Places, type Reason, type Report, reportOf } from "./report.ts";
export { type StepReport, stateLines, stepLabel, stepReports } from "./steps.ts";
export { switchWith } from "./switched-off.ts";
export { kindInWords, number, settingsText, verdictLine } from "./verdict.ts";

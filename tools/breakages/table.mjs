import { exitCodeBreakages } from "./exit-codes.mjs";
import { historyBreakages } from "./history.mjs";
import { refusalBreakages } from "./refusals.mjs";
import { reportBreakages } from "./reports.mjs";
import { searchBreakages } from "./search.mjs";
import { simulationBreakages } from "./simulation.mjs";

/** Every breakage, in the order in which they are made. @type {readonly import("./breakage.mjs").Breakage[]} */
export const breakages = [
  ...exitCodeBreakages,
  ...refusalBreakages,
  ...searchBreakages,
  ...reportBreakages,
  ...historyBreakages,
  ...simulationBreakages,
];

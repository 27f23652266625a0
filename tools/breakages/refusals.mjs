/** The exit codes of refusals: each is made a zero once. */

const BAD_INPUT = "cli/bad-input.test.ts";
const CHECKPOINTS = "cli/checkpoints.test.ts";
const EXPLORE = "cli/commands/explore.test.ts";
const REPLAY = "cli/commands/replay.test.ts";
const SIM = "cli/commands/sim.test.ts";
const SPECS = "cli/exit-codes.test.ts";
const SPILLING = "cli/spilling.test.ts";

/**
 * By file: the code of the refusal, its exit code, how far the line of the exit code is indented (0 where it is the line
 * of the code), and the test that has to notice.
 *
 * @type {Readonly<Record<string, readonly (readonly [string, string, number, string])[]>>}
 */
const refusals = {
  "cli/model-selection.ts": [
    ["temporal-property", "configuration", 4, BAD_INPUT],
    ["unknown-model", "configuration", 4, BAD_INPUT],
    ["choose-model", "configuration", 4, BAD_INPUT],
    ["no-symmetry-declared", "configuration", 4, SPECS],
    ["no-dead-data-declared", "configuration", 4, SPECS],
    ["deadlocks-without-dead-data", "configuration", 4, BAD_INPUT],
    ["unknown-property", "configuration", 4, BAD_INPUT],
    ["setting-out-of-range", "configuration", 6, REPLAY],
    ["model-cannot-be-built", "specEvaluation", 4, BAD_INPUT],
    ["property-switched-off", "configuration", 4, SPECS],
  ],
  "cli/settings.ts": [
    ["setting-form", "configuration", 6, BAD_INPUT],
    ["unknown-constant", "configuration", 4, BAD_INPUT],
    ["setting-out-of-range", "configuration", 4, BAD_INPUT],
    ["setting-twice", "configuration", 4, BAD_INPUT],
  ],
  "cli/checkpoints.ts": [
    ["no-checkpoints", "configuration", 4, CHECKPOINTS],
    ["no-exact-checkpoints", "configuration", 4, EXPLORE],
    ["no-checkpoint-folder", "configuration", 4, CHECKPOINTS],
    ["checkpoint-exists", "configuration", 4, CHECKPOINTS],
    ["checkpoint-damaged", "system", 8, CHECKPOINTS],
    ["checkpoint-of-another-search", "configuration", 8, CHECKPOINTS],
  ],
  "cli/spilling.ts": [
    ["spill-folder-unusable", "system", 4, SPILLING],
    ["spill-failed", "system", 4, SPILLING],
  ],
  "cli/trace-file.ts": [["trace-not-written", "system", 4, EXPLORE]],
  "cli/commands/explore.ts": [
    ["not-explained", "configuration", 0, EXPLORE],
    ["engine-refuses", "configuration", 4, EXPLORE],
    ["one-worker", "configuration", 6, BAD_INPUT],
    ["no-seed", "configuration", 6, BAD_INPUT],
  ],
  "cli/commands/replay.ts": [
    ["trace-not-read", "system", 4, BAD_INPUT],
    ["trace-without-model", "configuration", 6, BAD_INPUT],
  ],
  "cli/commands/sim.ts": [
    ["options-contradict", "configuration", 4, SIM],
    ["schedule-not-read", "system", 6, SIM],
    ["schedule-not-understood", "configuration", 4, SIM],
    ["file-not-written", "system", 4, SIM],
  ],
};

/** @type {readonly import("./breakage.mjs").Breakage[]} */
export const refusalBreakages = Object.entries(refusals).flatMap(([file, ofFile]) =>
  ofFile.map(([code, exit, indentation, test]) => {
    const between = indentation === 0 ? ", " : `,\n${" ".repeat(indentation)}`;
    const found = `code: "${code}"${between}exit: exitCodes.`;
    const place = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
    return {
      name: `refusal-${place}-${code}`,
      file,
      find: `${found}${exit}`,
      replace: `${found}ok`,
      breaks: `The refusal "${code}" exits with 0.`,
      tests: [test],
    };
  }),
);

import { sampleFiles } from "../sample-specs.suite.ts";
import { above } from "./changes.suite.ts";
import type { Chapter, Entry } from "./entry.suite.ts";

/** What these need of a spec is in the tests' own models: no source text shows more. */
const on = (title: string, line: string): Entry => ({ title, line, models: sampleFiles });

export const commandLine: Chapter = {
  title: "The command line",
  says: "The file `counter.ts` of these commands declares the model counter, with the constants max and wraps.",
  entries: [
    on("A model that does not exist", "explore two-fase"),
    on("A constant that does not exist", "explore counter.ts --set mx=4"),
    on("A value that a constant does not take", "explore counter.ts --set max=12"),
    on("A setting without a value", "explore counter.ts --set max"),
    on("A constant that is set twice", "explore counter.ts --set max=2 --set max=3"),
    on("A property that does not exist", "explore counter.ts --property Smal"),
    {
      title: "A temporal property in the list of a spec",
      note: "The model checks all properties that its spec lists.",
      change: [
        ["  properties: [room],", "  properties: [room, filled],"],
        above(
          'const filled = shop.leadsTo("Filled", { says: "Jars get full.", from: (s) => s.sold === 0, to: (s, c) => s.level.every((level) => level === c.max) });',
        ),
      ],
      line: "explore shop.ts",
    },
    on("A temporal property", "explore counter.ts --property Small --property GoesOn"),
    on("Only a temporal property", "explore counter.ts --property GoesOn"),
    on("Symmetry that the spec does not declare", "explore counter.ts --symmetry"),
    on("Dead data that the spec does not declare", "explore counter.ts --dead-data"),
    on("Deadlocks while dead data is left out", "explore raft-2s-2e-0r-1v --dead-data --deadlock"),
    on("Dead data on the reference engine", "explore raft-2s-2e-0r-1v --dead-data --no-deadlock --engine reference"),
    on("A depth-first search on a packed engine", "explore counter.ts --search dfs --engine views"),
    on("Several workers on the reference engine", "explore counter.ts --workers 2 --engine reference"),
    on("Several workers of a depth-first search", "explore counter.ts --workers 2 --search dfs"),
    on("A seed for an exploration", "explore counter.ts --seed 7"),
    on("An action that does not exist", "explore counter.ts --explain Incremnt"),
    on("A count that is no number", "explore counter.ts --max-states many"),
    on("A size that is no size", "explore counter.ts --max-memory lots"),
    on("A time that is not above 0", "explore counter.ts --max-seconds 0"),
    on("A seed that is no number", "simulate counter.ts --seed x"),
    on("An option that does not exist", "explore counter.ts --propety Small"),
    on("A choice that does not exist", "explore counter.ts --search random"),
    on("An option without its value", "explore counter.ts --set"),
    on("A trace is missing", "replay"),
  ],
};

import type { FakeWorld } from "../fake-io.suite.ts";
import { sampleFiles } from "../sample-specs.suite.ts";
import type { Chapter, Entry } from "./entry.suite.ts";

const on = (title: string, line: string, world: FakeWorld = {}, before?: string): Entry => ({
  title,
  line,
  models: sampleFiles,
  world,
  ...(before === undefined ? {} : { before }),
});

const texts = {
  "empty.json": "",
  "cut.json": '{"vars": ["n"], "states": [{"n": ',
  "log.ndjson": '{"tag":"trace"}\n{"tag":"trace"}\n',
  "foreign.json": '{"vars": ["n", "laps"], "states": [{"n": 0, "laps": 0}]}',
};
const unwritable = { writeFailure: { ok: false, code: "EACCES", message: "permission denied" } } as const;
const full = { writeFailure: { ok: false, code: "ENOSPC", message: "no space left on device" } } as const;
const refused = { ok: false, code: "EACCES", message: "permission denied" } as const;
const noFolder: FakeWorld = { openStorage: (folder) => ({ ...refused, folder: folder ?? "/tmp" }) };

export const files: Chapter = {
  title: "Files and disks",
  says: "Checkpoints, what goes on on disk, and traces.",
  entries: [
    on("A checkpoint without a folder", "explore counter.ts --checkpoint-every 5"),
    on("An interval that is no number of minutes", "explore counter.ts --checkpoint kept --checkpoint-every often"),
    on("A checkpoint of the reference engine", "explore counter.ts --engine reference --checkpoint kept"),
    on("A checkpoint of an exact search", "explore counter.ts --exact --checkpoint kept"),
    on("--resume without a checkpoint", "explore counter.ts --resume FOLDER/kept"),
    on(
      "A folder that holds a checkpoint",
      "explore two-phase --checkpoint FOLDER/kept",
      {},
      "explore two-phase --checkpoint FOLDER/kept --max-states 100",
    ),
    on(
      "A checkpoint of another model",
      "explore two-phase --set RM=4 --resume FOLDER/kept",
      {},
      "explore two-phase --checkpoint FOLDER/kept --max-states 100",
    ),
    on("A folder on disk without a bound of memory", "explore counter.ts --spill-folder spilled"),
    on("Too little memory", "explore counter.ts --memory 10K"),
    on("A bound of memory for the reference engine", "explore counter.ts --memory 100M --engine reference"),
    on("A bound of memory for an exact search", "explore counter.ts --memory 100M --exact"),
    on("A bound of memory and checkpoints", "explore counter.ts --memory 100M --checkpoint kept"),
    on("A temporary folder that cannot be used", "explore counter.ts --memory 100M", noFolder),
    on("A folder that cannot be used", "explore counter.ts --memory 100M --spill-folder spilled", noFolder),
    on("A trace that may not be written", "explore counter.ts --property Small --trace locked/t.json", unwritable),
    on("A trace for which the disk has no room", "explore counter.ts --property Small --trace t.json", full),
    on("A trace that is not there", "replay nowhere.json"),
    on("A trace that is empty", "replay empty.json", { texts }),
    on("A trace that is cut off", "replay cut.json", { texts }),
    on("A log instead of a trace", "replay log.ndjson", { texts }),
    on("A trace that names no model", "replay foreign.json", { texts }),
    on("A trace for a model that does not exist", "replay foreign.json --model conter", { texts }),
  ],
};

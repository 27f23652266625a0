/** A thread that adds fingerprints to a table which others add to as well. */
import { workerData } from "node:worker_threads";
import { Table } from "./table.ts";

interface Input {
  readonly memory: readonly SharedArrayBuffer[];
  /** Low lane, high lane, parent, level and action of each. */
  readonly adds: readonly (readonly [number, number, number, number, number])[];
  /** One word for each outcome. */
  readonly outcomes: SharedArrayBuffer;
  readonly gate: SharedArrayBuffer;
}

const { memory, adds, outcomes, gate } = workerData as Input;
const table = new Table(memory);
const said = new Int32Array(outcomes);
const words = new Int32Array(gate);
// All begin at once: one that is early waits for the others.
Atomics.add(words, 0, 1);
while (Atomics.load(words, 1) === 0);
adds.forEach(([low, high, parent, level, action], at) => {
  said[at] = table.add(low, high, parent, level, action);
});
Atomics.add(words, 2, 1);
Atomics.notify(words, 2);

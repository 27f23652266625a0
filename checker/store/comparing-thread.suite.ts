/** A thread that adds states to a table which keeps them, and to which others add as well. */
import { workerData } from "node:worker_threads";
import { Comparing, type State } from "./comparing.suite.ts";
import { Table } from "./table.ts";
import { added } from "./visited-states.ts";

interface Input {
  readonly memory: readonly SharedArrayBuffer[];
  readonly states: readonly State[];
  /** How many were fresh to this thread. */
  readonly fresh: SharedArrayBuffer;
  readonly gate: SharedArrayBuffer;
}

const { memory, states, fresh, gate } = workerData as Input;
const table = new Comparing(new Table(memory));
const words = new Int32Array(gate);
// All begin at once: one that is early waits for the others.
Atomics.add(words, 0, 1);
while (Atomics.load(words, 1) === 0);
new Int32Array(fresh)[0] = states.filter((state) => table.add(state) === added.fresh).length;

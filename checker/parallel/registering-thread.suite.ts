/** A thread that gives numbers to values, in step with others. */
import { parentPort, workerData } from "node:worker_threads";
import { integer, newInterners, record, seq, sequence } from "../../spec/lang/index.ts";
import { Flyweights } from "../compile/flyweights.ts";
import { SharedRegistry } from "./registry.ts";

export interface Registering {
  readonly registry: SharedArrayBuffer;
  /** Two words: how many have arrived at this meeting, and which meeting it is. */
  readonly meeting: SharedArrayBuffer;
  readonly threads: number;
  /** For each table the values that it is asked for, in this order. */
  readonly values: readonly (readonly number[])[];
  /** The threads wait for each other after so many values. */
  readonly perMeeting: number;
}

/** Keys by number, of each table; and the numbers that each value was given when it was asked for. */
export interface Registered {
  readonly keys: readonly (readonly string[])[];
  readonly given: readonly (readonly number[])[];
}

/** Tables of values that have no numbers from the start. */
export function tablesOf(registry: SharedRegistry, count: number): readonly Flyweights[] {
  const schema = record({ n: integer(0, 1_000_000), path: sequence(integer(0, 9), 2) });
  const interners = newInterners();
  const tables = Array.from(
    { length: count },
    (_, index) => new Flyweights(schema, interners.of(schema), index, registry),
  );
  registry.serve(tables);
  return tables;
}

function run({ registry: memory, meeting, threads, values, perMeeting }: Registering): Registered {
  const registry = new SharedRegistry(memory);
  const tables = tablesOf(registry, values.length);
  const words = new Int32Array(meeting);
  const given: number[][] = tables.map(() => []);
  const most = Math.max(...values.map(({ length }) => length));
  for (let at = 0; at < most; at += 1) {
    if (at % perMeeting === 0) meet(words, threads);
    tables.forEach((table, index) => {
      const value = values[index]?.[at];
      if (value !== undefined) given[index]?.push(table.numberOf({ n: value, path: seq(value % 10) }));
    });
  }
  meet(words, threads);
  registry.adopt();
  return { keys: tables.map(({ keys }) => keys), given };
}

/** Waits until all threads are here. */
function meet(words: Int32Array, threads: number): void {
  const number = Atomics.load(words, 1);
  if (Atomics.add(words, 0, 1) + 1 === threads) {
    Atomics.store(words, 0, 0);
    Atomics.store(words, 1, number + 1);
    Atomics.notify(words, 1);
  } else Atomics.wait(words, 1, number);
}

if (parentPort !== null) parentPort.postMessage(run(workerData as Registering));

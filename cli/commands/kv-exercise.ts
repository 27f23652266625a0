/**
 * `lockstep kv exercise`: writes while somebody does their worst to the servers, and then looks for every write that
 * was acknowledged.
 */
import type { Called, Client } from "../../impl/kv/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { reported } from "../problem.ts";
import { failureProblem } from "../service-client.ts";

export interface Exercise {
  readonly seconds: number;
  readonly clients: number;
}

/** What it needs of a client. */
export interface Exercised {
  session(): { append(key: string, value: string): Promise<Called<unknown>>; close(): Promise<void> };
  readonly get: Client["get"];
}

type Surroundings = Pick<Io, "stdout" | "stderr" | "now">;

interface Written {
  /** The last number that was acknowledged, by client; each writes 1, 2, 3 and so on to a key of its own. */
  readonly last: number[];
  /** Writes of which it is not known whether they happened, by client: nothing after them was written. */
  doubtful: number;
  acknowledged: number;
  slowestMs: number;
  /** The first failure that was no doubt about an outcome. */
  failure: string | null;
}

export async function exercise(client: Exercised, options: Exercise, io: Surroundings): Promise<ExitCode> {
  const run = `exercise/${Date.now().toString(36)}`;
  const written: Written = { last: [], doubtful: 0, acknowledged: 0, slowestMs: 0, failure: null };
  const until = io.now() + options.seconds * 1000;
  const writers = Array.from({ length: options.clients }, (_, i) =>
    write(client, `${run}/${i}`, i, until, written, io),
  );
  await Promise.all(writers);
  io.stdout.write(
    `${written.acknowledged} writes acknowledged, the slowest after ${Math.round(written.slowestMs)} ms; ${written.doubtful} in doubt\n`,
  );
  if (written.failure !== null) io.stderr.write(`lockstep: a client gave up: ${written.failure}\n`);
  return verify(client, run, written, io);
}

/** Appends numbers, so that a write that is lost, or happens twice, shows in the value. */
async function write(
  client: Exercised,
  key: string,
  i: number,
  until: number,
  written: Written,
  io: Surroundings,
): Promise<void> {
  const session = client.session();
  written.last[i] = 0;
  for (let number = 1; io.now() < until; number += 1) {
    const asked = io.now();
    const outcome = await session.append(key, `${number};`);
    if (outcome.kind === "failed") {
      if (outcome.failure.happened === "maybe") written.doubtful += 1;
      else written.failure ??= outcome.failure.message;
      return;
    }
    written.last[i] = number;
    written.acknowledged += 1;
    written.slowestMs = Math.max(written.slowestMs, io.now() - asked);
  }
  await session.close();
}

async function verify(client: Exercised, run: string, { last }: Written, io: Surroundings): Promise<ExitCode> {
  for (const [i, number] of last.entries()) {
    const outcome = await client.get(`${run}/${i}`, "linearizable");
    if (outcome.kind === "failed") return reported([failureProblem(outcome.failure, `reading ${run}/${i}`)], io);
    const value = outcome.value.item?.value ?? "";
    const found = typeof value === "string" ? value : "";
    const expected = Array.from({ length: number }, (_, j) => `${j + 1};`).join("");
    // One more may be there than was acknowledged: the one in doubt.
    if (found === expected || found === `${expected}${number + 1};`) continue;
    const what = `acknowledged writes of client ${i} are lost, or were made twice`;
    const tries = ["reporting it, with the logs of all servers"];
    return reported([{ code: "writes-lost", exit: exitCodes.safety, what, found: found.slice(-200), tries }], io);
  }
  io.stdout.write("Every acknowledged write is there, once.\n");
  return exitCodes.ok;
}

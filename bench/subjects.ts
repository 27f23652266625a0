/** What is measured, and one measurement of it: a process that explores a model, from its start to its end. */
import { run } from "./command.ts";
import { type Counts, raftModel } from "./raft-models.ts";

export interface Subject {
  readonly name: string;
  /** What `lockstep explore` is given; null for the hand-packed explorer, which knows the models of Raft.tla only. */
  readonly flags: readonly string[] | null;
}

/** Engines that the command line does not know are left out, loudly. */
export const subjects: readonly Subject[] = [
  { name: "reference", flags: ["--engine", "reference"] },
  { name: "views", flags: ["--engine", "views", "--workers", "1"] },
  { name: "lowered", flags: ["--engine", "lowered", "--workers", "1"] },
  { name: "lowered-2-workers", flags: ["--engine", "lowered", "--workers", "2"] },
  { name: "hand-packed", flags: null },
];

/** A model with its constants, and how many of its states to find. */
export interface Workload {
  readonly name: string;
  /** As the command line takes it. */
  readonly model: readonly string[];
  /** As the hand-packed explorer takes it, null where it cannot. */
  readonly raft: string | null;
  /** Null for all of them. */
  readonly statesMax: number | null;
  /** What a complete exploration counts; null where nothing is known. */
  readonly counts: Counts | null;
}

export interface Measured {
  readonly kind: "measured";
  readonly distinct: number;
  readonly generated: number;
  /** Of the whole process. */
  readonly seconds: number;
  /** The largest resident set; null where the system does not tell. */
  readonly peakBytes: number | null;
}

/** `refused`: the subject does not take the workload. `wrong`: it failed, or its counts are not the right ones. */
export type Measurement = Measured | { readonly kind: "refused" | "wrong"; readonly why: string };

/** Something that can be measured again and again. */
export interface Runner {
  readonly name: string;
  /** What it costs before it explores. */
  readonly start: () => Promise<Measurement>;
  readonly explore: () => Promise<Measurement>;
}

/** `lockstep` and `handPacked` are the programs, as files for Node.js. */
export interface Programs {
  readonly lockstep: string;
  readonly handPacked: string;
  readonly cwd: string;
  readonly secondsMax: number;
}

/** States that one batch of the hand-packed explorer, or one level of workers, may find beyond a limit. */
const beyondMax = 100_000;
const exitCodes = { ok: 0, expectation: 1, incomplete: 2, configuration: 151 };

export function raftWorkload(name: string, statesMax: number | null): Workload {
  const limited = statesMax === null ? "" : `, first ${statesMax.toLocaleString("en")}`;
  const counts = raftModel(name);
  return { name: `raft-${name}${limited}`, model: modelOf(name), raft: name, statesMax, counts };
}

/** The corpus has some configurations by name; the others are one of them with other bounds. */
function modelOf(name: string): readonly string[] {
  if (raftModel(name).countedBy === "corpus") return [`raft-${name}`];
  const [servers, elections, restarts, values] = name.match(/\d/g) ?? [];
  const bounds = [`Server=${servers}`, `MaxElections=${elections}`, `MaxRestarts=${restarts}`, `Value=${values}`];
  return ["raft-3s-1e-0r-1v", ...bounds.flatMap((bound) => ["--set", bound])];
}

/** A process costs something before it explores: what the same one costs when it stops at the first state. */
export function runnerOf(subject: Subject, workload: Workload, programs: Programs): Runner {
  return {
    name: subject.name,
    start: () => measure(subject, { ...workload, statesMax: 1 }, programs),
    explore: () => measure(subject, workload, programs),
  };
}

async function measure(subject: Subject, workload: Workload, programs: Programs): Promise<Measurement> {
  const args = argsOf(subject, workload, programs);
  if (args === null) return { kind: "refused", why: "it explores Raft.tla and nothing else" };
  const { cwd, secondsMax } = programs;
  const ran = await run({ program: process.execPath, args, cwd, secondsMax });
  if (ran === null) return { kind: "wrong", why: `${process.execPath} is not there` };
  if (ran.code === exitCodes.configuration) return { kind: "refused", why: ran.stderr.split("\n")[0] ?? "" };
  const counts = countsIn(ran.stdout);
  const isEnded = ran.code === exitCodes.ok || ran.code === exitCodes.expectation || ran.code === exitCodes.incomplete;
  if (!isEnded || counts === null)
    return { kind: "wrong", why: `it ended with ${ran.code}: ${ran.stderr.slice(-300)}` };
  const why = mistakeIn(counts, workload) ?? strangerIn(ran.stdout, subject);
  if (why !== null) return { kind: "wrong", why };
  const { distinct, generated } = counts;
  return { kind: "measured", distinct, generated, seconds: ran.seconds, peakBytes: ran.peakBytes };
}

function argsOf({ flags }: Subject, workload: Workload, programs: Programs): readonly string[] | null {
  const { model, raft, statesMax } = workload;
  if (flags === null) {
    return raft === null ? null : [programs.handPacked, raft, ...(statesMax === null ? [] : [`${statesMax}`])];
  }
  const limit = statesMax === null ? [] : ["--max-states", `${statesMax}`];
  return [programs.lockstep, "explore", ...model, ...flags, ...limit, "--reporter", "json"];
}

/** Both programs print their counts as JSON, under the same names. */
function countsIn(stdout: string): Counts | null {
  try {
    const { distinct, generated, depth }: Partial<Counts> = JSON.parse(stdout);
    if (distinct === undefined || generated === undefined || depth === undefined) return null;
    return { distinct, generated, depth };
  } catch {
    return null;
  }
}

/** A report says which engine made it; null where it is the one that was asked for. */
function strangerIn(stdout: string, { flags }: Subject): string | null {
  const asked = flags?.[flags.indexOf("--engine") + 1];
  const { engine }: { engine?: string } = JSON.parse(stdout);
  return engine === asked ? null : `the engine ${engine} answered`;
}

/** What is wrong with the counts, in words; null where they are right. Of a part of the states, only their number is known. */
function mistakeIn(found: Counts, { statesMax, counts }: Workload): string | null {
  if (statesMax === null) return counts === null ? null : differenceOf(found, counts);
  if (found.distinct >= statesMax && found.distinct < statesMax + beyondMax) return null;
  return `it found ${found.distinct} states where the limit is ${statesMax}`;
}

/** In words; null where the counts agree. The depth is compared where both have one. */
export function differenceOf(found: Omit<Counts, "depth"> & Partial<Counts>, right: Counts): string | null {
  const words = ({ distinct, generated, depth }: typeof found) =>
    `${distinct} / ${generated} / ${depth ?? right.depth}`;
  return words(found) === words(right) ? null : `it counts ${words(found)}, not ${words(right)}`;
}

/** SPIN and Rumur as a user would run them for speed, exact and on one thread, from a model's text to its counts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, type Ran, run } from "../command.ts";
import type { Counts } from "../raft-models.ts";
import { differenceOf, type Measured, type Measurement, type Runner } from "../subjects.ts";
import { murphi, promela, twoPhaseCounts } from "./two-phase.ts";

export interface Peer {
  readonly name: string;
  /** How the numbers come about, for the reader of a table. */
  readonly says: string;
  readonly file: string;
  readonly model: (n: number) => string;
  /** What makes a program of the model. */
  readonly builds: readonly (readonly [program: string, ...args: string[]])[];
  /** What runs that program. */
  readonly runs: readonly [program: string, ...args: string[]];
  /** Null where there are none, or an error was found. */
  readonly countsOf: (stdout: string) => PeerCounts | null;
  /** How many digits of its counts a peer prints. */
  readonly digits: number;
}

interface PeerCounts {
  readonly distinct: number;
  readonly generated: number;
}

/** `absent`: a program is not installed. Whoever has a ready one disposes of it at the end. */
export type Prepared =
  | { readonly kind: "absent" | "failed"; readonly why: string }
  | { readonly kind: "ready"; readonly runner: Runner; readonly dispose: () => void };

const pan = (...flags: string[]) =>
  ["gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=16000", ...flags, "-o", "pan", "pan.c"] as const;

export const peers: readonly Peer[] = [
  {
    name: "spin-dfs",
    says: "SPIN, full statespace, no partial-order reduction, depth-first, gcc -O2",
    file: "two-phase.pml",
    model: promela,
    builds: [["spin", "-a", "two-phase.pml"], pan()],
    runs: ["./pan", "-E", "-m100000", "-w24"],
    countsOf: countsOfPan,
    digits: 8,
  },
  {
    name: "spin-bfs",
    says: "the same, breadth-first",
    file: "two-phase.pml",
    model: promela,
    builds: [["spin", "-a", "two-phase.pml"], pan("-DBFS")],
    runs: ["./pan", "-E", "-w24"],
    countsOf: countsOfPan,
    digits: 8,
  },
  {
    name: "rumur",
    says: "Rumur, one thread, breadth-first, no symmetry reduction, gcc -O3",
    file: "two-phase.m",
    model: murphi,
    builds: [
      [
        ...["rumur", "--threads", "1", "--symmetry-reduction", "off", "--deadlock-detection", "off"],
        ...["--output", "two-phase.c", "two-phase.m"],
      ] as [string, ...string[]],
      ["gcc", "-std=c11", "-O3", "-march=native", "-o", "two-phase", "two-phase.c", "-lpthread", "-mcx16", "-latomic"],
    ],
    runs: ["./two-phase"],
    countsOf: countsOfRumur,
    digits: 21,
  },
];

/** Compiles the peer's model of `n` resource managers, in a folder of its own. */
export async function prepare(peer: Peer, n: number, secondsMax: number): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), `lockstep-${peer.name}-`));
  const dispose = () => rmSync(folder, { recursive: true });
  writeFileSync(join(folder, peer.file), peer.model(n));
  for (const [program, ...args] of peer.builds) {
    const built = await run({ program, args, cwd: folder, secondsMax });
    if (built?.code === 0) continue;
    dispose();
    return built === null
      ? { kind: "absent", why: `${program} is not installed` }
      : { kind: "failed", why: failureOf(program, built) };
  }
  const [program, ...args] = peer.runs;
  const explore = () => measure(peer, n, { program, args, cwd: folder, secondsMax });
  return { kind: "ready", runner: { name: peer.name, start, explore }, dispose };
}

/** A compiled program starts in no time and holds nothing yet. */
async function start(): Promise<Measured> {
  return { kind: "measured", distinct: 1, generated: 1, seconds: 0, peakBytes: 0 };
}

async function measure(peer: Peer, n: number, command: Command): Promise<Measurement> {
  const ran = await run(command);
  if (ran === null) return { kind: "wrong", why: `${command.program} is gone` };
  const counts = ran.code === 0 ? peer.countsOf(ran.stdout) : null;
  if (counts === null) return { kind: "wrong", why: failureOf(command.program, ran) };
  const right = twoPhaseCounts.get(n);
  const why = right === undefined ? null : differenceOf(counts, shortened(right, peer.digits));
  if (why !== null) return { kind: "wrong", why };
  const { distinct, generated } = right ?? counts;
  return { kind: "measured", distinct, generated, seconds: ran.seconds, peakBytes: ran.peakBytes };
}

function shortened({ distinct, generated, depth }: Counts, digits: number): Counts {
  const short = (count: number) => Number(count.toPrecision(digits));
  return { distinct: short(distinct), generated: short(generated), depth };
}

function failureOf(program: string, { code, stdout, stderr }: Ran): string {
  const words = `${stderr} ${stdout}`.replace(/\s+/g, " ").trim();
  return `${program} ended with ${code ?? "a signal"}: ${words.slice(-300)}`;
}

/** SPIN counts the initial state among the transitions, as TLC does, and writes large numbers as `1.235584e+08`. */
export function countsOfPan(stdout: string): PeerCounts | null {
  const distinct = /^\s*([\d.e+]+) states, stored/m.exec(stdout)?.[1];
  const generated = /^\s*([\d.e+]+) transitions \(= stored\+matched\)/m.exec(stdout)?.[1];
  if (distinct === undefined || generated === undefined || !/errors: 0$/m.test(stdout)) return null;
  return { distinct: Number(distinct), generated: Number(generated) };
}

/** Rumur counts rules that fired, and the initial state comes of none: one more is generated. */
function countsOfRumur(stdout: string): PeerCounts | null {
  const [, distinct, fired] = /^\s*(\d+) states, (\d+) rules fired/m.exec(stdout) ?? [];
  if (distinct === undefined || fired === undefined || !stdout.includes("No error found.")) return null;
  return { distinct: Number(distinct), generated: Number(fired) + 1 };
}

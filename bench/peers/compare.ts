/** The peers and our engines on two-phase commit, side by side. */
import { joined, measureRates, notMeasured, type Rates, type Say } from "../rates.ts";
import { type Programs, runnerOf, type Subject, type Workload } from "../subjects.ts";
import { peers, prepare } from "./peers.ts";
import { twoPhaseCounts } from "./two-phase.ts";

/** `sizes`: numbers of resource managers. */
export async function comparePeers(
  sizes: readonly number[],
  subjects: readonly Subject[],
  rounds: number,
  programs: Programs,
  say: Say,
): Promise<Rates> {
  const results: Rates[] = [];
  for (const n of sizes) {
    const workload = twoPhaseWorkload(n);
    const prepared = await Promise.all(peers.map((peer) => prepare(peer, n, programs.secondsMax)));
    const ready = prepared.flatMap((one) => (one.kind === "ready" ? [one] : []));
    const absent = prepared.flatMap((one, i) =>
      one.kind === "ready" ? [] : [{ subject: peers[i]?.name ?? "", workload: workload.name, why: one.why }],
    );
    for (const one of absent) say(notMeasured(one));
    const runners = [
      ...ready.map(({ runner }) => runner),
      ...subjects.map((subject) => runnerOf(subject, workload, programs)),
    ];
    results.push(await measureRates([{ workload: workload.name, runners }], rounds, say));
    results.push({ rates: [], skipped: absent });
    for (const { dispose } of ready) dispose();
  }
  return joined(results);
}

function twoPhaseWorkload(n: number): Workload {
  const model = ["two-phase", "--set", `RM=${n}`, "--property", "TCConsistent"];
  return { name: `two-phase RM=${n}`, model, raft: null, statesMax: null, counts: twoPhaseCounts.get(n) ?? null };
}

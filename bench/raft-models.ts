/** The configurations of Raft.tla that are measured, small ones first. */
import type { Bounds } from "./hand-packed/layout.ts";

export interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

export interface RaftModel extends Counts {
  /** Servers, elections, restarts and values, as in `3s-1e-0r-2v`. */
  readonly name: string;
  /**
   * `corpus`: published, and recorded in the corpus. `engines`: found by the hand-packed explorer and an engine of ours.
   * `hand-packed`: by that explorer alone, so far.
   */
  readonly countedBy: "corpus" | "engines" | "hand-packed";
}

export const raftModels: readonly RaftModel[] = [
  { name: "2s-2e-0r-1v", distinct: 2_224, generated: 3_277, depth: 28, countedBy: "corpus" },
  { name: "2s-2e-1r-1v", distinct: 12_394, generated: 20_833, depth: 33, countedBy: "corpus" },
  { name: "3s-1e-0r-1v", distinct: 37_345, generated: 93_145, depth: 35, countedBy: "corpus" },
  { name: "2s-3e-0r-1v", distinct: 82_234, generated: 143_273, depth: 40, countedBy: "corpus" },
  { name: "3s-1e-1r-1v", distinct: 179_798, generated: 474_892, depth: 36, countedBy: "corpus" },
  { name: "3s-1e-2r-1v", distinct: 392_643, generated: 1_273_387, depth: 37, countedBy: "corpus" },
  { name: "2s-2e-0r-3v", distinct: 1_030_780, generated: 1_619_769, depth: 50, countedBy: "engines" },
  { name: "3s-1e-0r-2v", distinct: 4_083_889, generated: 10_355_413, depth: 55, countedBy: "corpus" },
  { name: "4s-1e-1r-1v", distinct: 10_538_178, generated: 34_732_685, depth: 51, countedBy: "hand-packed" },
  { name: "3s-1e-1r-2v", distinct: 23_318_114, generated: 62_078_788, depth: 56, countedBy: "hand-packed" },
  { name: "3s-2e-0r-1v", distinct: 53_346_676, generated: 188_560_084, depth: 49, countedBy: "corpus" },
  { name: "3s-1e-3r-2v", distinct: 101_322_628, generated: 370_488_610, depth: 58, countedBy: "hand-packed" },
];

export function raftModel(name: string): RaftModel {
  const model = raftModels.find((one) => one.name === name);
  if (model === undefined) throw new RangeError(`no model ${name}: ${raftModels.map((one) => one.name).join(", ")}`);
  return model;
}

export function boundsOf(name: string): Bounds {
  const [servers, elections, restarts, values] = /^(\d)s-(\d)e-(\d)r-(\d)v$/.exec(name)?.slice(1).map(Number) ?? [];
  if (servers === undefined || elections === undefined || restarts === undefined || values === undefined) {
    throw new RangeError(`"${name}" is not the name of a configuration: expected one like 3s-1e-0r-2v`);
  }
  return { servers, elections, restarts, values };
}

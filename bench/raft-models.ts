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
  /** Whether the corpus has the model, with these counts; the others are agreed by two engines of ours. */
  readonly isPublished: boolean;
}

export const raftModels: readonly RaftModel[] = [
  published("2s-2e-0r-1v", 2_224, 3_277, 28),
  published("2s-2e-1r-1v", 12_394, 20_833, 33),
  published("3s-1e-0r-1v", 37_345, 93_145, 35),
  published("2s-3e-0r-1v", 82_234, 143_273, 40),
  published("3s-1e-1r-1v", 179_798, 474_892, 36),
  published("3s-1e-2r-1v", 392_643, 1_273_387, 37),
  own("2s-2e-0r-3v", 1_030_780, 1_619_769, 50),
  published("3s-1e-0r-2v", 4_083_889, 10_355_413, 55),
  published("3s-2e-0r-1v", 53_346_676, 188_560_084, 49),
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

function published(name: string, distinct: number, generated: number, depth: number): RaftModel {
  return { name, distinct, generated, depth, isPublished: true };
}

function own(name: string, distinct: number, generated: number, depth: number): RaftModel {
  return { name, distinct, generated, depth, isPublished: false };
}

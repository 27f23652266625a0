/** The bounds of a model of Raft.tla and of the modules derived from it. */

/** How many servers, elections, restarts and values: `3s-1e-0r-2v` in the name of a model. */
export interface Bounds {
  readonly s: number;
  readonly e: number;
  readonly r: number;
  readonly v: number;
}

export interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

export function namedBy({ s, e, r, v }: Bounds): string {
  return `${s}s-${e}e-${r}r-${v}v`;
}

export function settingsOf({ s, e, r, v }: Bounds) {
  return { Server: s, Value: v, MaxElections: e, MaxRestarts: r };
}

export function inWords({ s, e, r, v }: Bounds): string {
  return `${s} servers, at most ${e} elections and ${r} restarts, ${v} client values`;
}

export function inNames({ s, e, r, v }: Bounds): string {
  return `${s} servers, MaxElections = ${e}, MaxRestarts = ${r}, ${v} values, no VIEW`;
}

import { type Fault, type FaultKind, faultKinds } from "./fault.ts";

/** All that decides a run, as a file: the world comes from the seed, and the faults are listed. */
export interface Schedule {
  readonly seed: number;
  readonly servers: number;
  readonly spares: number;
  readonly steps: number;
  readonly faults: readonly Fault[];
}

/** A file that is no schedule: where, what was expected and what was found. */
export interface ScheduleFault {
  /** `faults[3].for` */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

export type ScheduleRead =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly fault: ScheduleFault };

const FORMAT = "lockstep-sim-schedule";
const VERSION = 1;

/** One fault a line, so that a person can take some out. */
export function scheduleText({ seed, servers, spares, steps, faults }: Schedule): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, seed, servers, spares, steps }).slice(0, -1);
  const lines = faults.map((fault) => `  ${JSON.stringify(fault)}`);
  return `${head},"faults":[${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n`}]}\n`;
}

/** What a field of a fault may be. */
type Field = "count" | "target" | "server" | "ticks" | "side" | "flag" | "direction";

/** The fields of each kind of fault, besides `at` and `kind`. */
const FIELDS: Readonly<Record<FaultKind, Readonly<Record<string, Field>>>> = {
  isolate: { target: "target", for: "count" },
  split: { side: "side", for: "count" },
  "one-way": { target: "target", direction: "direction", for: "count" },
  hub: { hub: "server", for: "count" },
  constrained: { hub: "server", for: "count" },
  chain: { for: "count" },
  "cut-link": { one: "target", other: "server", for: "count" },
  lossy: { loss: "count", duplication: "count", reordering: "count", for: "count" },
  "slow-network": { factor: "count", for: "count" },
  crash: { target: "target", for: "count" },
  "power-cut": { target: "target", torn: "flag", for: "count" },
  pause: { target: "target", for: "count" },
  "clock-jump": { target: "target", ticks: "ticks" },
  "clock-rate": { target: "target", permille: "count", for: "count" },
  "disk-slow": { target: "target", factor: "count", for: "count" },
  "disk-stall": { target: "target", for: "count" },
  "disk-error": { target: "target", for: "count" },
  "disk-lie": { target: "target", for: "count" },
  "add-voter": { target: "server" },
  "add-learner": { target: "server" },
  remove: { target: "target" },
  replace: { target: "target", by: "server" },
  transfer: { to: "server" },
  campaign: { target: "server" },
};

const COUNT_MAX = 2 ** 48;
export const SERVERS_MAX = 32;

/** Reads what `scheduleText` wrote, or a person changed. */
export function readSchedule(text: string): ScheduleRead {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return refused("the file", "JSON", error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(file)) return refused("the file", "an object", shown(file));
  if (file["format"] !== FORMAT) return refused("format", JSON.stringify(FORMAT), shown(file["format"]));
  if (file["version"] !== VERSION) return refused("version", String(VERSION), shown(file["version"]));
  const { seed, servers, spares, steps, faults } = file;
  if (!isCount(seed, 0, 2 ** 32 - 1)) return refused("seed", "a whole number below 2^32", shown(seed));
  if (!isCount(servers, 1, SERVERS_MAX))
    return refused("servers", `a whole number from 1 to ${SERVERS_MAX}`, shown(servers));
  if (!isCount(spares, 0, SERVERS_MAX)) return refused("spares", `a whole number up to ${SERVERS_MAX}`, shown(spares));
  if (!isCount(steps, 1, COUNT_MAX)) return refused("steps", "a whole number from 1", shown(steps));
  if (!Array.isArray(faults)) return refused("faults", "a list", shown(faults));
  let before = 0;
  for (const [place, fault] of faults.entries()) {
    const problem = problemOf(fault, `faults[${place}]`, servers + spares, before);
    if (problem !== null) return { ok: false, fault: problem };
    before = isRecord(fault) ? Number(fault["at"]) : before;
  }
  return { ok: true, schedule: { seed, servers, spares, steps, faults } };
}

function problemOf(fault: unknown, place: string, servers: number, before: number): ScheduleFault | null {
  if (!isRecord(fault)) return { place, expected: "an object", found: shown(fault) };
  const { at, kind } = fault;
  const known = faultKinds.find((name) => name === kind);
  if (known === undefined)
    return { place: `${place}.kind`, expected: `one of ${faultKinds.join(", ")}`, found: shown(kind) };
  if (!isCount(at, before, COUNT_MAX)) {
    return {
      place: `${place}.at`,
      expected: `microseconds, from ${before}, where the fault before it begins`,
      found: shown(at),
    };
  }
  for (const [name, field] of Object.entries(FIELDS[known])) {
    const expected = unlikeField(fault[name], field, servers);
    if (expected !== null) return { place: `${place}.${name}`, expected, found: shown(fault[name]) };
  }
  return null;
}

/** What was expected of a field that is not as it should be; null where it is. */
function unlikeField(value: unknown, field: Field, servers: number): string | null {
  const isServer = isCount(value, 0, servers - 1);
  const server = `the place of a server, from 0 to ${servers - 1}`;
  switch (field) {
    case "count":
      return isCount(value, 0, COUNT_MAX) ? null : "a whole number from 0";
    case "server":
      return isServer ? null : server;
    case "target":
      return isServer || value === -1 || value === "leader" ? null : `${server}, "leader", or -1 for the whole cluster`;
    case "ticks":
      return Number.isSafeInteger(value) && Math.abs(Number(value)) <= 100_000
        ? null
        : "ticks, at most 100000 either way";
    case "side":
      return Array.isArray(value) && value.every((one) => isCount(one, 0, servers - 1))
        ? null
        : "a list of places of servers";
    case "flag":
      return typeof value === "boolean" ? null : "true or false";
    case "direction":
      return value === "in" || value === "out" ? null : '"in" or "out"';
  }
}

function refused(place: string, expected: string, found: string): ScheduleRead {
  return { ok: false, fault: { place, expected, found } };
}

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

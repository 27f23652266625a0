import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fault, faultKinds, readSchedule, type Schedule, scheduleText, shrinkFaults, simulate } from "./index.ts";

const schedule: Schedule = {
  seed: 3,
  servers: 3,
  spares: 1,
  steps: 1000,
  faults: [
    { at: 5, kind: "crash", target: "leader", for: 100 },
    { at: 9, kind: "split", side: [0, 3], for: 7 },
  ],
};

function refusalOf(change: object): string {
  const read = readSchedule(JSON.stringify({ ...JSON.parse(scheduleText(schedule)), ...change }));
  return read.ok ? "read" : `${read.fault.place}: expected ${read.fault.expected}, found ${read.fault.found}`;
}

describe("a schedule", () => {
  it("is read as it was written, one fault a line", () => {
    expect(readSchedule(scheduleText(schedule))).toEqual({ ok: true, schedule });
    expect(scheduleText(schedule)).toBe(
      `{"format":"lockstep-sim-schedule","version":1,"seed":3,"servers":3,"spares":1,"steps":1000,"faults":[
  {"at":5,"kind":"crash","target":"leader","for":100},
  {"at":9,"kind":"split","side":[0,3],"for":7}
]}
`,
    );
  });

  it("is read back for whatever a seed gives", () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 90; seed += 1) {
      const { faults } = simulate({ seed, servers: 4, spares: 2, steps: 1500, faults: null, log: null });
      for (const { kind } of faults) kinds.add(kind);
      const written = { seed, servers: 4, spares: 2, steps: 1500, faults };
      expect(readSchedule(scheduleText(written))).toEqual({ ok: true, schedule: written });
    }
    expect([...kinds].sort()).toEqual([...faultKinds].sort());
  });

  it("is refused where it makes no sense, and says where", () => {
    expect(refusalOf({ format: "x" })).toBe('format: expected "lockstep-sim-schedule", found "x"');
    expect(refusalOf({ version: 2 })).toBe("version: expected 1, found 2");
    expect(refusalOf({ seed: -1 })).toBe("seed: expected a whole number below 2^32, found -1");
    expect(refusalOf({ servers: 0 })).toBe("servers: expected a whole number from 1 to 32, found 0");
    expect(refusalOf({ spares: 99 })).toBe("spares: expected a whole number up to 32, found 99");
    expect(refusalOf({ steps: "many" })).toBe('steps: expected a whole number from 1, found "many"');
    expect(refusalOf({ faults: {} })).toBe("faults: expected a list, found {}");
    expect(refusalOf({ faults: [7] })).toBe("faults[0]: expected an object, found 7");
    expect(refusalOf({ faults: [{ at: 1, kind: "chain" }] })).toBe(
      "faults[0].for: expected a whole number from 0, found nothing",
    );
    expect(refusalOf({ faults: [{ at: 1, kind: "crash", target: 4, for: 1 }] })).toBe(
      'faults[0].target: expected the place of a server, from 0 to 3, "leader", or -1 for the whole cluster, found 4',
    );
    const late = { at: 9, kind: "chain", for: 1 };
    expect(refusalOf({ faults: [late, { ...late, at: 8 }] })).toBe(
      "faults[1].at: expected microseconds, from 9, where the fault before it begins, found 8",
    );
  });

  it("that is no JSON is refused", () => {
    const read = readSchedule("{");
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.fault).toMatchObject({ place: "the file", expected: "JSON" });
  });
});

describe("schedules of any kind", () => {
  const length = fc.integer({ min: 1000, max: 400_000 });
  const server = fc.integer({ min: 0, max: 2 });
  const target = fc.oneof(server, fc.constant("leader" as const));
  const body = fc.oneof(
    fc.record({ kind: fc.constantFrom("crash", "isolate", "pause", "disk-stall", "disk-error"), target, for: length }),
    fc.record({ kind: fc.constant("power-cut" as const), target, torn: fc.boolean(), for: length }),
    fc.record({ kind: fc.constantFrom("hub", "constrained"), hub: server, for: length }),
    fc.record({ kind: fc.constant("one-way" as const), target, direction: fc.constantFrom("in", "out"), for: length }),
    fc.record({ kind: fc.constant("transfer" as const), to: server }),
    fc.record({ kind: fc.constant("campaign" as const), target: server }),
    fc.record({ kind: fc.constant("remove" as const), target }),
    fc.record({ kind: fc.constant("add-voter" as const), target: server }),
  );
  const faults: fc.Arbitrary<Fault[]> = fc
    .array(fc.tuple(fc.integer({ min: 300_000, max: 1_500_000 }), body), { maxLength: 12 })
    .map((list) => list.map(([at, fault]) => ({ at, ...fault }) as Fault).sort((one, other) => one.at - other.at));

  it("break no property", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), faults, (seed, listed) => {
        const { failure } = simulate({ seed, servers: 3, spares: 1, steps: 2500, faults: listed, log: null });
        expect(failure).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});

describe("shrinking", () => {
  const numbered = (count: number): Fault[] =>
    Array.from({ length: count }, (_, at) => ({ at, kind: "chain", for: 1 }));

  it("leaves exactly the faults that the failure needs", () => {
    const needs = (faults: readonly Fault[]): boolean => [3, 17].every((at) => faults.some((fault) => fault.at === at));
    const shrunk = shrinkFaults(numbered(40), needs, 1000);
    expect(shrunk.faults.map(({ at }) => at)).toEqual([3, 17]);
  });

  it("stops at its limit, with a list that still fails", () => {
    const shrunk = shrinkFaults(numbered(64), (faults) => faults.length > 5, 4);
    expect(shrunk).toEqual({ faults: numbered(64).slice(-shrunk.faults.length), runs: 4 });
    expect(shrunk.faults.length).toBeGreaterThan(5);
  });
});

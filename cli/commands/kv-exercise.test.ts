import { describe, expect, it } from "vitest";
import type { Called } from "../../impl/kv/index.ts";
import type { Io } from "../io.ts";
import { type Exercised, exercise } from "./kv-exercise.ts";

/** What becomes of the write of this number: it is done, twice or not at all, or its client is not told. */
type Fate = "done" | "twice" | "lost" | "doubtful" | "doubtful and done";

const failure = { code: "unavailable", happened: "maybe", message: "no answer", details: {} } as const;

/** A service that keeps appended values in memory, and does to each write what its number says. */
function serviceWhere(fateOf: (number: number) => Fate): Exercised {
  const values = new Map<string, string>();
  return {
    session: () => ({
      append: async (key, value): Promise<Called<unknown>> => {
        const fate = fateOf(Number.parseInt(value, 10));
        const times = { done: 1, twice: 2, lost: 0, doubtful: 0, "doubtful and done": 1 }[fate];
        values.set(key, `${values.get(key) ?? ""}${value.repeat(times)}`);
        return fate.startsWith("doubtful") ? { kind: "failed", failure } : { kind: "done", value: null };
      },
      close: async () => undefined,
    }),
    get: async (key) => {
      const item = { key, value: values.get(key) ?? "", createRevision: 1, modRevision: 1 };
      return { kind: "done", value: { item, revision: 1 } };
    },
  };
}

async function exercised(fateOf: (number: number) => Fate) {
  const printed = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      printed[name] += text;
    },
    isTerminal: false,
    columns: 80,
  });
  let clock = 0;
  const now = (): number => {
    clock += 50;
    return clock;
  };
  const io: Pick<Io, "stdout" | "stderr" | "now"> = { stdout: output("stdout"), stderr: output("stderr"), now };
  const exit = await exercise(serviceWhere(fateOf), { seconds: 1, clients: 1 }, io);
  return { exit, ...printed };
}

describe("kv exercise", () => {
  it("exits with 0 where every acknowledged write is there, once", async () => {
    const { exit, stdout } = await exercised(() => "done");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^\d+ writes acknowledged, .*; 0 in doubt\nEvery acknowledged write is there, once\.\n$/);
  });

  it("exits with 12 where an acknowledged write is lost or was made twice", async () => {
    for (const fate of ["lost", "twice"] as const) {
      const { exit, stdout, stderr } = await exercised((number) => (number >= 3 ? fate : "done"));
      expect([fate, exit]).toEqual([fate, 12]);
      expect(stderr).toContain("acknowledged writes of client 0 are lost, or were made twice");
      expect(stdout).not.toContain("Every acknowledged write");
    }
  });

  it("takes a write without an answer for either", async () => {
    for (const fate of ["doubtful", "doubtful and done"] as const) {
      const { exit, stdout } = await exercised((number) => (number === 3 ? fate : "done"));
      expect([fate, exit]).toEqual([fate, 0]);
      expect(stdout).toContain("2 writes acknowledged, ");
      expect(stdout).toContain("; 1 in doubt\n");
    }
  });
});

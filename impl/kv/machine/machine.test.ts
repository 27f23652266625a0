import { describe, expect, it } from "vitest";
import { type Command, encodeCommand, type KeyChange, KvMachine } from "./index.ts";

describe("The key-value machine", () => {
  it("remembers of each key its value, since when it is there, and when it changed last", () => {
    const { machine, run } = started();
    expect(run({ kind: "put", stamp: null, key: "a", value: "one" })).toEqual({ kind: "written", revision: 1 });
    expect(run({ kind: "put", stamp: null, key: "a", value: "two" })).toEqual({ kind: "written", revision: 2 });
    expect(machine.get("a")).toEqual({ value: "two", size: 3, created: 1, modified: 2 });
    expect(machine.get("b")).toBeUndefined();
  });

  it("deletes a key, and says whether it was there", () => {
    const { machine, run } = started();
    run({ kind: "put", stamp: null, key: "a", value: "one" });
    expect(run({ kind: "delete", stamp: null, key: "a" })).toEqual({ kind: "deleted", revision: 2, existed: true });
    expect(run({ kind: "delete", stamp: null, key: "a" })).toEqual({ kind: "deleted", revision: 3, existed: false });
    expect([machine.get("a"), machine.keyCount, machine.size, machine.revision]).toEqual([undefined, 0, 0, 3]);
  });

  it("swaps a value only if the key is as expected, and says what it found", () => {
    const { machine, run } = started();
    const swap = (expected: Extract<Command, { kind: "compare-and-swap" }>["expected"], value: string | null) =>
      run({ kind: "compare-and-swap", stamp: null, key: "a", expected, value });
    expect(swap({ kind: "value", value: "" }, "x")).toEqual({ kind: "mismatch", revision: 1, found: null });
    expect(swap({ kind: "absent" }, "one")).toEqual({ kind: "written", revision: 2 });
    expect(swap({ kind: "absent" }, "x")).toEqual({ kind: "mismatch", revision: 3, found: 2 });
    expect(swap({ kind: "value", value: "two" }, "x")).toEqual({ kind: "mismatch", revision: 4, found: 2 });
    expect(swap({ kind: "value", value: "one" }, "two")).toEqual({ kind: "written", revision: 5 });
    expect(swap({ kind: "revision", revision: 2 }, "x")).toEqual({ kind: "mismatch", revision: 6, found: 5 });
    expect(swap({ kind: "revision", revision: 5 }, null)).toEqual({ kind: "deleted", revision: 7, existed: true });
    expect(machine.get("a")).toBeUndefined();
  });

  it("appends to a value, up to a size", () => {
    const { machine, run } = started();
    const append = (value: string | Uint8Array) => run({ kind: "append", stamp: null, key: "a", value, sizeMax: 6 });
    append("ab");
    append("é");
    expect(machine.get("a")).toEqual({ value: "abé", size: 4, created: 1, modified: 2 });
    expect(append("éé")).toEqual({ kind: "too-large", revision: 3, size: 8, sizeMax: 6 });
    append(Uint8Array.of(255));
    const value = Uint8Array.of(97, 98, 0xc3, 0xa9, 255);
    expect(machine.get("a")).toEqual({ value, size: 5, created: 1, modified: 4 });
  });

  it("compares bytes, whichever form they came in", () => {
    const { run } = started();
    run({ kind: "put", stamp: null, key: "a", value: Uint8Array.of(104, 105) });
    const expected = { kind: "value", value: "hi" } as const;
    const swap = { kind: "compare-and-swap", stamp: null, key: "a", expected, value: "x" } as const;
    expect(run(swap)).toEqual({ kind: "written", revision: 2 });
  });

  it("carries out a command of a session once", () => {
    const { machine, run } = started();
    expect(run({ kind: "open-session", limits: { sessionsMax: 2, unacknowledgedMax: 8 } })).toEqual({
      kind: "session-opened",
      session: 1,
    });
    const stamp = { session: 1, sequence: 1, acknowledged: 0 };
    const append: Command = { kind: "append", stamp, key: "a", value: "x", sizeMax: 100 };
    expect([run(append), run(append)]).toEqual([
      { kind: "written", revision: 2 },
      { kind: "written", revision: 2 },
    ]);
    expect(machine.get("a")?.value).toBe("x");
    expect(run({ kind: "close-session", session: 1 })).toEqual({ kind: "session-closed", existed: true });
    expect(run(append)).toEqual({ kind: "unknown-session", session: 1 });
    expect(machine.get("a")?.value).toBe("x");
  });

  it("gives ranges in order, page by page", () => {
    const { machine, run } = started();
    for (const key of ["b/2", "a", "b/3", "c", "b/1"]) run({ kind: "put", stamp: null, key, value: key });
    const keys = (...range: Parameters<KvMachine["range"]>) => {
      const { items, next } = machine.range(...range);
      return [items.map(([key]) => key), next];
    };
    expect(keys("", "", 10, 1000)).toEqual([["a", "b/1", "b/2", "b/3", "c"], null]);
    expect(keys("b/", "", 2, 1000)).toEqual([["b/1", "b/2"], "b/3"]);
    expect(keys("b/", "b/3", 2, 1000)).toEqual([["b/3"], null]);
    expect(keys("b/", "", 10, 7)).toEqual([["b/1", "b/2"], "b/3"]);
    expect(keys("b/", "", 10, 1)).toEqual([["b/1"], "b/2"]);
    expect(keys("d", "", 10, 1)).toEqual([[], null]);
  });

  it("tells of what changes, and of nothing that does not", () => {
    const { told, run } = started();
    run({ kind: "put", stamp: null, key: "a", value: "one" });
    run({ kind: "compare-and-swap", stamp: null, key: "a", expected: { kind: "absent" }, value: "x" });
    run({ kind: "append", stamp: null, key: "a", value: "+", sizeMax: 4 });
    run({ kind: "append", stamp: null, key: "a", value: "+", sizeMax: 4 });
    run({ kind: "delete", stamp: null, key: "a" });
    run({ kind: "delete", stamp: null, key: "a" });
    expect(told).toEqual([
      { key: "a", value: "one", revision: 1, created: 1 },
      { key: "a", value: "one+", revision: 3, created: 1 },
      { key: "a", value: null, revision: 5, created: null },
    ]);
  });

  it("stops at a command that it cannot read, rather than to differ from the others in silence", () => {
    const { machine } = started();
    expect(() => machine.apply(1, Uint8Array.of(99, 0, 0))).toThrow(
      "there is no command 99: this server may be older than the one that wrote it",
    );
    expect(() => machine.apply(1, Uint8Array.of())).toThrow("the bytes end at 0, and more was expected");
  });
});

describe("An image", () => {
  it("of another version or with damage is refused, and what was there stays", () => {
    const { machine, run } = started();
    run({ kind: "put", stamp: null, key: "a", value: "one" });
    const image = machine.image().slice();
    const other = new KvMachine(null);
    other.apply(7, encodeCommand({ kind: "put", stamp: null, key: "mine", value: "1" }));
    expect(() => other.restore(Uint8Array.of(9, ...image.subarray(1)))).toThrow(
      "the image has version 9, and this program reads version 1",
    );
    for (let length = 0; length < image.length; length += 1) {
      expect(() => other.restore(image.subarray(0, length))).toThrow();
    }
    expect(() => other.restore(Uint8Array.of(...image, 0))).toThrow("1 bytes too many");
    expect([other.revision, other.get("mine")?.value, other.get("a")]).toEqual([7, "1", undefined]);
  });

  it("is told to the listener when it is restored", () => {
    const restored: number[] = [];
    const other = new KvMachine({ changed: () => {}, restored: (revision) => restored.push(revision) });
    const { machine, run } = started();
    run({ kind: "put", stamp: null, key: "a", value: "one" });
    other.restore(machine.image());
    expect(restored).toEqual([1]);
  });
});

function started() {
  const told: KeyChange[] = [];
  const machine = new KvMachine({ changed: (change) => told.push(change), restored: () => {} });
  let index = 0;
  const run = (command: Command) => machine.apply(++index, encodeCommand(command));
  return { machine, run, told };
}

import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOf, type Command, type Expected, encodeCommand, KvMachine, type Value } from "./index.ts";

/** Some are beyond ASCII, one begins with a byte order mark, and some sort otherwise in UTF-8 than in UTF-16. */
const key = fc.constantFrom("a", "b", "b/1", "b/2", "é", "\ufeffa", "\uffee", "😀", "longer than the shortest");
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.uint8Array({ maxLength: 8 }),
);
const stamp = fc.option(
  fc.record({
    session: fc.integer({ min: 1, max: 20 }),
    sequence: fc.integer({ min: 1, max: 4 }),
    acknowledged: fc.nat(2),
  }),
);
const expected: fc.Arbitrary<Expected> = fc.oneof(
  fc.constant({ kind: "absent" as const }),
  fc.record({ kind: fc.constant("value" as const), value }),
  fc.record({ kind: fc.constant("revision" as const), revision: fc.nat(40) }),
);
const limits = fc.record({
  sessionsMax: fc.integer({ min: 1, max: 4 }),
  unacknowledgedMax: fc.integer({ min: 1, max: 3 }),
});
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("put" as const), stamp, key, value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), stamp, key }) },
  fc.record({
    kind: fc.constant("compare-and-swap" as const),
    stamp,
    key,
    expected,
    value: fc.option(value),
  }),
  fc.record({ kind: fc.constant("append" as const), stamp, key, value, sizeMax: fc.nat(20) }),
  fc.record({ kind: fc.constant("open-session" as const), limits }),
  fc.record({ kind: fc.constant("close-session" as const), session: fc.integer({ min: 1, max: 20 }) }),
);

it("A machine that is restored from an image in the middle goes on as one that was not", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), fc.nat(40), (commands, middle) => {
      const straight = new KvMachine(null);
      let restored = new KvMachine(null);
      for (const [i, one] of commands.entries()) {
        if (i === middle) {
          const image = restored.image().slice();
          restored = new KvMachine(null);
          restored.restore(image);
          expect(restored.image()).toEqual(image);
        }
        const bytes = encodeCommand(one);
        expect(restored.apply(i + 1, bytes)).toEqual(straight.apply(i + 1, bytes));
      }
      expect(restored.image()).toEqual(straight.image());
      expect([restored.size, restored.keyCount, restored.sessionCount]).toEqual([
        straight.size,
        straight.keyCount,
        straight.sessionCount,
      ]);
    }),
  );
});

it("Without sessions, the machine holds what a plain map of bytes holds, and lists it in order", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const machine = new KvMachine(null);
      const plain = new Map<string, { bytes: string; modified: number }>();
      for (const [i, one] of commands.entries()) {
        const plainOne = "stamp" in one ? { ...one, stamp: null } : one;
        machine.apply(i + 1, encodeCommand(plainOne));
        applyPlainly(plain, i + 1, plainOne);
      }
      const listed = machine.range("", "", 1000, 1e6).items;
      expect(listed.map(([name, item]) => [name, hex(item.value), item.modified])).toEqual(
        [...plain]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([name, item]) => [name, item.bytes, item.modified]),
      );
      const sizes = [...plain].map(([name, { bytes }]) => bytesOf(name).length + bytes.length / 2);
      expect(machine.size).toBe(sizes.reduce((sum, size) => sum + size, 0));
    }),
  );
});

it("Many keys that come and go stay in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2000, max: 2000 }), { minLength: 3000, maxLength: 6000 }), (steps) => {
      const machine = new KvMachine(null);
      const present = new Set<string>();
      for (const [i, step] of steps.entries()) {
        const name = `key-${Math.abs(step)}`;
        const kind = step < 0 ? "delete" : "put";
        machine.apply(i + 1, encodeCommand({ kind, stamp: null, key: name, value: "" }));
        if (step < 0) present.delete(name);
        else present.add(name);
      }
      expect(machine.range("", "", 10_000, 1e6).items.map(([name]) => name)).toEqual([...present].sort());
    }),
    { numRuns: 20 },
  );
});

function applyPlainly(
  plain: Map<string, { bytes: string; modified: number }>,
  modified: number,
  command: Command,
): void {
  if (command.kind === "open-session" || command.kind === "close-session") return;
  const before = plain.get(command.key);
  if (command.kind === "compare-and-swap" && !isAsExpected(before, command.expected)) return;
  const added = command.kind === "delete" || command.value === null ? null : hex(command.value);
  if (added === null) plain.delete(command.key);
  else if (command.kind !== "append") plain.set(command.key, { bytes: added, modified });
  else {
    const bytes = (before?.bytes ?? "") + added;
    if (bytes.length / 2 <= command.sizeMax) plain.set(command.key, { bytes, modified });
  }
}

function isAsExpected(before: { bytes: string; modified: number } | undefined, expected: Expected): boolean {
  if (expected.kind === "absent") return before === undefined;
  if (expected.kind === "value") return before?.bytes === hex(expected.value);
  return before?.modified === expected.revision;
}

function hex(value: Value): string {
  return Buffer.from(bytesOf(value)).toString("hex");
}

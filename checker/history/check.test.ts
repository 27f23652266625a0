import { describe, expect, it } from "vitest";
import { checkHistory, operationText } from "./index.ts";
import { modelNamed, operationsOf, told, unlimited } from "./samples.suite.ts";

function verdict(model: string, ...events: readonly string[]) {
  return checkHistory(modelNamed(model), operationsOf(told(events), model), unlimited);
}

function kind(model: string, ...events: readonly string[]): string {
  return verdict(model, ...events).kind;
}

const writeOf1 = ["0 invoke write 1", "0 ok write 1"];

describe("a history", () => {
  it("without operations is linearizable", () => {
    expect(checkHistory(modelNamed("register"), [], unlimited)).toEqual({ kind: "linearizable", witnesses: [] });
  });

  it("is violated by a read of what was overwritten before the read was called", () => {
    const events = [...writeOf1, "0 invoke write 2", "0 ok write 2", "1 invoke read null", "1 ok read 1"];
    const found = verdict("register", ...events);
    if (found.kind !== "violated") throw new Error(`it is ${found.kind}`);
    expect(found.keys).toEqual([null]);
    expect(found.violation.operations.map(operationText)).toEqual(["write 1: ok", "write 2: ok", "read gave 1"]);
    expect(operationText(found.violation.culprit)).toBe("read gave 1");
    expect(found.violation).toMatchObject({ freedCount: 0, isMinimal: true });
  });

  it("lets a read see either value while the write overlaps it", () => {
    for (const seen of ["null", "1"]) {
      expect(kind("register", "0 invoke write 1", "1 invoke read null", `1 ok read ${seen}`, "0 ok write 1")).toBe(
        "linearizable",
      );
    }
  });

  it("does not let a value vanish that was read while its write was under way", () => {
    const seen = ["0 invoke write 1", "1 invoke read null", "1 ok read 1", "1 invoke read null", "1 ok read null"];
    expect(kind("register", ...seen)).toBe("violated");
    expect(kind("register", ...seen.slice(0, 3))).toBe("linearizable");
  });

  it("lets a write without an answer take effect long after its call, or never", () => {
    const events = [...writeOf1, "1 invoke write 2", "1 info write null", "0 invoke read null", "0 ok read 1"];
    expect(kind("register", ...events)).toBe("linearizable");
    expect(kind("register", ...events, "0 invoke read null", "0 ok read 2")).toBe("linearizable");
    expect(kind("register", ...events, "0 invoke read null", "0 ok read 2", "0 invoke read null", "0 ok read 1")).toBe(
      "violated",
    );
  });

  it("does not let a write without an answer take effect before its call", () => {
    const events = ["0 invoke read null", "0 ok read 2", "1 invoke write 2", "1 info write null"];
    expect(kind("register", ...events)).toBe("violated");
  });

  it("holds a swap that found another value to there having been one", () => {
    expect(kind("cas-register", ...writeOf1, "0 invoke cas [1,2]", "0 fail cas [1,2]")).toBe("violated");
    expect(kind("cas-register", ...writeOf1, "0 invoke cas [3,2]", "0 fail cas [3,2]")).toBe("linearizable");
    expect(kind("cas-register", ...writeOf1, "0 invoke cas [3,2]", "0 ok cas [3,2]")).toBe("violated");
  });

  it("lets one swap without an answer explain one change, and not two", () => {
    const swapped = [...writeOf1, "1 invoke cas [1,2]", "1 info cas null", "0 invoke read null", "0 ok read 2"];
    expect(kind("cas-register", ...swapped)).toBe("linearizable");
    expect(kind("cas-register", ...swapped, ...writeOf1, "0 invoke read null", "0 ok read 2")).toBe("violated");
  });

  it("is judged key by key, and names all keys that have no order", () => {
    const stale = (key: string) => [
      `0 invoke put ${key} "a"`,
      `0 ok put ${key} "a"`,
      `0 invoke get ${key} null`,
      `0 ok get ${key} "b"`,
    ];
    const found = verdict("kv", ...stale("y"), '1 invoke put z "b"', '1 ok put z "b"', ...stale("x"));
    expect(found).toMatchObject({ kind: "violated", keys: ["y", "x"], violation: { key: "y" } });
  });

  it("of appends keeps what was there, in one order for all", () => {
    const appended = ['0 invoke append x "a"', '1 invoke append x "b"', '0 ok append x "a"', '1 ok append x "b"'];
    expect(kind("kv", ...appended, "0 invoke get x null", '0 ok get x "ba"')).toBe("linearizable");
    expect(kind("kv", ...appended, "0 invoke get x null", '0 ok get x "aa"')).toBe("violated");
  });

  it("of a service that deletes reads null after the deletion", () => {
    const deleted = ['0 invoke put x ""', '0 ok put x ""', "0 invoke delete x null", "0 ok delete x null"];
    expect(kind("kv-cas", ...deleted, "0 invoke get x null", "0 ok get x null")).toBe("linearizable");
    expect(kind("kv-cas", ...deleted, "0 invoke get x null", '0 ok get x ""')).toBe("violated");
    expect(kind("kv-cas", ...deleted, '0 invoke cas x [null,"c"]', '0 ok cas x [null,"c"]')).toBe("linearizable");
  });

  it("has a witness that is an order of its operations", () => {
    const events = [
      "0 invoke write 1",
      "1 invoke write 2",
      "1 ok write 2",
      "0 ok write 1",
      "0 invoke read null",
      "0 ok read 2",
    ];
    const found = verdict("register", ...events);
    if (found.kind !== "linearizable") throw new Error(`it is ${found.kind}`);
    expect(found.witnesses.map(({ order }) => order.map(operationText))).toEqual([
      ["write 1: ok", "write 2: ok", "read gave 2"],
    ]);
  });

  it("is left undecided when the time or the memory of the search ends", () => {
    const model = modelNamed("register");
    const writes = Array.from({ length: 12 }, (_, i) => `${i} invoke write ${i}`);
    const returns = Array.from({ length: 12 }, (_, i) => `${i} ok write ${i}`);
    const operations = operationsOf(told([...writes, ...returns, "0 invoke read null", "0 ok read 99"]), "register");
    const ended = { isOver: () => true, configurationCountMax: 1e6 };
    expect(checkHistory(model, operations, ended)).toEqual({ kind: "unknown", key: null, by: "seconds" });
    const narrow = { isOver: () => false, configurationCountMax: 100 };
    expect(checkHistory(model, operations, narrow)).toEqual({ kind: "unknown", key: null, by: "configurations" });
    expect(checkHistory(model, operations, unlimited).kind).toBe("violated");
  });

  it("of fifty thousand operations is searched without a stack that grows with it", () => {
    const events = Array.from({ length: 25_000 }, (_, i) => [
      `0 invoke write ${i}`,
      `0 ok write ${i}`,
      "1 invoke read null",
      `1 ok read ${i}`,
    ]).flat();
    const operations = operationsOf(told(events), "register");
    expect(operations).toHaveLength(50_000);
    expect(checkHistory(modelNamed("register"), operations, unlimited).kind).toBe("linearizable");
  });

  it("of many operations is explained by the few that matter", () => {
    const writes = Array.from({ length: 100 }, (_, i) => [`0 invoke write ${i}`, `0 ok write ${i}`]).flat();
    const found = verdict("register", ...writes, "1 invoke read null", "1 ok read 7");
    if (found.kind !== "violated") throw new Error(`it is ${found.kind}`);
    expect(found.violation.operations.map(operationText)).toEqual(["write 7: ok", "write 8: ok", "read gave 7"]);
    expect(found.violation).toMatchObject({ freedCount: 98, isMinimal: true });
  });
});

import { describe, expect, it } from "vitest";
import { seq, setOf } from "../../../spec/lang/index.ts";
import { formatValue } from "./format-value.ts";
import { plain, type Shape } from "./shape.ts";

const server: Shape = { kind: "id", prefix: "s" };
const elements = (element: Shape): Shape => ({ kind: "elements", element });
const record = (fields: Readonly<Record<string, Shape>>): Shape => ({
  kind: "record",
  fields: new Map(Object.entries(fields)),
});

describe("a value in an explanation", () => {
  it("is an id by its name where the type says so, and a number elsewhere", () => {
    expect(formatValue(2, server)).toBe("s2");
    expect(formatValue(2, plain)).toBe("2");
    expect(formatValue(null, server)).toBe("null");
  });

  it("is text in quotes, as the source has it", () => {
    expect(formatValue("Leader", plain)).toBe('"Leader"');
  });

  it("is a set in braces, a sequence in brackets, and a record with its fields", () => {
    expect(formatValue(setOf(1, 3), elements(server))).toBe("{s1, s3}");
    expect(formatValue(seq(3, 1), elements(server))).toBe("[s3, s1]");
    expect(formatValue({ term: 1, leader: 2 }, record({ leader: server }))).toBe("{term: 1, leader: s2}");
  });

  it("is a map with its keys, whatever it keeps", () => {
    const map: Shape = { kind: "map", key: server, value: elements(server) };
    const votes = new Map([
      [1, setOf(2)],
      [2, setOf<number>()],
    ]);
    expect(formatValue(votes, map)).toBe("{s1: {s2}, s2: {}}");
  });

  it("is a case of a union by its kind", () => {
    const vote = record({ from: server });
    const message: Shape = { kind: "cases", cases: new Map([["Vote", vote]]) };
    expect(formatValue({ kind: "Vote", from: 3, term: 1 }, message)).toBe("Vote{from: s3, term: 1}");
    expect(formatValue({ kind: "Commit" }, message)).toBe("Commit");
  });

  it("says how many copies a bag holds", () => {
    const bag = {
      *[Symbol.iterator]() {
        yield "a";
        yield "b";
      },
      copies: (element: string) => (element === "a" ? 2 : 1),
    };
    expect(formatValue(bag, elements(plain))).toBe('{"a" ×2, "b"}');
  });

  it("is cut where it is long", () => {
    const text = formatValue(seq(...Array.from({ length: 60 }, (_, n) => n)), plain);
    expect([text.length, text.endsWith("...")]).toEqual([80, true]);
  });
});

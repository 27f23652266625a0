import { describe, expect, it } from "vitest";
import { Log } from "./log.ts";
import { noOps } from "./lone-server.suite.ts";

function compacted(): Log {
  const log = new Log(0, 0, noOps(1, 1, 1, 2, 2, 4));
  log.compactTo(2);
  return log;
}

describe("a log", () => {
  it("knows of what is compacted away only the term of the last entry", () => {
    const log = compacted();
    expect([log.baseIndex, log.lastIndex, log.lastTerm]).toEqual([2, 5, 4]);
    expect([0, 1, 2, 3, 5, 6].map((index) => log.termAt(index))).toEqual([undefined, undefined, 1, 2, 4, undefined]);
    expect([2, 3, 6].map((index) => log.entryAt(index)?.term)).toEqual([undefined, 2, undefined]);
    log.compactTo(5);
    expect([log.baseIndex, log.lastIndex, log.lastTerm]).toEqual([5, 5, 4]);
  });

  it("truncates, appends and gives ranges after compaction as before", () => {
    const log = compacted();
    log.truncateFrom(4);
    for (const entry of noOps(4, 5, 5)) log.append(entry);
    expect(log.range(3, 5)).toEqual([...noOps(3, 2), ...noOps(4, 5, 5)]);
    expect(log.range(4, 4)).toEqual(noOps(4, 5));
  });

  it("begins again after a snapshot", () => {
    const log = compacted();
    log.reset(9, 6);
    expect([log.baseIndex, log.lastIndex, log.lastTerm, log.termAt(9), log.termAt(5)]).toEqual([9, 9, 6, 6, undefined]);
  });

  it("gives a batch within its limits, and one entry whatever its size", () => {
    const log = compacted();
    expect(log.batch(3, 2, 1000)).toEqual(noOps(3, 2, 2));
    expect(log.batch(3, 10, 70)).toEqual(noOps(3, 2, 2));
    expect(log.batch(3, 10, 1)).toEqual(noOps(3, 2));
    expect(log.batch(6, 10, 1000)).toEqual([]);
  });

  it("finds where a conflict about a term can have begun, at best", () => {
    const log = compacted();
    expect([5, 4, 3, 2, 1].map((term) => log.lastIndexOfTerm(term, 9))).toEqual([5, 5, 4, 4, 2]);
    expect([3, 2, 0].map((from) => log.lastIndexOfTerm(4, from))).toEqual([3, 2, 0]);
  });
});

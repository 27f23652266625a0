import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TraceEvent } from "../core/tracing/event.ts";
import { openTraceFile } from "./trace-file.ts";

const HEADER = `{"format":"lockstep-trace","version":1}`;

describe("a trace file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "trace-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = () => join(folder, "a.ndjson");
  const lines = () => readFileSync(path(), "utf8").split("\n").slice(0, -1);

  it("begins with a header and has one event a line", async () => {
    const file = await openTraceFile(path());
    file.write(crash(1));
    file.write(crash(2));
    await file.close();
    expect(lines()).toEqual([HEADER, crashLine(1), crashLine(2)]);
  });

  it("continues a file that is there", async () => {
    for (const clock of [1, 2]) {
      const file = await openTraceFile(path());
      file.write(crash(clock));
      await file.close();
    }
    expect(lines()).toEqual([HEADER, crashLine(1), crashLine(2)]);
  });

  it("says between its events how many it had no room for", async () => {
    const file = await openTraceFile(path(), { waitingMax: HEADER.length + crashLine(1).length + 1, blockSize: 1 });
    file.write(crash(1));
    expect(file.isFull).toBe(true);
    file.lose(stamp(2));
    file.lose(stamp(3));
    expect(file.lost).toBe(2);
    while (file.isFull) await new Promise<void>((resolve) => setImmediate(resolve));
    file.write(crash(4));
    await file.close();
    expect(lines()).toEqual([HEADER, crashLine(1), lostLine(3, 2), crashLine(4)]);
  });

  it("loses and counts what happens while it is paused, to the end if need be", async () => {
    const file = await openTraceFile(path());
    file.write(crash(1));
    file.pause();
    expect(file.isFull).toBe(true);
    file.lose(stamp(2));
    file.resume();
    file.write(crash(3));
    file.pause();
    file.lose(stamp(4));
    await file.close();
    expect(lines()).toEqual([HEADER, crashLine(1), lostLine(2, 1), crashLine(3), lostLine(4, 1)]);
  });

  it("gives up on a disk that is full, and tells its owner once", async () => {
    const problems: unknown[] = [];
    const file = await openTraceFile("/dev/full", { blockSize: 1, onFailed: (error) => problems.push(error) });
    file.write(crash(1));
    while (!file.isFull) await new Promise<void>((resolve) => setImmediate(resolve));
    file.lose(stamp(2));
    await file.close();
    expect(problems).toMatchObject([{ code: "ENOSPC" }]);
  });
});

function stamp(clock: number) {
  return { node: "a", incarnation: 7, clock };
}

function crash(clock: number): TraceEvent {
  return { ...stamp(clock), event: "Crash" };
}

function crashLine(clock: number): string {
  return `{"node":"a","incarnation":7,"clock":${clock},"event":"Crash"}`;
}

function lostLine(clock: number, count: number): string {
  return `{"node":"a","incarnation":7,"clock":${clock},"event":"EventsLost","count":${count}}`;
}

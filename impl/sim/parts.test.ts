import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, initialConfiguration, type Write } from "../core/index.ts";
import { Disk, DiskContent } from "./disk.ts";
import { EventQueue } from "./event-queue.ts";
import { Network } from "./network.ts";
import { Random } from "./random.ts";

const nothing = { index: 0, term: 0, configuration: initialConfiguration({ n1: "n1" }), size: 0 };

function written(number: number, truncateFrom: number, entries: readonly Entry[]): Write {
  return { number, hardState: null, truncateFrom, entries, chunk: null, sendsAfter: [] };
}

function entry(index: number, term: number): Entry {
  return { kind: "no-op", index, term };
}

describe("the queue of events", () => {
  it("gives events by time, and those of one time in the order in which they were asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 3000 }), (times) => {
        const queue = new EventQueue<{ readonly asked: number }>();
        for (const [asked, time] of times.entries()) queue.push(time, 1, 2, 3, { asked });
        const popped: (readonly [number, number])[] = [];
        for (let slot = queue.pop(); slot >= 0; slot = queue.pop()) {
          popped.push([queue.timeOf(slot), queue.payloadOf(slot)?.asked ?? -1]);
          queue.release(slot);
        }
        const expected = times.map((time, asked) => [time, asked] as const).sort((one, other) => one[0] - other[0]);
        expect(popped).toEqual(expected);
      }),
    );
  });
});

describe("a disk", () => {
  it("brings back what was overwritten where the overwriting was not synced", () => {
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const disk = new Disk(new DiskContent(nothing, new Uint8Array(0)));
      disk.queue.push(written(1, 0, [entry(1, 1), entry(2, 1)]));
      disk.syncing = 1;
      disk.synced();
      disk.queue.push(written(2, 2, [entry(2, 2)]));
      disk.stop({ power: true, torn: false }, new Random(seed, 1));
      outcomes.add(disk.view.entries.map(({ index, term }) => `${index}/${term}`).join(" "));
    }
    expect([...outcomes].sort()).toEqual(["1/1 2/1", "1/1 2/2"]);
  });

  it("that lies loses what it called durable with its power, and not with the process", () => {
    const lostWith = (power: boolean): boolean => {
      let isLost = false;
      for (let seed = 0; seed < 40; seed += 1) {
        const disk = new Disk(new DiskContent(nothing, new Uint8Array(0)));
        disk.lie();
        disk.queue.push(written(1, 0, [entry(1, 1)]));
        disk.syncing = 1;
        disk.synced();
        const { isDurable } = disk.stop({ power, torn: false }, new Random(seed, 1));
        expect(isDurable).toBe(disk.view.entries.length === 0);
        isLost ||= isDurable;
      }
      return isLost;
    };
    expect([lostWith(true), lostWith(false)]).toEqual([true, false]);
  });

  it("that tells the truth again has what it lied about after the next sync", () => {
    const disk = new Disk(new DiskContent(nothing, new Uint8Array(0)));
    disk.lie();
    for (const number of [1, 2]) {
      if (number === 2) disk.isLying = false;
      disk.queue.push(written(number, 0, [entry(number, 1)]));
      disk.syncing = 1;
      disk.synced();
    }
    expect(disk.stop({ power: true, torn: false }, new Random(1, 1)).isDurable).toBe(false);
    expect(disk.view.entries).toEqual([entry(1, 1), entry(2, 1)]);
  });
});

describe("the network", () => {
  const tuning = { delayFloor: 10, delayMean: 100, loss: 0, duplication: 0, reordering: 0, keepsOrder: true };

  it("keeps the order of a link where connections would", () => {
    const network = new Network(2, tuning, new Random(5, 1));
    const arrivals = Array.from({ length: 200 }, (_, now) => network.arrival(network.link(0, 1), now));
    expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
  });

  it("opens a link when all that blocked it are over", () => {
    const network = new Network(2, tuning, new Random(5, 1));
    const link = network.link(0, 1);
    network.block([link]);
    network.block([link]);
    network.unblock([link]);
    expect(network.isOpen(link)).toBe(false);
    network.unblock([link]);
    expect([network.isOpen(link), network.isOpen(network.link(1, 0))]).toEqual([true, true]);
  });
});

import { expect, test } from "vitest";
import type { Message } from "../core/message.ts";
import { append, heartbeat } from "./inbox.suite.ts";
import { SendQueue } from "./send-queue.ts";

const limits = { queueBytesMax: 1000, queueMessagesMax: 3, signalsMax: 2 };

test("messages leave in the order in which they came", () => {
  const queue = new SendQueue(limits);
  for (const message of [cargo(1), signal(2), cargo(3), signal(4)]) expect(queue.add(message)).toBe(0);
  expect(queue.length).toBe(4);
  expect(idsOf(queue, "all")).toEqual([1, 2, 3, 4]);
  expect([queue.length, queue.bytes]).toEqual([0, 0]);
});

test("signals overtake cargo that has to wait", () => {
  const queue = new SendQueue(limits);
  for (const message of [cargo(1), signal(2), cargo(3), signal(4)]) queue.add(message);
  expect(idsOf(queue, "signals")).toEqual([2, 4]);
  expect(idsOf(queue, "all")).toEqual([1, 3]);
});

test("a queue full of cargo drops the newest cargo, and takes signals", () => {
  const queue = new SendQueue(limits);
  expect([1, 2, 3, 4].map((id) => queue.add(cargo(id)))).toEqual([0, 0, 0, 1]);
  expect(queue.add(signal(5))).toBe(0);
  expect(idsOf(queue, "all")).toEqual([1, 2, 3, 5]);
});

test("a queue that is full by its bytes drops the newest cargo", () => {
  const queue = new SendQueue(limits);
  expect([queue.add(append("n1", "n2", 1, 600)), queue.add(append("n1", "n2", 2, 600)), queue.add(cargo(3))]).toEqual([
    0, 1, 0,
  ]);
  expect(queue.bytes).toBeLessThanOrEqual(limits.queueBytesMax);
  expect(idsOf(queue, "all")).toEqual([1, 3]);
});

test("a queue full of signals drops the oldest signal", () => {
  const queue = new SendQueue(limits);
  expect([1, 2, 3].map((id) => queue.add(signal(id)))).toEqual([0, 0, 1]);
  expect(idsOf(queue, "all")).toEqual([2, 3]);
});

test("a queue that is cleared tells how many waited", () => {
  const queue = new SendQueue(limits);
  for (const message of [cargo(1), signal(2)]) queue.add(message);
  expect([queue.clear(), queue.length, queue.bytes, queue.take("all")]).toEqual([2, 0, 0, null]);
});

function signal(id: number): Message {
  return heartbeat("n1", "n2", id);
}

function cargo(id: number): Message {
  return append("n1", "n2", id, 0);
}

function idsOf(queue: SendQueue, room: "all" | "signals"): number[] {
  const ids: number[] = [];
  for (let message = queue.take(room); message !== null; message = queue.take(room)) ids.push(message.id);
  return ids;
}

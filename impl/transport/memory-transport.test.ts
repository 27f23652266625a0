import { expect, test } from "vitest";
import type { Message } from "../core/message.ts";
import { heartbeat } from "./inbox.suite.ts";
import { MemoryNetwork } from "./memory-transport.ts";
import { transportLaws } from "./transport.suite.ts";

transportLaws("a network in memory", () => {
  const network = new MemoryNetwork(setImmediate);
  return {
    open: async (id, onMessage) => network.open(id, {}, onMessage),
    contactOf: (id) => id,
  };
});

test("a link that is cut loses messages one way, also those under way", () => {
  const due: (() => void)[] = [];
  const network = new MemoryNetwork((call) => due.push(call));
  const arrived: Message[] = [];
  const n1 = network.open("n1", { n2: "" }, (message) => arrived.push(message));
  const n2 = network.open("n2", { n1: "" }, (message) => arrived.push(message));
  const exchange = (round: number) => {
    n1.send(heartbeat("n1", "n2", round));
    n2.send(heartbeat("n2", "n1", round));
  };
  exchange(1);
  network.cut("n1", "n2");
  exchange(2);
  for (const call of due.splice(0)) call();
  network.heal("n1", "n2");
  exchange(3);
  for (const call of due.splice(0)) call();
  expect(arrived).toEqual([
    heartbeat("n2", "n1", 1),
    heartbeat("n2", "n1", 2),
    heartbeat("n1", "n2", 3),
    heartbeat("n2", "n1", 3),
  ]);
});

test("an id is open once in a network", () => {
  const network = new MemoryNetwork(setImmediate);
  network.open("n1", {}, () => {});
  expect(() => network.open("n1", {}, () => {})).toThrow(new Error("n1 is connected to this network already"));
});

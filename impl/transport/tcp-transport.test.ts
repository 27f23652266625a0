import { afterEach, describe, expect, test } from "vitest";
import type { Message } from "../core/message.ts";
import { append, heartbeat, Inbox, LogBook, sendUntilHeard } from "./inbox.suite.ts";
import { systemTimers, type TransportError, type TransportOptions } from "./options.ts";
import { acceptingPort, frame, messageFrame, RawClient } from "./raw-peer.suite.ts";
import { openTransport } from "./tcp-transport.ts";
import { transportLaws } from "./transport.suite.ts";

transportLaws("TCP on loopback", () => {
  const ports = new Map<string, number>();
  return {
    open: async (id, onMessage) => {
      const listen = `127.0.0.1:${ports.get(id) ?? 0}`;
      const transport = await openTransport({ id, clusterId: "c", listen, onMessage, log: () => {} });
      ports.set(id, transport.port);
      return transport;
    },
    contactOf: (id) => `127.0.0.1:${ports.get(id)} not.an.address`,
  };
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function open(id: string, options: Partial<TransportOptions> = {}) {
  const inbox = new Inbox<Message>();
  const book = new LogBook();
  const given = { id, clusterId: "c", listen: "127.0.0.1:0", onMessage: inbox.add, log: book.log, ...options };
  const transport = await openTransport(given);
  closing.push(() => transport.close());
  return { transport, inbox, book, contact: `127.0.0.1:${transport.port}` };
}

async function port(reading: "reads" | "never reads") {
  const accepting = await acceptingPort(reading);
  closing.push(accepting.close);
  return `127.0.0.1:${accepting.port}`;
}

/** A client that is accepted as n1 by the server that it returns, n2. */
async function accepted(options: Partial<TransportOptions> = {}) {
  const n2 = await open("n2", options);
  const client = new RawClient(n2.transport.port);
  closing.push(() => client.socket.destroy());
  expect(await client.greet({ clusterId: "c", from: "n1", to: "n2" })).toBe("accepted");
  return { n2, client };
}

function warnings(book: LogBook) {
  return book.all.filter(({ level }) => level === "warn" || level === "error");
}

describe("a transport is not opened", () => {
  async function failure(options: Partial<TransportOptions>): Promise<unknown> {
    return open("n1", options).then(
      () => null,
      ({ code, message, place, hint, name }: TransportError) => ({ code, message, place, hint, name }),
    );
  }

  test("on a port in use", async () => {
    const { contact } = await open("n2");
    expect(await failure({ listen: contact })).toEqual({
      name: "TransportError",
      code: "port-in-use",
      message: `${contact} is in use by another process`,
      place: contact,
      hint: "stop whoever listens there, or give this server another address to listen on",
    });
  });

  test("on what is no address", async () => {
    expect(await failure({ listen: "7001" })).toEqual({
      name: "TransportError",
      code: "bad-address",
      message: '"7001" is no address to listen on',
      place: "7001",
      hint: "write host:port, for example 127.0.0.1:7001",
    });
  });

  test("on an address of another machine", async () => {
    expect(await failure({ listen: "192.0.2.1:7001" })).toMatchObject({
      code: "cannot-listen",
      place: "192.0.2.1:7001",
      hint: "listen on an address of this machine, and on a port that this user may open",
    });
  });
});

describe("whoever does not greet as it should is cut off with one line in the log", () => {
  test("garbage", async () => {
    const n2 = await open("n2");
    const client = new RawClient(n2.transport.port);
    client.say(new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"));
    await client.ended;
    const reason = "the first bytes are 47 45 54 20 2f 20 48 54 54, which is not the peer protocol";
    expect(warnings(n2.book)).toMatchObject([{ message: "connection refused: no greeting", fields: { reason } }]);
    expect(n2.transport.stats()).toEqual({ peers: [], undeliverable: 0, refusedConnections: 1 });
  });

  test("silence", async () => {
    const n2 = await open("n2", { limits: { handshakeMs: 30 } });
    await new RawClient(n2.transport.port).ended;
    const reason = "no handshake within 30 ms";
    expect(warnings(n2.book)).toMatchObject([{ message: "connection refused: no greeting", fields: { reason } }]);
  });

  test("a greeting that is too long", async () => {
    const n2 = await open("n2");
    const client = new RawClient(n2.transport.port);
    client.say(
      new TextEncoder().encode("LOCKSTEP\u0001"),
      frame((out) => out.bytes(new Uint8Array(5000))),
    );
    await client.ended;
    const reason = "a frame of 5002 bytes was announced, and 4096 are the limit";
    expect(warnings(n2.book)).toMatchObject([{ message: "connection refused: no greeting", fields: { reason } }]);
  });

  test("another version", async () => {
    const n2 = await open("n2");
    const client = new RawClient(n2.transport.port);
    client.say(new TextEncoder().encode("LOCKSTEP\u0009"));
    client.socket.resume();
    await client.ended;
    expect(warnings(n2.book)).toMatchObject([
      { message: "connection refused: unknown-version", fields: { expected: "1", found: "9" } },
    ]);
  });

  test.each([
    ["foreign-cluster", { clusterId: "d", from: "n1", to: "n2" }, { expected: "c", found: "d" }],
    ["wrong-receiver", { clusterId: "c", from: "n1", to: "n3" }, { expected: "n2", found: "n3" }],
    [
      "unknown-sender",
      { clusterId: "c", from: "n2", to: "n2" },
      { expected: "another server of the cluster", found: "n2" },
    ],
    [
      "unknown-sender",
      { clusterId: "c", from: "n9", to: "n2" },
      { expected: "another server of the cluster", found: "n9" },
    ],
  ])("%s, %o", async (answer, hello, fields) => {
    const n2 = await open("n2", { unknownSenders: "refuse", contacts: { n1: "127.0.0.1:1", n2: "" } });
    const client = new RawClient(n2.transport.port);
    expect(await client.greet(hello)).toBe(answer);
    await client.ended;
    expect(warnings(n2.book).filter(({ fields }) => fields["remote"] !== undefined)).toMatchObject([
      { message: `connection refused: ${answer}`, fields },
    ]);
  });

  test("one connection too many", async () => {
    const { n2 } = await accepted({ limits: { connectionsMax: 1 } });
    await new RawClient(n2.transport.port).ended;
    expect(warnings(n2.book)).toMatchObject([
      { message: "connection refused: too many connections", fields: { limit: 1 } },
    ]);
  });
});

test("a server that is refused is told why, once", async () => {
  const n2 = await open("n2");
  const n1 = await open("n1", {
    clusterId: "d",
    contacts: { n2: n2.contact },
    limits: { backOffMs: 1, backOffMaxMs: 1 },
  });
  const { fields } = await n1.book.first(({ level }) => level === "debug");
  const line = {
    message: "no connection",
    fields: { peer: "n2", contact: n2.contact, reason: 'it answered "foreign-cluster"' },
  };
  expect(fields).toEqual(line.fields);
  expect(warnings(n1.book)).toEqual([{ level: "warn", ...line }]);
});

describe("whoever breaks the protocol later is cut off with one line in the log, and loses no one else's messages", () => {
  const message = heartbeat("n1", "n2", 1);
  test.each<[string, Uint8Array, Readonly<Record<string, string | number>>]>([
    [
      "it sent what makes no sense",
      Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0),
      { reason: "a frame of 16777216 bytes was announced, and 8388608 are the limit" },
    ],
    [
      "it sent what makes no sense",
      messageFrame(message).fill(9, 9, 10),
      { reason: "a frame of 13 bytes does not fit its checksum" },
    ],
    ["it sent what makes no sense", frame(() => {}), { reason: "the bytes end at 0, and more was expected" }],
    ["it sent what makes no sense", frame((out) => out.byte(3)), { reason: "there is no payload of sort 3" }],
    ["it sent what makes no sense", frame((out) => out.word(99 << 8)), { reason: "there is no message of kind 99" }],
    [
      "it sent a message of another server, or to another one",
      messageFrame(heartbeat("n3", "n2", 1)),
      { from: "n3", to: "n2" },
    ],
    [
      "it sent a message of another server, or to another one",
      messageFrame(heartbeat("n1", "n3", 1)),
      { from: "n1", to: "n3" },
    ],
  ])("%s: %o", async (reason, bytes, fields) => {
    const { n2, client } = await accepted();
    client.say(messageFrame(message), bytes, messageFrame(message));
    await client.ended;
    expect(warnings(n2.book)).toEqual([
      { level: "warn", message: `connection cut off: ${reason}`, fields: { peer: "n1", ...fields } },
    ]);
    expect(n2.inbox.all).toEqual([message]);
    const again = new RawClient(n2.transport.port);
    closing.push(() => again.socket.destroy());
    expect(await again.greet({ clusterId: "c", from: "n1", to: "n2" })).toBe("accepted");
  });

  test("a frame that ends early is no message", async () => {
    const { n2, client } = await accepted();
    client.say(messageFrame(message), messageFrame(message).subarray(0, 15));
    client.socket.end();
    await client.ended;
    expect(n2.inbox.all).toEqual([message]);
  });
});

describe("whoever falls silent is cut off", () => {
  const limits = { probeMs: 10, silentProbesMax: 3 };
  const line = { message: "connection cut off: it has been silent", fields: { peer: "n1", milliseconds: 30 } };

  test("by the one that listens", async () => {
    const { n2, client } = await accepted({ limits });
    client.socket.resume();
    await client.ended;
    expect(warnings(n2.book)).toEqual([{ level: "warn", ...line }]);
  });

  test("by the one that connects", async () => {
    const n2 = await open("n2", { contacts: { n1: await port("reads") }, limits });
    expect(await n2.book.said(line.message)).toEqual({ level: "warn", ...line });
  });
});

test("servers that have nothing to say stay connected", async () => {
  const limits = { probeMs: 5, silentProbesMax: 4 };
  const n2 = await open("n2", { limits });
  const n1 = await open("n1", { limits, contacts: { n2: n2.contact } });
  await n2.book.said("connection accepted");
  const probes = () => (n2.transport.stats().peers[0]?.receivedBytes ?? 0) / 9;
  while (probes() < 20) await new Promise((resolve) => setImmediate(resolve));
  expect([...warnings(n1.book), ...warnings(n2.book)]).toEqual([]);
});

test("what does not fit the queue is dropped and counted, and what is connected stays so", async () => {
  const limits = { queueBytesMax: 1_000_000, queueMessagesMax: 8, signalsMax: 5, socketBytesMax: 10_000, probeMs: 1e6 };
  const n1 = await open("n1", { contacts: { n2: await port("never reads") }, limits });
  await n1.book.said("connected");
  // More than kernels keep for a socket.
  const sent = 400;
  for (let id = 1; id <= sent; id += 1) {
    n1.transport.send(append("n1", "n2", id, 100_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let round = 1; round <= 9; round += 1) n1.transport.send(heartbeat("n1", "n2", round));
  const [stats] = n1.transport.stats().peers;
  const { sent: left = 0, dropped = 0, queuedMessages = 0 } = stats ?? {};
  expect(stats).toMatchObject({ id: "n2", isConnected: true, received: 0, reconnects: 0, queuedMessages: 13 });
  expect(left + dropped + queuedMessages).toBe(sent + 9);
  expect(dropped).toBeGreaterThan(9 - limits.signalsMax);
});

test("a message over the limit of frames is dropped, told of, and the others arrive", async () => {
  const n2 = await open("n2");
  const n1 = await open("n1", { contacts: { n2: n2.contact }, limits: { frameBytesMax: 1000 } });
  n1.transport.send(append("n1", "n2", 1, 2000));
  n1.transport.send(heartbeat("n1", "n2", 1));
  expect(await n2.inbox.count(1)).toEqual([heartbeat("n1", "n2", 1)]);
  expect(warnings(n1.book)).toEqual([
    {
      level: "error",
      message: "a message is too large to be sent",
      fields: { peer: "n2", kind: "append-request", bytes: 2020, limit: 1000 },
    },
  ]);
  expect(n1.transport.stats().peers).toMatchObject([{ id: "n2", sent: 1, dropped: 1 }]);
});

test("a server that starts again is connected to again, and the statistics tell", async () => {
  const before = await open("n2");
  const n1 = await open("n1", { contacts: { n1: "", n2: before.contact } });
  await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 1), before.inbox);
  await before.transport.close();
  const again = await open("n2", { listen: before.contact });
  await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 2), again.inbox);
  const { peers } = n1.transport.stats();
  expect(peers).toMatchObject([{ id: "n2", isConnected: true, reconnects: 1, queuedMessages: 0, queuedBytes: 0 }]);
  expect(again.transport.stats().peers).toMatchObject([{ id: "n1", isConnected: true, reconnects: 0, dropped: 0 }]);
});

test("the newest connection of a server takes the place of the one before", async () => {
  const { n2, client } = await accepted();
  const again = new RawClient(n2.transport.port);
  closing.push(() => again.socket.destroy());
  expect(await again.greet({ clusterId: "c", from: "n1", to: "n2" })).toBe("accepted");
  await client.ended;
  again.say(messageFrame(heartbeat("n1", "n2", 1)));
  expect(await n2.inbox.count(1)).toEqual([heartbeat("n1", "n2", 1)]);
  expect(n2.transport.stats().peers).toMatchObject([{ id: "n1", isConnected: true }]);
});

test("waits between attempts double up to their limit, with up to half of each taken off", async () => {
  const waits = new Inbox<number>();
  const limits = { backOffMs: 8, backOffMaxMs: 100, handshakeMs: 5000 };
  const timers = {
    after(milliseconds: number, call: () => void) {
      if (milliseconds !== limits.handshakeMs) waits.add(milliseconds);
      return systemTimers.after(Math.min(milliseconds, limits.handshakeMs), call);
    },
  };
  const gone = await open("n2");
  await gone.transport.close();
  await open("n1", { contacts: { n2: gone.contact }, limits, timers, random: () => 0.5 });
  expect((await waits.count(6)).slice(0, 6)).toEqual([6, 12, 24, 48, 75, 75]);
});

test("a contact that is no address is told of, and what is sent there is dropped", async () => {
  const n1 = await open("n1", { contacts: { n2: "somewhere" } });
  n1.transport.send(heartbeat("n1", "n2", 1));
  expect(n1.book.all).toEqual([
    {
      level: "error",
      message: "a contact is no address like host:port, and nothing is sent to it",
      fields: { peer: "n2", contact: "somewhere" },
    },
  ]);
  expect(n1.transport.stats().peers).toMatchObject([{ id: "n2", isConnected: false, dropped: 1 }]);
});

test("what was sent before the end still arrives", async () => {
  const n2 = await open("n2");
  const n1 = await open("n1", { contacts: { n2: n2.contact } });
  await n1.book.said("connected");
  const messages = [append("n1", "n2", 1, 1000), heartbeat("n1", "n2", 2)];
  for (const message of messages) n1.transport.send(message);
  await n1.transport.close();
  expect(await n2.inbox.count(2)).toStrictEqual(messages);
});

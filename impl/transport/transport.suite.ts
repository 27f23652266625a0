import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { anyMessage } from "../core/encoding/arbitrary.suite.ts";
import { ByteWriter } from "../core/encoding/bytes.ts";
import { crc32c } from "../core/encoding/crc32c.ts";
import { writeMessage } from "../core/encoding/message.ts";
import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import { append, heartbeat, Inbox, sendUntilHeard } from "./inbox.suite.ts";
import type { Transport } from "./interface.ts";

/** Servers that can reach each other once they are told how. */
export interface Network {
  /** No contacts yet. */
  open(id: NodeId, onMessage: (message: Message) => void): Promise<Transport>;
  /** How others reach a server that is open. */
  contactOf(id: NodeId): string;
}

/** What holds for every transport on a network that works. */
export function transportLaws(name: string, makeNetwork: () => Network): void {
  const opened: Transport[] = [];

  async function join(network: Network, id: NodeId): Promise<Joined> {
    const inbox = new Inbox<Message>();
    const transport = await network.open(id, inbox.add);
    opened.push(transport);
    return { transport, inbox };
  }

  async function pair(): Promise<Pair> {
    const network = makeNetwork();
    const n1 = await join(network, "n1");
    const n2 = await join(network, "n2");
    n1.transport.setContacts({ n2: network.contactOf("n2") });
    return { n1, n2, join: (id) => join(network, id), contactOf: (id) => network.contactOf(id) };
  }

  describe(name, () => {
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((transport) => transport.close()));
    });
    arrivalLaws(pair);
    membershipLaws(pair);
  });
}

interface Joined {
  readonly transport: Transport;
  readonly inbox: Inbox<Message>;
}

/** n1 and n2, of which n1 knows n2. */
interface Pair {
  readonly n1: Joined;
  readonly n2: Joined;
  join(id: NodeId): Promise<Joined>;
  contactOf(id: NodeId): string;
}

function arrivalLaws(pair: () => Promise<Pair>): void {
  test("messages of all kinds arrive as they were sent, and in that order", async () => {
    const { n1, n2 } = await pair();
    const messages = fc
      .sample(anyMessage, { numRuns: 300, seed: 7 })
      .map((message): Message => ({ ...message, from: "n1", to: "n2" }));
    for (const message of messages) n1.transport.send(message);
    expect(await n2.inbox.count(messages.length)).toStrictEqual(messages);
  });

  test("large messages arrive whole, between small ones", async () => {
    const { n1, n2 } = await pair();
    const messages = [heartbeat("n1", "n2", 1), append("n1", "n2", 2, 3_000_000), heartbeat("n1", "n2", 3)];
    for (const message of messages) n1.transport.send(message);
    const arrived = [...(await n2.inbox.count(3))].sort((one, other) => one.id - other.id);
    expect(arrived.map(digestOf)).toStrictEqual(messages.map(digestOf));
  });

  test("a message reaches its receiver and nobody else", async () => {
    const { n1, n2, join, contactOf } = await pair();
    const n3 = await join("n3");
    n1.transport.setContacts({ n2: contactOf("n2"), n3: contactOf("n3") });
    for (let round = 0; round < 20; round += 1) {
      n1.transport.send(heartbeat("n1", round % 2 === 0 ? "n2" : "n3", round));
    }
    expect((await n2.inbox.count(10)).map(({ to }) => to)).toEqual(Array(10).fill("n2"));
    expect((await n3.inbox.count(10)).map(({ to }) => to)).toEqual(Array(10).fill("n3"));
  });
}

function membershipLaws(pair: () => Promise<Pair>): void {
  test("a server that is in nobody's contacts is answered by whom it talks to", async () => {
    const { n1, n2 } = await pair();
    await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 1), n2.inbox);
    n2.transport.send(heartbeat("n2", "n1", 2));
    expect(await n1.inbox.count(1)).toStrictEqual([heartbeat("n2", "n1", 2)]);
  });

  test("sending to nobody, to oneself or after the end does nothing", async () => {
    const { n1, n2 } = await pair();
    n1.transport.send(heartbeat("n1", "n9", 1));
    n1.transport.send(heartbeat("n1", "n1", 2));
    await n1.transport.close();
    n1.transport.send(heartbeat("n1", "n2", 3));
    await n1.transport.close();
    expect([n1.inbox.all, n2.inbox.all]).toEqual([[], []]);
  });

  test("a server that left the contacts is sent nothing more, until it is back", async () => {
    const { n1, n2, contactOf } = await pair();
    await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 1), n2.inbox);
    n1.transport.setContacts({});
    n1.transport.send(heartbeat("n1", "n2", 2));
    n1.transport.setContacts({ n2: contactOf("n2") });
    await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 3), n2.inbox);
    expect(n2.inbox.all.filter(({ id }) => id === 2)).toEqual([]);
  });

  test("a server that starts again under its id is reached again", async () => {
    const { n1, n2, join, contactOf } = await pair();
    await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 1), n2.inbox);
    await n2.transport.close();
    const again = await join("n2");
    n1.transport.setContacts({ n2: contactOf("n2") });
    await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", 2), again.inbox);
    expect(n2.inbox.all.filter(({ id }) => id === 2)).toEqual([]);
  });
}

/** The message as bytes, as one number: comparing megabytes one by one takes the test runner many seconds. */
function digestOf(message: Message) {
  const out = new ByteWriter();
  writeMessage(out, message);
  return { kind: message.kind, length: out.length, digest: crc32c(out.view()) };
}

import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../core/message.ts";
import { pem } from "./certificates.suite.ts";
import { isCertificateOf } from "./certificates.ts";
import { heartbeat, Inbox, LogBook, sendUntilHeard } from "./inbox.suite.ts";
import type { TlsFiles, TransportError, TransportOptions } from "./options.ts";
import { RawClient } from "./raw-peer.suite.ts";
import { openTransport } from "./tcp-transport.ts";

let folder = "";
const closing: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-tls-"));
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  rmSync(folder, { recursive: true });
});

/** Writes the three files of a server. */
function filesOf(name: string, cert: string, key: string, ca: string = pem.authority): TlsFiles {
  const files = {
    cert: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
    ca: join(folder, `${name}-ca.pem`),
  };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  writeFileSync(files.ca, ca);
  return files;
}

const n1Files = () => filesOf("n1", pem.n1Cert, pem.n1Key);
const n2Files = () => filesOf("n2", pem.n2Cert, pem.n2Key);

async function open(id: string, tls: TlsFiles | undefined, options: Partial<TransportOptions> = {}) {
  const inbox = new Inbox<Message>();
  const book = new LogBook();
  const given = { id, clusterId: "c", listen: "127.0.0.1:0", onMessage: inbox.add, log: book.log, ...options };
  const transport = await openTransport(tls === undefined ? given : { ...given, tls });
  closing.push(() => transport.close());
  return { transport, inbox, book, contact: `127.0.0.1:${transport.port}` };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Messages between the two arrive, both ways, over a connection that n1 opens. */
async function expectExchange(n1: Opened, n2: Opened, round: number): Promise<void> {
  await sendUntilHeard((message) => n1.transport.send(message), heartbeat("n1", "n2", round), n2.inbox);
  await sendUntilHeard((message) => n2.transport.send(message), heartbeat("n2", "n1", round), n1.inbox);
}

test("a certificate names a server by DNS name or common name, letter for letter", () => {
  const first = new X509Certificate(pem.n1Cert);
  const second = new X509Certificate(pem.n2Cert);
  expect(["n1", "first", "N1", "n2", "", ".n1"].map((id) => isCertificateOf(first, id))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(["n2", "n1"].map((id) => isCertificateOf(second, id))).toEqual([true, false]);
});

test("servers with certificates of one authority talk", async () => {
  const n2 = await open("n2", n2Files());
  const n1 = await open("n1", n1Files(), { contacts: { n2: n2.contact } });
  await expectExchange(n1, n2, 1);
});

describe("one line in the log for a connection", () => {
  async function refusal(n2: Opened) {
    const { message, fields } = await n2.book.first(({ level }) => level === "warn");
    expect(n2.book.all.filter(({ level }) => level !== "info")).toHaveLength(1);
    expect(n2.inbox.all).toEqual([]);
    return { message, reason: fields["reason"] };
  }

  test("without TLS", async () => {
    const n2 = await open("n2", n2Files());
    const client = new RawClient(n2.transport.port);
    client.say(new TextEncoder().encode("LOCKSTEP\u0001"));
    client.socket.resume();
    await client.ended;
    expect(await refusal(n2)).toEqual({
      message: "connection refused: no valid certificate",
      reason: expect.stringContaining("wrong version number"),
    });
  });

  test("without a certificate", async () => {
    const n2 = await open("n2", n2Files());
    const { port } = n2.transport;
    const client = new RawClient(port, connectTls({ host: "127.0.0.1", port, rejectUnauthorized: false }));
    client.socket.resume();
    await client.ended;
    expect(await refusal(n2)).toEqual({
      message: "connection refused: no valid certificate",
      reason: expect.stringContaining("peer did not return a certificate"),
    });
  });

  test("with a certificate of another authority", async () => {
    const n2 = await open("n2", n2Files());
    const { port } = n2.transport;
    const shown = { cert: pem.strangerCert, key: pem.strangerKey, rejectUnauthorized: false };
    const client = new RawClient(port, connectTls({ host: "127.0.0.1", port, ...shown }));
    client.socket.resume();
    await client.ended;
    expect(await refusal(n2)).toEqual({
      message: "connection refused: no valid certificate",
      reason: expect.stringMatching(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to get|certificate/i),
    });
  });
});

test("a server with another one's certificate is refused", async () => {
  const n2 = await open("n2", n2Files());
  const { port } = n2.transport;
  const shown = { cert: pem.n1Cert, key: pem.n1Key, ca: pem.authority, checkServerIdentity: () => undefined };
  const client = new RawClient(port, connectTls({ host: "127.0.0.1", port, ...shown }));
  expect(await client.greet({ clusterId: "c", from: "n3", to: "n2" })).toBe("wrong-certificate");
  await client.ended;
  expect(n2.book.all).toMatchObject([
    {
      level: "warn",
      message: "connection refused: wrong-certificate",
      fields: { peer: "n3", expected: "a certificate for n3", found: "one for another server" },
    },
  ]);
});

test("a server that is not the one in the contacts is not talked to", async () => {
  const n2 = await open("n2", n2Files());
  const n1 = await open("n1", n1Files(), { contacts: { n3: n2.contact } });
  expect(await n1.book.said("no connection")).toEqual({
    level: "warn",
    message: "no connection",
    fields: { peer: "n3", contact: n2.contact, reason: "its certificate does not name n3" },
  });
});

test("a server of another authority is not talked to", async () => {
  const n1 = await open("n1", filesOf("stranger", pem.strangerCert, pem.strangerKey, pem.otherAuthority));
  const n2 = await open("n2", n2Files(), { contacts: { n1: n1.contact } });
  const { fields } = await n2.book.said("no connection");
  expect(fields["reason"]).toMatch(/unable to verify the first certificate|self.signed|certificate/i);
});

describe("certificates that are of no use are told of at the start", () => {
  async function failure(tls: TlsFiles): Promise<Partial<TransportError>> {
    return open("n1", tls).then(
      () => ({}),
      ({ code, message, place, hint }: TransportError) => ({ code, message, place, hint }),
    );
  }
  const code = "bad-certificate";
  const hint = "check the three files under tls; the certificate needs the server's id as DNS name or common name";

  test("a file that is not there", async () => {
    const files = { ...n1Files(), key: join(folder, "none.key") };
    const message = `the key file cannot be read: ENOENT: no such file or directory, open '${files.key}'`;
    expect(await failure(files)).toEqual({ code, message, place: files.key, hint });
  });

  test("a key to another certificate", async () => {
    const files = filesOf("n1", pem.n1Cert, pem.n2Key);
    const message = expect.stringMatching(/^certificate, key and authority do not fit together: .*key values mismatch/);
    expect(await failure(files)).toEqual({ code, message, place: files.cert, hint });
  });

  test("a certificate of another server", async () => {
    const files = filesOf("n1", pem.n2Cert, pem.n2Key);
    const message = "the certificate does not name this server, n1";
    expect(await failure(files)).toEqual({ code, message, place: files.cert, hint });
  });
});

describe("certificates that change", () => {
  test("are used for connections from now on, and those that are there stay", async () => {
    const n2 = await open("n2", n2Files());
    const n1 = await open("n1", n1Files(), { contacts: { n2: n2.contact } });
    await expectExchange(n1, n2, 1);
    // From now on n2 trusts the other authority only, and n1 still has a certificate of the first.
    filesOf("n2", pem.n2Cert, pem.n2Key, pem.otherAuthority);
    await n2.transport.reload();
    expect((await n2.book.said("certificates were reloaded")).level).toBe("info");
    await expectExchange(n1, n2, 2);
    expect(n1.transport.stats().peers).toMatchObject([{ isConnected: true, reconnects: 0 }]);
    n1.transport.setContacts({});
    n1.transport.setContacts({ n2: n2.contact });
    await n2.book.said("connection refused: no valid certificate");
    filesOf("n2", pem.n2Cert, pem.n2Key);
    await n2.transport.reload();
    await expectExchange(n1, n2, 3);
  });

  test("are noticed without being told", async () => {
    const n1 = await open("n1", n1Files(), { limits: { certificatePollMs: 5 } });
    filesOf("n1", pem.n1AgainCert, pem.n1AgainKey);
    expect(await n1.book.said("certificates were reloaded")).toMatchObject({ level: "info" });
  });

  test("to something of no use leave the old ones in force", async () => {
    const files = n1Files();
    const n2 = await open("n2", n2Files());
    const n1 = await open("n1", files, { contacts: { n2: n2.contact }, limits: { certificatePollMs: 5 } });
    writeFileSync(files.key, pem.n2Key);
    expect(await n1.book.said("certificates were not reloaded, the old ones stay")).toMatchObject({
      level: "error",
      fields: { cert: files.cert },
    });
    await expect(n1.transport.reload()).rejects.toThrow("do not fit together");
    n1.transport.setContacts({});
    n1.transport.setContacts({ n2: n2.contact });
    await expectExchange(n1, n2, 1);
  });
});

test("a transport closes while a connection is in the middle of its TLS handshake", async () => {
  const n2 = await open("n2", n2Files());
  const client = new RawClient(n2.transport.port);
  client.socket.resume();
  await once(client.socket, "connect");
  await new Promise((resolve) => setImmediate(resolve));
  await n2.transport.close();
  await client.ended;
});

import { expect, test } from "vitest";
import { defaultSettings } from "../core/index.ts";
import { parseAddress, readConfiguration } from "./index.ts";

const minimal = `
id: n1
cluster: orders
data: ./data
listen: { peers: 10.0.0.1:7101, clients: "[::1]:7102" }
`;
const members = `
members:
  n2: { peers: 10.0.0.2:7101, clients: 10.0.0.2:7102 }
  n1: { peers: 10.0.0.1:7101, clients: 10.0.0.1:7102 }
`;

function problemsOf(text: string) {
  const read = readConfiguration(text, "/etc/orders");
  return read.kind === "wrong" ? read.problems : [];
}

test("what a file leaves out is filled in, and paths begin where the file lies", () => {
  expect(readConfiguration(minimal + members, "/etc/orders")).toEqual({
    kind: "read",
    configuration: {
      id: "n1",
      cluster: "orders",
      folder: "/etc/orders/data",
      listen: { peers: { host: "10.0.0.1", port: 7101 }, clients: { host: "::1", port: 7102 } },
      members: { n1: "10.0.0.1:7101 10.0.0.1:7102", n2: "10.0.0.2:7101 10.0.0.2:7102" },
      tickMs: 50,
      settings: defaultSettings,
      snapshots: { everyEntries: 100_000, everyBytes: 64 * 1024 * 1024 },
      tls: null,
      tokens: null,
      log: "info",
      trace: null,
    },
  });
});

test("a server that is added to a cluster names no members", () => {
  const read = readConfiguration(minimal, "/etc/orders");
  expect(read.kind === "read" && read.configuration.members).toBe(null);
});

test("a setting that there is not is named, and so is its place", () => {
  expect(problemsOf(`${minimal}raft: { electionTick: 20 }\n`)).toEqual([
    { at: "raft", message: 'there is no setting "electionTick" here' },
  ]);
});

test("settings that make no sense together are refused", () => {
  expect(problemsOf(`${minimal}raft: { electionTicks: 4 }\n`)).toEqual([
    {
      at: "raft",
      message:
        "electionTicks must be at least three times heartbeatTicks, so that one lost heartbeat starts no election; they are 4 and 2",
    },
  ]);
});

test("a message must fit a frame between servers", () => {
  expect(problemsOf(`${minimal}raft: { messageBytesMax: 16777216 }\n`)).toEqual([
    { at: "raft.messageBytesMax", message: "must be at most 8323072, which a frame between servers holds" },
  ]);
});

test("a server must be among the members of its cluster", () => {
  expect(problemsOf(minimal.replace("id: n1", "id: n9") + members)).toEqual([
    {
      at: "members",
      message: 'n9 is not among the members n1, n2; leave "members" out to add it to a cluster that runs',
    },
  ]);
});

test.each([
  ["localhost:80", { host: "localhost", port: 80 }],
  ["[::1]:7101", { host: "::1", port: 7101 }],
  ["localhost", null],
  ["localhost:65536", null],
  ["two words:1", null],
  ["::1:7101", null],
])("%s as an address", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

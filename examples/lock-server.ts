/** A lock server: clients ask for one lock, the server grants it to one at a time. The example of docs/writing-a-spec.md. */
import { bag, count, id, ids, map, oneOf, option, protocol, record, union } from "lockstep";

const lock = protocol("LockServer", {
  constants: {
    Client: ids("c", { default: 3, says: "the clients of the server" }),
    maxInFlight: count({ default: 4, min: 1, max: 9, says: "messages sent and not yet received" }),
  },
  state: (c) =>
    record({
      /** What each client believes. */
      clients: map(id(c.Client), oneOf("idle", "waiting", "holding")),
      /** Whom the server has given the lock, if anyone. */
      holder: option(id(c.Client)),
      messages: bag(
        union({
          Request: { client: id(c.Client) },
          Grant: { client: id(c.Client) },
          Release: { client: id(c.Client) },
        }),
      ),
    }),
});

const request = lock.action("Request", {
  says: "An idle client asks for the lock.",
  params: (c) => ({ i: id(c.Client) }),
  guard: (s, { i }, c) => s.clients.get(i) === "idle" && s.messages.size < c.maxInFlight,
  effect: (s, { i }) => {
    s.clients.set(i, "waiting");
    s.messages.add({ kind: "Request", client: i });
  },
});

const grant = lock.action("Grant", {
  says: "The server gives a free lock to a client that asked.",
  params: () => ({ m: lock.found((s) => s.messages.ofKind("Request")) }),
  guard: (s) => s.holder === null,
  effect: (s, { m }) => {
    s.messages.remove(m);
    s.messages.add({ kind: "Grant", client: m.client });
    s.holder = m.client;
  },
});

const enter = lock.action("Enter", {
  says: "A client learns that it has the lock.",
  params: () => ({ m: lock.found((s) => s.messages.ofKind("Grant")) }),
  effect: (s, { m }) => {
    s.messages.remove(m);
    s.clients.set(m.client, "holding");
  },
});

const release = lock.action("Release", {
  says: "A client gives the lock back.",
  params: (c) => ({ i: id(c.Client) }),
  guard: (s, { i }) => s.clients.get(i) === "holding",
  effect: (s, { i }) => {
    s.clients.set(i, "idle");
    s.messages.add({ kind: "Release", client: i });
  },
});

const free = lock.action("Free", {
  says: "The server learns that the lock is free again.",
  params: () => ({ m: lock.found((s) => s.messages.ofKind("Release")) }),
  effect: (s, { m }) => {
    s.messages.remove(m);
    s.holder = null;
  },
});

const mutualExclusion = lock.invariant("MutualExclusion", {
  says: "At most one client holds the lock.",
  when: (s) => s.clients.some((client) => client === "holding"),
  holds: (s) => s.clients.count((client) => client === "holding") <= 1,
});

const bothWait = lock.reachable("BothWait", {
  says: "Two clients wait at the same time.",
  part: (c) => c.Client.length > 1,
  goal: (s) => s.clients.count((client) => client === "waiting") > 1,
});

export const lockServer = lock.spec({
  says: "A server that grants one lock to one client at a time.",
  actions: [request, grant, enter, release, free],
  properties: [mutualExclusion, bothWait],
  symmetry: ["Client"],
});

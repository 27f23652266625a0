/**
 * A resource allocator that works by a schedule: clients ask for sets of resources, the allocator puts them in a row,
 * and gives a resource to a client unless one before it in the row still wants it.
 */
import {
  type ConstantsOf,
  type Id,
  id,
  ids,
  type ModelDeclaration,
  map,
  protocol,
  type ReadonlySeq,
  record,
  sequence,
  set,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = {
  Clients: ids("c", { default: 3, says: "the clients" }),
  Resources: ids("r", { default: 2, says: "the resources they share" }),
};
type Constants = ConstantsOf<typeof constants>;
type Client = Id<"c">;
type Resource = Id<"r">;

const client = (c: Constants) => id(c.Clients);
const resources = (c: Constants) => set(id(c.Resources));
/** Clients in a row. No client is in the schedule twice, which bounds its length. */
const schedule = (c: Constants) => sequence(client(c), c.Clients.length);

const state = (c: Constants) =>
  record({
    unsat: map(client(c), resources(c)),
    alloc: map(client(c), resources(c)),
    sched: schedule(c),
  });
type State = ViewOf<ReturnType<typeof state>>;

const allocator = protocol("SchedulingAllocator", { constants, state });

function isAvailable(s: State, resource: Resource): boolean {
  return !s.alloc.some((held) => held.has(resource));
}

/** Whether the client has an outstanding request and no place in the schedule. */
function isToSchedule(s: State, client: Client): boolean {
  return s.unsat.get(client).size > 0 && !s.sched.has(client);
}

/** Whether the row is a permutation of the clients that are to be scheduled. */
function arrangesAllToSchedule(s: State, row: ReadonlySeq<Client>): boolean {
  return (
    row.length === s.unsat.count((_, client) => isToSchedule(s, client)) &&
    s.unsat.every((_, client) => !isToSchedule(s, client) || row.has(client))
  );
}

function placeOf(sched: ReadonlySeq<Client>, client: Client): number {
  for (let i = 1; i <= sched.length; i += 1) if (sched.get(i) === client) return i;
  return 0;
}

/** Whether a client at one of the first `place - 1` places of the schedule still wants the resource. */
function isWantedBefore(s: State, resource: Resource, place: number): boolean {
  return s.sched.some((earlier, j) => j < place && s.unsat.get(earlier).has(resource));
}

const request = allocator.action("Request", {
  says: "A client that holds nothing and has no request outstanding asks for some resources.",
  params: (c) => ({ client: client(c), asked: resources(c) }),
  guard: (s, { client, asked }) => s.unsat.get(client).size === 0 && s.alloc.get(client).size === 0 && asked.size > 0,
  effect: (s, { client, asked }) => s.unsat.get(client).assign(asked),
});

const allocate = allocator.action("Allocate", {
  says: "A scheduled client gets available resources that it wants and nobody before it in the schedule wants.",
  params: (c) => ({ client: client(c), given: resources(c) }),
  guard: (s, { client, given }) =>
    given.size > 0 &&
    given.every((resource) => isAvailable(s, resource) && s.unsat.get(client).has(resource)) &&
    s.sched.has(client) &&
    !given.some((resource) => isWantedBefore(s, resource, placeOf(s.sched, client))),
  effect: (s, { client, given }) => {
    if (given.equals(s.unsat.get(client))) s.sched.assign([...s.sched].filter((scheduled) => scheduled !== client));
    for (const resource of given) {
      s.alloc.get(client).add(resource);
      s.unsat.get(client).remove(resource);
    }
  },
  fair: "weak",
});

// The original's Return is two actions here, which exclude each other, because it assumes fairness of the second only.

const giveBack = allocator.action("Return", {
  says: "A client returns some of what it holds, though nothing obliges it to.",
  source: "SchedulingAllocator, Return without the case that Liveness names",
  params: (c) => ({ client: client(c), returned: resources(c) }),
  guard: (s, { client, returned }) =>
    returned.size > 0 &&
    returned.isSubsetOf(s.alloc.get(client)) &&
    !(s.unsat.get(client).size === 0 && returned.equals(s.alloc.get(client))),
  effect: (s, { client, returned }) => {
    for (const resource of returned) s.alloc.get(client).remove(resource);
  },
});

const giveAllBack = allocator.action("ReturnAll", {
  says: "A client whose request is satisfied returns all that it holds.",
  source: "SchedulingAllocator, Liveness: unsat[c] = {} and Return(c, alloc[c])",
  params: (c) => ({ client: client(c) }),
  guard: (s, { client }) => s.unsat.get(client).size === 0 && s.alloc.get(client).size > 0,
  effect: (s, { client }) => s.alloc.get(client).clear(),
  fair: "weak",
});

const extendSchedule = allocator.action("Schedule", {
  says: "The allocator puts all clients that wait for a place into the schedule, in some order.",
  params: (c) => ({ row: schedule(c) }),
  guard: (s, { row }) => row.length > 0 && arrangesAllToSchedule(s, row),
  effect: (s, { row }) => {
    for (const client of row) s.sched.push(client);
  },
  fair: "weak",
});

const resourceMutex = allocator.invariant("ResourceMutex", {
  says: "No two clients hold the same resource.",
  source: "SchedulingAllocator, ResourceMutex",
  holds: (s, c) => c.Resources.every((resource) => s.alloc.count((held) => held.has(resource)) <= 1),
});

/** Whether a client at one of the first `place - 1` places of the schedule holds the resource. */
function isHeldBefore(s: State, resource: Resource, place: number): boolean {
  return s.sched.some((earlier, j) => j < place && s.alloc.get(earlier).has(resource));
}

/** PrevResources: what can be had at this place of the schedule once those before it have returned everything. */
function isObtainableAt(s: State, resource: Resource, place: number): boolean {
  return (
    isAvailable(s, resource) ||
    isWantedBefore(s, resource, place) ||
    isHeldBefore(s, resource, place) ||
    s.alloc.some((held, client) => !s.sched.has(client) && held.has(resource))
  );
}

// The original's second conjunct, that clients which need scheduling have requests outstanding, is part of the
// definition of those clients.
const allocatorInvariant = allocator.invariant("AllocatorInvariant", {
  says: "Who is scheduled waits, holds nothing wanted before it, and can be satisfied when those before it are.",
  source: "SchedulingAllocator, AllocatorInvariant",
  holds: (s) =>
    s.sched.every((client) => s.unsat.get(client).size > 0) &&
    s.sched.every((client, i) => s.alloc.get(client).every((resource) => !isWantedBefore(s, resource, i))) &&
    s.sched.every((client, i) => s.unsat.get(client).every((resource) => isObtainableAt(s, resource, i))),
});

// The liveness properties of the original speak of every client and every resource. Neither clients nor resources can
// be told apart, so the first of each stands for all.

const clientsWillReturn = allocator.leadsTo("ClientsWillReturn", {
  says: "A client whose request is satisfied eventually holds nothing.",
  source: "SchedulingAllocator, ClientsWillReturn",
  from: (s, { Clients: [client] }) => client !== undefined && s.unsat.get(client).size === 0,
  to: (s, { Clients: [client] }) => client !== undefined && s.alloc.get(client).size === 0,
});

const clientsWillObtain = allocator.leadsTo("ClientsWillObtain", {
  says: "A client eventually gets each resource that it asks for.",
  source: "SchedulingAllocator, ClientsWillObtain",
  from: (s, { Clients: [client], Resources: [resource] }) =>
    client !== undefined && resource !== undefined && s.unsat.get(client).has(resource),
  to: (s, { Clients: [client], Resources: [resource] }) =>
    client !== undefined && resource !== undefined && s.alloc.get(client).has(resource),
});

const infinitelyOftenSatisfied = allocator.alwaysEventually("InfOftenSatisfied", {
  says: "A client has no request outstanding, again and again.",
  source: "SchedulingAllocator, InfOftenSatisfied",
  goal: (s, { Clients: [client] }) => client !== undefined && s.unsat.get(client).size === 0,
});

const schedulingAllocator = allocator.spec({
  says: "An allocator that gives shared resources to clients by a schedule.",
  source: "tlaplus/Examples, allocator/SchedulingAllocator",
  actions: [request, allocate, giveBack, giveAllBack, extendSchedule],
  properties: [resourceMutex, allocatorInvariant, clientsWillReturn, clientsWillObtain, infinitelyOftenSatisfied],
});

export const schedulingAllocatorModels: readonly ModelDeclaration[] = [
  {
    name: "scheduling-allocator",
    spec: schedulingAllocator,
    says: "Three clients share two resources.",
    set: { Clients: 3, Resources: 2 },
    properties: ["ResourceMutex", "AllocatorInvariant"],
    file: "checker/corpus/scheduling-allocator.ts",
    expect: {
      verdict: "holds",
      distinct: 1_690,
      generated: 5_854,
      depth: 7,
      source: "tlaplus/Examples, allocator/SchedulingAllocator, three clients, two resources",
    },
  },
];

/**
 * What a state of Raft.tla (Jack Vanlightly's fork of Diego Ongaro's specification, bounded for model checking) holds:
 * the servers, the network, and the counters that keep the number of states finite.
 */
import {
  bag,
  boolean,
  type ConstantsOf,
  count,
  type DraftOf,
  id,
  ids,
  integer,
  map,
  oneOf,
  option,
  protocol,
  type ReadonlySeq,
  record,
  sequence,
  set,
  union,
  type ViewOf,
} from "../../../spec/lang/index.ts";

export const constants = {
  Server: ids("s", { default: 3, max: 5, says: "the servers" }),
  Value: ids("v", { default: 1, max: 4, says: "the values that clients ask to append, each at most once" }),
  MaxElections: count({ default: 2, max: 6, says: "how many elections may start" }),
  MaxRestarts: count({ default: 0, max: 6, says: "how many times a server may restart" }),
};

export type RaftConstants = ConstantsOf<typeof constants>;
export type ServerId = RaftConstants["Server"][number];
export type ValueId = RaftConstants["Value"][number];

/**
 * Terms start at one and only elections raise them. A value enters one log entry, once, so a log is never longer than
 * there are values.
 */
function boundsOf(c: RaftConstants) {
  return {
    server: id(c.Server),
    term: integer(1, 1 + c.MaxElections),
    termOrNone: integer(0, 1 + c.MaxElections),
    indexOrNone: integer(0, c.Value.length),
    nextIndex: integer(1, c.Value.length + 1),
  };
}

function entryOf(c: RaftConstants) {
  return record({ term: boundsOf(c).term, value: id(c.Value) });
}

function messageOf(c: RaftConstants) {
  const { server, term, termOrNone, indexOrNone } = boundsOf(c);
  const addressed = { term, source: server, dest: server };
  return union({
    RequestVoteRequest: { ...addressed, lastLogTerm: termOrNone, lastLogIndex: indexOrNone },
    RequestVoteResponse: { ...addressed, voteGranted: boolean() },
    AppendEntriesRequest: {
      ...addressed,
      prevLogIndex: indexOrNone,
      prevLogTerm: termOrNone,
      entry: option(entryOf(c)),
      commitIndex: indexOrNone,
    },
    AppendEntriesResponse: { ...addressed, success: boolean(), matchIndex: indexOrNone },
  });
}

/** What a server is in Raft.tla and in the modules that its author derived from it. */
export function commonServerFields(c: RaftConstants) {
  const { server, term, indexOrNone, nextIndex } = boundsOf(c);
  return {
    currentTerm: term,
    state: oneOf("Follower", "Candidate", "Leader"),
    votedFor: option(server),
    log: sequence(entryOf(c), c.Value.length),
    commitIndex: indexOrNone,
    /** Read on candidates only. */
    votesGranted: set(server),
    /** The two below are read on leaders only, and never at the leader itself. */
    nextIndex: map(server, nextIndex),
    matchIndex: map(server, indexOrNone),
  };
}

function serverOf(c: RaftConstants) {
  return record({
    ...commonServerFields(c),
    /** Read on leaders only too. */
    pendingResponse: map(id(c.Server), boolean()),
  });
}

/** What there is beside the servers. */
export function commonFields(c: RaftConstants, { copies }: { readonly copies: number }) {
  return {
    /**
     * The original keeps one function from messages to copies, and a message whose copies have all been received
     * stays in its domain, where rules still look. So there are two parts here: the domain, and the copies.
     */
    sent: set(messageOf(c)),
    inFlight: bag(messageOf(c), { copies }),
    /** Null before a client asks for the value, then whether the client was told that it is committed. */
    acked: map(id(c.Value), option(boolean())),
    electionCtr: integer(0, c.MaxElections),
    restartCtr: integer(0, c.MaxRestarts),
  };
}

/** With one message outstanding per follower, copies come of elections and restarts only: three is the most we have seen. */
function stateOf(c: RaftConstants) {
  return record({ servers: map(id(c.Server), serverOf(c)), ...commonFields(c, { copies: 15 }) });
}

export const raft = protocol("Raft", { constants, state: stateOf });

export function commonStateOf(c: RaftConstants) {
  return record({ servers: map(id(c.Server), record(commonServerFields(c))), ...commonFields(c, { copies: 1 }) });
}

/** Builds the actions and properties that the modules share. Its state has the fields that all of them have, and no other. */
export const common = protocol("Raft", { constants, state: commonStateOf });

export type RaftState = ViewOf<ReturnType<typeof stateOf>>;
export type RaftDraft = DraftOf<ReturnType<typeof stateOf>>;
export type RaftServer = ViewOf<ReturnType<typeof serverOf>>;
export type Message = ViewOf<ReturnType<typeof messageOf>>;
type ServerDraft = DraftOf<ReturnType<typeof serverOf>>;

export type CommonState = ViewOf<ReturnType<typeof commonStateOf>>;
export type CommonDraft = DraftOf<ReturnType<typeof commonStateOf>>;
export type CommonServer = ReturnType<CommonState["servers"]["get"]>;
export type CommonServerDraft = ReturnType<CommonDraft["servers"]["get"]>;

/** What a leader knows of its followers. */
type Followers = Pick<CommonServerDraft, "nextIndex" | "matchIndex">;

/** The term of a log's last entry, zero where there is none. */
export function lastTerm(log: ReadonlySeq<{ readonly term: number }>): number {
  return log.length === 0 ? 0 : log.last.term;
}

export function isQuorum(size: number, c: RaftConstants): boolean {
  return size * 2 > c.Server.length;
}

/** Starts the bookkeeping of followers afresh, at the leader's `nextIndex`. */
export function forgetFollowers(server: Followers & Pick<ServerDraft, "pendingResponse">, nextIndex: number): void {
  forgetIndexes(server, nextIndex);
  server.pendingResponse.fill(false);
}

export function forgetIndexes(server: Followers, nextIndex: number): void {
  server.nextIndex.fill(nextIndex);
  server.matchIndex.fill(0);
}

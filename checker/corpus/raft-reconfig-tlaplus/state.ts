/**
 * What a state of RaftWithReconfigAddRemove and of RaftWithReconfigJointConsensus holds alike: servers that need not be
 * members, logs with commands that change the configuration, the network, and counters that keep the states finite.
 */
import {
  bag,
  boolean,
  type ConstantsOf,
  count,
  type DraftOf,
  id,
  ids,
  initially,
  integer,
  map,
  oneOf,
  option,
  protocol,
  record,
  sequence,
  set,
  union,
  type ViewOf,
} from "../../../spec/lang/index.ts";

export const commonConstants = {
  Server: ids("s", { default: 3, max: 5, says: "the servers, members of the cluster or not" }),
  Value: ids("v", { default: 1, max: 4, says: "the values that clients ask to append, each at most once" }),
  InitClusterSize: count({ default: 2, min: 1, max: 5, says: "how many servers are members at the start" }),
  MaxElections: count({ default: 1, max: 6, says: "how many elections may start" }),
  MaxRestarts: count({ default: 0, max: 6, says: "how many times a server may restart" }),
  MaxValuesPerTerm: count({ default: 1, max: 4, says: "how many values the leaders of one term append" }),
};

export type RaftConstants = ConstantsOf<typeof commonConstants>;
export type ServerId = RaftConstants["Server"][number];
export type ValueId = RaftConstants["Value"][number];

/** How many commands in a log change the configuration after the first, and the greatest id that they give to one. */
interface ChangeBounds {
  readonly changes: number;
  readonly configId: number;
}

/** What `nextIndex` is, in place of an index, where a follower needs a snapshot, and where one is on its way. */
export const snapshotDue = -1;
export const snapshotSent = -2;

/**
 * The cluster starts in term one, and only elections raise terms. A log has the first configuration, each value at most
 * once, and the later configurations.
 */
function boundsOf(c: RaftConstants, { changes }: ChangeBounds) {
  const termMax = 1 + c.MaxElections;
  const logMax = 1 + Math.min(c.Value.length, c.MaxValuesPerTerm * termMax) + changes;
  return {
    server: id(c.Server),
    term: integer(1, termMax),
    termOrNone: integer(0, termMax),
    indexOrNone: integer(0, logMax),
    nextIndex: integer(Math.min(snapshotDue, snapshotSent), logMax + 1),
    logMax,
  };
}

/**
 * `id` numbers configurations, `members` are all that take part. The two modules have different commands to change the
 * configuration; one type for all of them lets what the modules share be written once.
 */
function entryOf(c: RaftConstants, bounds: ChangeBounds) {
  const { server, term } = boundsOf(c, bounds);
  const config = { term, id: integer(1, bounds.configId), members: set(server) };
  return union({
    AppendCommand: { term, value: id(c.Value) },
    InitClusterCommand: config,
    AddServerCommand: { ...config, new: server },
    RemoveServerCommand: { ...config, old: server },
    OldNewConfigCommand: { ...config, old: set(server), new: set(server) },
    NewConfigCommand: config,
  });
}

function messageOf(c: RaftConstants, bounds: ChangeBounds) {
  const { server, term, termOrNone, indexOrNone, logMax } = boundsOf(c, bounds);
  const addressed = { term, source: server, dest: server };
  return union({
    RequestVoteRequest: { ...addressed, lastLogTerm: termOrNone, lastLogIndex: indexOrNone },
    RequestVoteResponse: { ...addressed, voteGranted: boolean() },
    AppendEntriesRequest: {
      ...addressed,
      prevLogIndex: indexOrNone,
      prevLogTerm: termOrNone,
      entry: option(entryOf(c, bounds)),
      commitIndex: indexOrNone,
    },
    AppendEntriesResponse: {
      ...addressed,
      result: oneOf("Ok", "StaleTerm", "EntryMismatch", "NeedSnapshot"),
      matchIndex: indexOrNone,
    },
    /** The original names the members as well, which are those of the log's last configuration. */
    SnapshotRequest: { ...addressed, log: sequence(entryOf(c, bounds), logMax), commitIndex: indexOrNone },
    SnapshotResponse: { ...addressed, matchIndex: indexOrNone },
  });
}

function serverOf(c: RaftConstants, bounds: ChangeBounds) {
  const { server, termOrNone, indexOrNone, nextIndex, logMax } = boundsOf(c, bounds);
  return record({
    currentTerm: termOrNone,
    state: oneOf("NotMember", "Follower", "Candidate", "Leader"),
    votedFor: option(server),
    log: sequence(entryOf(c, bounds), logMax),
    commitIndex: indexOrNone,
    /**
     * Whether the server knew its configuration to be committed when it took it over or last advanced `commitIndex`.
     * A restart forgets `commitIndex` and not this. The original keeps the configuration too, a copy of the log's last.
     */
    configCommitted: boolean(),
    /** Read on candidates only. */
    votesGranted: set(server),
    /** The three below are read on leaders only, and never at the leader itself. */
    nextIndex: map(server, initially(nextIndex, 1)),
    matchIndex: map(server, indexOrNone),
    pendingResponse: map(server, boolean()),
  });
}

/** The fields that the states of both modules have. */
export function commonFieldsOf(c: RaftConstants, bounds: ChangeBounds) {
  return {
    servers: map(id(c.Server), serverOf(c, bounds)),
    /** The original's one bag in two parts: every message that was ever sent, and the copies not yet received. */
    sent: set(messageOf(c, bounds)),
    inFlight: bag(messageOf(c, bounds), { copies: 15 }),
    /** Null before a client asks for the value, then whether the client was told that it is committed. */
    acked: map(id(c.Value), option(boolean())),
    electionCtr: integer(0, c.MaxElections),
    restartCtr: integer(0, c.MaxRestarts),
    valueCtr: map(boundsOf(c, bounds).term, integer(0, c.MaxValuesPerTerm)),
  };
}

const stateOf = (c: RaftConstants) => record(commonFieldsOf(c, { changes: 0, configId: 1 }));

/** Gives the types of actions and properties that belong to both modules. Nothing explores a spec of its own. */
export const raft = protocol("RaftWithReconfig", { constants: commonConstants, state: stateOf });

export type RaftState = ViewOf<ReturnType<typeof stateOf>>;
export type RaftDraft = DraftOf<ReturnType<typeof stateOf>>;
export type RaftServer = ViewOf<ReturnType<typeof serverOf>>;
export type ServerDraft = DraftOf<ReturnType<typeof serverOf>>;
export type Message = ViewOf<ReturnType<typeof messageOf>>;
export type Entry = ViewOf<ReturnType<typeof entryOf>>;
export type Log = RaftServer["log"];

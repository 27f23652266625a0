/** The state of a cluster: figure 2 of the paper, "State", once for each server, and the network between them. */
import {
  bag,
  type DraftOf,
  id,
  integer,
  map,
  oneOf,
  option,
  part,
  record,
  sequence,
  set,
  type ViewOf,
} from "../lang/index.ts";
import type { Constants } from "./constants.ts";
import { entrySchema, messageSchema } from "./messages.ts";
import { networkSchema } from "./network/network.ts";

/** What a server keeps on disk. */
const persistentSchema = (c: Constants) => ({
  /** The latest term this server has seen. */
  term: integer(0, c.maxTerm),
  /** The candidate that received this server's vote in `term`. */
  votedFor: option(id(c.Server)),
  log: sequence(entrySchema(c), c.maxLogLength),
});

const serverSchema = (c: Constants) =>
  record({
    ...persistentSchema(c),
    role: oneOf("Follower", "Candidate", "Leader"),
    /** The last entry known to be committed. Entries are applied as they are committed, so there is no `lastApplied`. */
    commitIndex: integer(0, c.maxLogLength),
    /** Candidates only, else empty: who granted a vote in `term`. */
    votesGranted: set(id(c.Server)),
    /** Candidates of the model that counts instead of collecting, else 0: granted votes received. */
    voteCount: part(c.tally === "counter", integer(0, c.Server.length + c.maxDuplicates)),
    /** Leaders only, else 1: for each other server, the next entry to send. */
    nextIndex: map(id(c.Server), integer(1, c.maxLogLength + 1)),
    /** Leaders only, else 0: for each other server, the last entry known to be the same as the leader's. */
    matchIndex: map(id(c.Server), integer(0, c.maxLogLength)),
    /** What has reached the disk. Without split durability every change reaches it at once. */
    durable: part(c.splitDurability, record(persistentSchema(c))),
    /** Messages that wait until what they promise is on disk. */
    outbox: part(c.splitDurability, bag(messageSchema(c), { copies: c.maxInFlight + c.maxDuplicates })),
  });

export const stateSchema = (c: Constants) =>
  record({
    servers: map(id(c.Server), serverSchema(c)),
    network: networkSchema(c),
    /** How many restarts there were: bounds the exploration, and tells a restart from any other step. */
    restarts: integer(0, c.maxRestarts),
    /** How many messages the network has duplicated: bounds the exploration. */
    duplicates: integer(0, c.maxDuplicates),
  });

export type Server = ViewOf<ReturnType<typeof serverSchema>>;
export type ServerDraft = DraftOf<ReturnType<typeof serverSchema>>;
export type State = ViewOf<ReturnType<typeof stateSchema>>;
export type StateDraft = DraftOf<ReturnType<typeof stateSchema>>;
export type ServerId = Constants["Server"][number];

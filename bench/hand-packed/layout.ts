/**
 * Where everything stands in the words of a packed state. A row of the frontier is
 *
 *     header, low, high, server 0 (role, bookkeeping), server 1 (...), ..., messages
 *
 * `low` and `high` are the two lanes of the row's own fingerprint. The words of servers and messages, and the low
 * twelve bits of the header, are the state; the rest follows from them.
 */

/** What the rows of one model look like: the constants of Raft.tla. */
export interface Bounds {
  /** 1 to 4. */
  readonly servers: number;
  /** 0 to 6: terms have three bits, and start at one. */
  readonly elections: number;
  /** 0 to 7. */
  readonly restarts: number;
  /** 1 to 3. */
  readonly values: number;
}

export const serversMax = 4;
export const valuesMax = 3;
export const electionsMax = 6;
export const restartsMax = 7;

export const LOW = 1;
export const HIGH = 2;
export const SERVERS = 3;

/**
 * The header: for each value two bits (0 never asked for, 1 asked for, 2 acknowledged), three bits for elections, three
 * for restarts. Then, in no fingerprint: from bit 16 how many messages have copies under way, and from bit 24 how many
 * there are in all. Those with copies come first.
 */
export const ASKED = 1;
export const COMMITTED = 2;
export const ELECTIONS = 6;
export const RESTARTS = 9;
export const IN_FLIGHT = 16;
export const IN_ALL = 24;
export const COUNTERS_MASK = 0xfff;

/**
 * The first word of a server: term (3 bits), state (2), the number of the server voted for plus one (3), a bit for each
 * vote granted (4), commit index (2), the entries of the log (3 of 5 bits: term, then value), length of the log (2).
 */
export const STATE = 3;
export const VOTED_FOR = 5;
export const VOTES = 8;
export const COMMIT = 12;
export const LOG = 14;
export const LOG_LENGTH = 29;
export const ENTRY_BITS = 5;
export const ENTRY_MASK = 31;
export const TERM_MASK = 7;

export const FOLLOWER = 0;
export const CANDIDATE = 1;
export const LEADER = 2;

export const STATE_BITS = 3 << STATE;
export const VOTED_FOR_BITS = 7 << VOTED_FOR;
export const VOTES_BITS = 15 << VOTES;
export const COMMIT_BITS = 3 << COMMIT;
export const LOG_MASK = (1 << (valuesMax * ENTRY_BITS)) - 1;
export const LOG_BITS = (LOG_MASK << LOG) | (3 << LOG_LENGTH);

/** The second word of a server, for each other server: next index less one (2 bits), match index (2), pending (1). */
export const NEXT = 0;
export const MATCH = 8;
export const PENDING = 16;

/**
 * A message: receiver (2 bits), term (3), sender (2), kind (2), what the kind adds (12), and from bit 24 on how many
 * copies are under way. A message that was sent once stays in the row, with no copies. Such a message is only looked
 * for: whoever received it had its term, terms never fall, and so UpdateTerm has no use for it any more.
 */
export const M_TERM = 2;
export const M_SOURCE = 5;
export const M_KIND = 7;
export const M_BODY = 9;
export const COPY = 1 << 24;
export const CONTENT_MASK = COPY - 1;

export const VOTE_REQUEST = 0;
export const VOTE_RESPONSE = 1;
export const APPEND_REQUEST = 2;
export const APPEND_RESPONSE = 3;

/** The body of a vote request: last log term (3 bits), last log index (2). Of a response: granted (1). */
export const LAST_INDEX = M_BODY + 3;

/** The body of an append request: previous index (2 bits), its term (3), the entry or zero (5), commit index (2). */
export const PREV_TERM = M_BODY + 2;
export const ENTRY = M_BODY + 5;
export const M_COMMIT = M_BODY + 10;

/** The body of an append response: success (1 bit), match index (2). */
export const M_MATCH = M_BODY + 1;

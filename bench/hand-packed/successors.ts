/**
 * The twelve actions of Raft.tla on packed rows. An action writes no state: it writes down what it would change, with
 * the fingerprint that the changed state would have, and most of these turn out to be known already.
 */
import { placeOf } from "./batch.ts";
import {
  C_HEADER,
  C_PARENT,
  C_PLACES,
  C_ROW,
  C_SEND,
  C_WORD,
  C_WORD2,
  C_WORDS,
  DISCARD,
  SECOND,
  TO_ALL,
} from "./change.ts";
import {
  APPEND_REQUEST,
  APPEND_RESPONSE,
  ASKED,
  type Bounds,
  CANDIDATE,
  COMMIT,
  COMMIT_BITS,
  ELECTIONS,
  ENTRY,
  ENTRY_BITS,
  ENTRY_MASK,
  FOLLOWER,
  IN_ALL,
  IN_FLIGHT,
  LAST_INDEX,
  LEADER,
  LOG,
  LOG_BITS,
  LOG_LENGTH,
  M_BODY,
  M_COMMIT,
  M_KIND,
  M_MATCH,
  M_SOURCE,
  M_TERM,
  MATCH,
  NEXT,
  PENDING,
  PREV_TERM,
  RESTARTS,
  SERVERS,
  STATE,
  STATE_BITS,
  TERM_MASK,
  VOTE_REQUEST,
  VOTE_RESPONSE,
  VOTED_FOR,
  VOTED_FOR_BITS,
  VOTES,
  VOTES_BITS,
} from "./layout.ts";

/** No state of the bounds that we admit has so many successors. */
export const successorsMax = 256;

export class Successors {
  /** Changes, one after the other. */
  readonly batch: Int32Array;
  /** How many words of the batch are in use. */
  used = 0;
  readonly #bounds: Bounds;
  #chunk: Int32Array = new Int32Array(0);
  #row = 0;
  #parent = 0;
  #header = 0;
  #messages = 0;
  #end = 0;

  constructor(bounds: Bounds, changesMax: number) {
    this.#bounds = bounds;
    this.batch = new Int32Array(changesMax * C_WORDS);
  }

  /** Writes down all successors of a row. */
  expand(chunk: Int32Array, row: number, parent: number): number {
    const { servers, restarts } = this.#bounds;
    const header = chunk[row] ?? 0;
    this.#chunk = chunk;
    this.#row = row;
    this.#parent = parent;
    this.#header = header;
    this.#messages = row + SERVERS + 2 * servers;
    this.#end = this.#messages + (header >>> IN_ALL);
    const mayRestart = ((header >>> RESTARTS) & 7) < restarts;
    for (let i = 0; i < servers; i += 1) {
      const word = chunk[row + SERVERS + 2 * i] ?? 0;
      const state = (word >>> STATE) & 3;
      if (mayRestart) this.#restart(i, word);
      if (state === LEADER) this.#lead(i, word);
      else this.#campaign(i, word, state);
    }
    this.#receiveAll();
    return this.#end;
  }

  #receiveAll(): void {
    const chunk = this.#chunk;
    const servers = this.#row + SERVERS;
    const end = this.#messages + ((this.#header >>> IN_FLIGHT) & 0xff);
    for (let place = this.#messages; place < end; place += 1) {
      const message = chunk[place] ?? 0;
      const word = chunk[servers + 2 * (message & 3)] ?? 0;
      const ahead = ((message >>> M_TERM) & TERM_MASK) - (word & TERM_MASK);
      if (ahead > 0) this.#updateTerm(message, word);
      else this.#receive(place - this.#row, message, word, ahead);
    }
  }

  #receive(place: number, message: number, word: number, ahead: number): void {
    const kind = (message >>> M_KIND) & 3;
    if (kind === APPEND_REQUEST) this.#handleAppendEntriesRequest(place, message, word, ahead);
    else if (kind === VOTE_REQUEST) this.#handleRequestVoteRequest(place, message, word, ahead);
    else if (ahead !== 0) return;
    else if (kind === APPEND_RESPONSE) this.#handleAppendEntriesResponse(place, message);
    else this.#handleRequestVoteResponse(place, message, word);
  }

  #restart(i: number, word: number): void {
    const kept = word & ~(STATE_BITS | VOTES_BITS | COMMIT_BITS);
    const place = serverAt(i);
    this.#put(this.#header + (1 << RESTARTS), place | ((place + 1) << SECOND), kept, 0, 0);
  }

  #campaign(i: number, word: number, state: number): void {
    const { elections, servers } = this.#bounds;
    if (((this.#header >>> ELECTIONS) & 7) < elections) this.#requestVote(i, word);
    if (state === CANDIDATE && isQuorum((word >>> VOTES) & 15, servers)) this.#becomeLeader(i, word);
  }

  #requestVote(i: number, word: number): void {
    const { servers } = this.#bounds;
    const length = word >>> LOG_LENGTH;
    const term = (word & TERM_MASK) + 1;
    const request =
      (term << M_TERM) |
      (i << M_SOURCE) |
      (VOTE_REQUEST << M_KIND) |
      (lastTerm(word) << M_BODY) |
      (length << LAST_INDEX);
    for (let j = 0; j < servers; j += 1) {
      if (j !== i && this.#wasSent(request | j)) return;
    }
    const kept = word & (COMMIT_BITS | LOG_BITS);
    const candidate = kept | term | (CANDIDATE << STATE) | ((i + 1) << VOTED_FOR) | (1 << (VOTES + i));
    this.#put(this.#header + (1 << ELECTIONS), serverAt(i) | TO_ALL, candidate, 0, request | (i === 0 ? 1 : 0));
  }

  #becomeLeader(i: number, word: number): void {
    const leader = (word & ~STATE_BITS) | (LEADER << STATE);
    const next = (word >>> LOG_LENGTH) * (0b01010101 & ((1 << (2 * this.#bounds.servers)) - 1));
    const place = serverAt(i);
    this.#put(this.#header, place | ((place + 1) << SECOND), leader, next << NEXT, 0);
  }

  #lead(i: number, word: number): void {
    const { servers, values } = this.#bounds;
    for (let v = 0; v < values; v += 1) {
      if (((this.#header >>> (2 * v)) & 3) === 0) this.#clientRequest(i, word, v);
    }
    const bookkeeping = this.#chunk[this.#row + serverAt(i) + 1] ?? 0;
    this.#advanceCommitIndex(i, word, bookkeeping);
    for (let j = 0; j < servers; j += 1) {
      if (j !== i && ((bookkeeping >>> (PENDING + j)) & 1) === 0) this.#appendEntries(i, j, word, bookkeeping);
    }
  }

  #clientRequest(i: number, word: number, v: number): void {
    const entry = (word & TERM_MASK) | (v << 3);
    const longer = (word | (entry << (LOG + ENTRY_BITS * (word >>> LOG_LENGTH)))) + (1 << LOG_LENGTH);
    this.#put(this.#header | (ASKED << (2 * v)), serverAt(i), longer, 0, 0);
  }

  #advanceCommitIndex(i: number, word: number, bookkeeping: number): void {
    const { servers, values } = this.#bounds;
    const commit = (word >>> COMMIT) & 3;
    let agreed = word >>> LOG_LENGTH;
    for (; agreed > commit; agreed -= 1) {
      let agreeing = 1;
      for (let k = 0; k < servers; k += 1) {
        if (k !== i && ((bookkeeping >>> (MATCH + 2 * k)) & 3) >= agreed) agreeing += 1;
      }
      if (agreeing * 2 > servers) break;
    }
    if (agreed <= commit || termAt(word, agreed - 1) !== (word & TERM_MASK)) return;
    let header = this.#header;
    for (let position = commit; position < agreed; position += 1) {
      const v = (word >>> (LOG + ENTRY_BITS * position + 3)) & 3;
      if (v < values && ((header >>> (2 * v)) & 3) === ASKED) header += 1 << (2 * v);
    }
    this.#put(header, serverAt(i), (word & ~COMMIT_BITS) | (agreed << COMMIT), 0, 0);
  }

  #appendEntries(i: number, j: number, word: number, bookkeeping: number): void {
    const length = word >>> LOG_LENGTH;
    const prev = (bookkeeping >>> (NEXT + 2 * j)) & 3;
    const entry = prev < length ? (word >>> (LOG + ENTRY_BITS * prev)) & ENTRY_MASK : 0;
    const commit = Math.min((word >>> COMMIT) & 3, length, prev + 1);
    const request =
      j |
      ((word & TERM_MASK) << M_TERM) |
      (i << M_SOURCE) |
      (APPEND_REQUEST << M_KIND) |
      (prev << M_BODY) |
      ((prev > 0 ? termAt(word, prev - 1) : 0) << PREV_TERM) |
      (entry << ENTRY) |
      (commit << M_COMMIT);
    if (entry === 0 && this.#wasSent(request)) return;
    this.#put(this.#header, serverAt(i) + 1, bookkeeping | (1 << (PENDING + j)), 0, request);
  }

  #updateTerm(message: number, word: number): void {
    const kept = word & ~(TERM_MASK | STATE_BITS | VOTED_FOR_BITS);
    const follower = kept | ((message >>> M_TERM) & TERM_MASK) | (FOLLOWER << STATE);
    this.#put(this.#header, serverAt(message & 3), follower, 0, 0);
  }

  #handleRequestVoteRequest(place: number, message: number, word: number, ahead: number): void {
    const i = message & 3;
    const source = (message >>> M_SOURCE) & 3;
    const mine = lastTerm(word);
    const theirs = (message >>> M_BODY) & TERM_MASK;
    const isUpToDate = theirs > mine || (theirs === mine && ((message >>> LAST_INDEX) & 3) >= word >>> LOG_LENGTH);
    const votedFor = (word >>> VOTED_FOR) & 7;
    const granted = ahead === 0 && isUpToDate && (votedFor === 0 || votedFor === source + 1) ? 1 : 0;
    const voted = granted === 1 ? (word & ~VOTED_FOR_BITS) | ((source + 1) << VOTED_FOR) : word;
    const header = source | ((word & TERM_MASK) << M_TERM) | (i << M_SOURCE);
    const response = header | (VOTE_RESPONSE << M_KIND) | (granted << M_BODY);
    this.#put(this.#header, serverAt(i) | (place << DISCARD), voted, 0, response);
  }

  #handleRequestVoteResponse(place: number, message: number, word: number): void {
    const vote = ((message >>> M_BODY) & 1) << (VOTES + ((message >>> M_SOURCE) & 3));
    this.#put(this.#header, serverAt(message & 3) | (place << DISCARD), word | vote, 0, 0);
  }

  #handleAppendEntriesRequest(place: number, message: number, word: number, ahead: number): void {
    const state = (word >>> STATE) & 3;
    const prev = (message >>> M_BODY) & 3;
    if (ahead < 0) this.#answer(place, message, word, 0);
    if (ahead < 0 || state === LEADER) return;
    const isContinuing =
      prev === 0 || (prev <= word >>> LOG_LENGTH && termAt(word, prev - 1) === ((message >>> PREV_TERM) & TERM_MASK));
    if (!isContinuing) {
      if (state === FOLLOWER) this.#answer(place, message, word, 0);
      return;
    }
    const entry = (message >>> ENTRY) & ENTRY_MASK;
    const length = entry === 0 ? prev : prev + 1;
    const shift = LOG + ENTRY_BITS * prev;
    const log = (word & ((1 << shift) - (1 << LOG))) | (entry << shift);
    const kept = word & (TERM_MASK | VOTED_FOR_BITS | VOTES_BITS);
    const commit = (message >>> M_COMMIT) & 3;
    const accepted = kept | (commit << COMMIT) | log | (length << LOG_LENGTH);
    this.#answer(place, message, accepted, 1 | (length << 1));
  }

  #answer(place: number, message: number, word: number, body: number): void {
    const i = message & 3;
    const header = ((message >>> M_SOURCE) & 3) | ((word & TERM_MASK) << M_TERM) | (i << M_SOURCE);
    const response = header | (APPEND_RESPONSE << M_KIND) | (body << M_BODY);
    this.#put(this.#header, serverAt(i) | (place << DISCARD), word, 0, response);
  }

  #handleAppendEntriesResponse(place: number, message: number): void {
    const i = message & 3;
    const source = (message >>> M_SOURCE) & 3;
    const bookkeeping = this.#chunk[this.#row + serverAt(i) + 1] ?? 0;
    const next = NEXT + 2 * source;
    let changed = bookkeeping & ~((3 << next) | (1 << (PENDING + source)));
    if (((message >>> M_BODY) & 1) === 1) {
      const match = MATCH + 2 * source;
      const matched = (message >>> M_MATCH) & 3;
      changed = (changed & ~(3 << match)) | (matched << match) | (matched << next);
    } else {
      changed |= Math.max(((bookkeeping >>> next) & 3) - 1, 0) << next;
    }
    this.#put(this.#header, (serverAt(i) + 1) | (place << DISCARD), changed, 0, 0);
  }

  #wasSent(content: number): boolean {
    return placeOf(content, this.#chunk, this.#messages, this.#end) !== 0;
  }

  #put(header: number, places: number, word: number, word2: number, send: number): void {
    const { batch } = this;
    const change = this.used;
    this.used = change + C_WORDS;
    batch[change + C_ROW] = this.#row;
    batch[change + C_PARENT] = this.#parent;
    batch[change + C_HEADER] = header;
    batch[change + C_PLACES] = places;
    batch[change + C_WORD] = word;
    batch[change + C_WORD2] = word2;
    batch[change + C_SEND] = send;
  }
}

/** The place of the first word of a server in a row; the second word stands behind it. */
function serverAt(i: number): number {
  return SERVERS + 2 * i;
}

function termAt(word: number, position: number): number {
  return (word >>> (LOG + ENTRY_BITS * position)) & TERM_MASK;
}

function lastTerm(word: number): number {
  const length = word >>> LOG_LENGTH;
  return length === 0 ? 0 : termAt(word, length - 1);
}

function isQuorum(votes: number, servers: number): boolean {
  const size = (votes & 1) + ((votes >>> 1) & 1) + ((votes >>> 2) & 1) + (votes >>> 3);
  return size * 2 > servers;
}

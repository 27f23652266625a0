/**
 * What may become states: changes of rows, written down one after the other. A change is small, and whether it leads to
 * a new state follows from its fingerprint alone, so that most changes are never carried out.
 */
import {
  C_HEADER,
  C_HIGH,
  C_LOW,
  C_PLACES,
  C_ROW,
  C_SEND,
  C_SENT,
  C_WORD,
  C_WORD2,
  C_WORDS,
  DISCARD,
  REST,
  SECOND,
  TO_ALL,
} from "./change.ts";
import { messageHigh, messageLow, wordHigh, wordLow } from "./hash.ts";
import { CONTENT_MASK, COPY, COUNTERS_MASK, HIGH, IN_ALL, IN_FLIGHT, LOW, M_SOURCE, SERVERS } from "./layout.ts";

/**
 * Computes the fingerprints of changes from those of their parents. `base`: where the messages of a row begin. What all
 * changes may have is computed without a branch, because no branch could be foretold: the hash of no message is zero.
 */
export function takeFingerprints(batch: Int32Array, used: number, chunk: Int32Array, base: number): void {
  for (let change = 0; change < used; change += C_WORDS) {
    const row = batch[change + C_ROW] ?? 0;
    const before = chunk[row] ?? 0;
    const places = batch[change + C_PLACES] ?? 0;
    const position = places & 15;
    const word = batch[change + C_WORD] ?? 0;
    const gone = chunk[row + position] ?? 0;
    let low = ((chunk[row + LOW] ?? 0) + wordLow(position, word) - wordLow(position, gone)) | 0;
    let high = ((chunk[row + HIGH] ?? 0) + wordHigh(position, word) - wordHigh(position, gone)) | 0;
    const discard = places >>> DISCARD;
    const discarded = (chunk[row + discard] ?? 0) & CONTENT_MASK & onesIf(discard);
    const c = messageLow(discarded);
    const d = messageHigh(discarded);
    const send = batch[change + C_SEND] ?? 0;
    const a = messageLow(send);
    const b = messageHigh(send);
    low = (low + b - d) | 0;
    high = (high + a + b - c - d) | 0;
    if (send !== 0) {
      const place = placeOf(send, chunk, row + base, row + base + (before >>> IN_ALL));
      const isKnown = onesIf(place);
      low = (low + (a & ~isKnown)) | 0;
      high = (high + (b & ~isKnown)) | 0;
      batch[change + C_SENT] = (place - row) & isKnown;
    }
    batch[change + C_LOW] = low;
    batch[change + C_HIGH] = high;
    if (before !== (batch[change + C_HEADER] ?? 0) || (places & REST) !== 0) addRest(batch, change, chunk, base);
  }
}

/** All bits where a number above zero is given, none for zero. */
function onesIf(place: number): number {
  return (0 - place) >> 31;
}

/** Adds what few changes have: a new header, a second word, and messages to more than one server. */
function addRest(batch: Int32Array, change: number, chunk: Int32Array, base: number): void {
  const row = batch[change + C_ROW] ?? 0;
  const places = batch[change + C_PLACES] ?? 0;
  const before = (chunk[row] ?? 0) & COUNTERS_MASK;
  const after = (batch[change + C_HEADER] ?? 0) & COUNTERS_MASK;
  const position = (places >>> SECOND) & 15;
  let low = (batch[change + C_LOW] ?? 0) + wordLow(0, after) - wordLow(0, before);
  let high = (batch[change + C_HIGH] ?? 0) + wordHigh(0, after) - wordHigh(0, before);
  if (position !== 0) {
    const word = batch[change + C_WORD2] ?? 0;
    const gone = chunk[row + position] ?? 0;
    low += wordLow(position, word) - wordLow(position, gone);
    high += wordHigh(position, word) - wordHigh(position, gone);
  }
  if ((places & TO_ALL) !== 0) {
    const send = batch[change + C_SEND] ?? 0;
    const servers = (base - SERVERS) >>> 1;
    for (let j = (send & 3) + 1; j < servers; j += 1) {
      if (j === ((send >>> M_SOURCE) & 3)) continue;
      const a = messageLow((send & ~3) | j);
      const b = messageHigh((send & ~3) | j);
      low += a + b;
      high += a + 2 * b;
    }
  }
  batch[change + C_LOW] = low;
  batch[change + C_HIGH] = high;
}

/** Where a message of this content stands in a chunk, between two places; 0 where it does not. */
export function placeOf(content: number, chunk: Int32Array, from: number, to: number): number {
  for (let place = from; place < to; place += 1) {
    if (((chunk[place] ?? 0) & CONTENT_MASK) === content) return place;
  }
  return 0;
}

/** Writes the changed row to the tail of the frontier, which has room for it, and returns where it ends. */
export function writeRow(
  batch: Int32Array,
  change: number,
  chunk: Int32Array,
  tail: Int32Array,
  row: number,
  base: number,
): number {
  const from = batch[change + C_ROW] ?? 0;
  const places = batch[change + C_PLACES] ?? 0;
  const before = chunk[from] ?? 0;
  const end = row + base + (before >>> IN_ALL);
  // Four words at a time: the chunks have room for what this reads and writes behind the end.
  for (let to = row + SERVERS, i = from + SERVERS; to < end; to += 4, i += 4) {
    tail[to] = chunk[i] ?? 0;
    tail[to + 1] = chunk[i + 1] ?? 0;
    tail[to + 2] = chunk[i + 2] ?? 0;
    tail[to + 3] = chunk[i + 3] ?? 0;
  }
  tail[row] = ((batch[change + C_HEADER] ?? 0) & COUNTERS_MASK) | (before & ~COUNTERS_MASK);
  tail[row + LOW] = batch[change + C_LOW] ?? 0;
  tail[row + HIGH] = batch[change + C_HIGH] ?? 0;
  tail[row + (places & 15)] = batch[change + C_WORD] ?? 0;
  const second = (places >>> SECOND) & 15;
  if (second !== 0) tail[row + second] = batch[change + C_WORD2] ?? 0;
  const send = batch[change + C_SEND] ?? 0;
  const discard = places >>> DISCARD;
  if (send !== 0) {
    if ((places & TO_ALL) !== 0) sendToAll(tail, row, base, send);
    else sendOne(tail, row, base, send, batch[change + C_SENT] ?? 0);
  }
  if (discard !== 0) discardOne(tail, row, base, discard);
  return row + base + ((tail[row] ?? 0) >>> IN_ALL);
}

function sendToAll(tail: Int32Array, row: number, base: number, request: number): void {
  const servers = (base - SERVERS) >>> 1;
  for (let j = request & 3; j < servers; j += 1) {
    if (j !== ((request >>> M_SOURCE) & 3)) sendOne(tail, row, base, (request & ~3) | j, 0);
  }
}

/** Adds a copy of a message that stands at this place of the row, or nowhere yet. */
function sendOne(tail: Int32Array, row: number, base: number, content: number, sent: number): void {
  const header = tail[row] ?? 0;
  const idle = base + ((header >>> IN_FLIGHT) & 0xff);
  if (sent === 0) {
    tail[row + base + (header >>> IN_ALL)] = tail[row + idle] ?? 0;
    tail[row + idle] = content | COPY;
    tail[row] = header + (1 << IN_FLIGHT) + (1 << IN_ALL);
  } else if (sent < idle) {
    tail[row + sent] = (tail[row + sent] ?? 0) + COPY;
  } else {
    tail[row + sent] = tail[row + idle] ?? 0;
    tail[row + idle] = content | COPY;
    tail[row] = header + (1 << IN_FLIGHT);
  }
}

/** Takes a copy from the message at this place of the row. */
function discardOne(tail: Int32Array, row: number, base: number, discard: number): void {
  const message = tail[row + discard] ?? 0;
  if (message >= 2 * COPY) {
    tail[row + discard] = message - COPY;
    return;
  }
  const header = tail[row] ?? 0;
  const last = base + ((header >>> IN_FLIGHT) & 0xff) - 1;
  tail[row + discard] = tail[row + last] ?? 0;
  tail[row + last] = message - COPY;
  tail[row] = header - (1 << IN_FLIGHT);
}

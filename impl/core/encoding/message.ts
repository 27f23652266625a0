import type { Entry } from "../entry.ts";
import type { Message } from "../message.ts";
import { type ByteReader, type ByteWriter, EncodingError } from "./bytes.ts";
import { readEntry, readSnapshotMeta, writeEntry, writeSnapshotMeta } from "./entry.ts";

/** The place of a kind is its code on the wire: new kinds go to the end, and none is ever taken away. */
const kinds: readonly Message["kind"][] = [
  "pre-vote-request",
  "pre-vote-response",
  "vote-request",
  "vote-response",
  "append-request",
  "append-accepted",
  "append-refused",
  "heartbeat",
  "heartbeat-response",
  "snapshot-chunk",
  "chunk-accepted",
  "timeout-now",
  "term-notice",
];

const codes: ReadonlyMap<Message["kind"], number> = new Map(kinds.map((kind, code) => [kind, code]));

interface Envelope {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly term: number;
  readonly clock: number;
}

/** The kind, the envelope, and what belongs to the kind, in the order of the type's fields. */
export function writeMessage(out: ByteWriter, message: Message): void {
  out.byte(codes.get(message.kind) as number);
  out.number(message.id);
  out.text(message.from);
  out.text(message.to);
  out.number(message.term);
  out.number(message.clock);
  writeBody(out, message);
}

/**
 * Data of commands and chunks are views of what is read from. Throws `EncodingError`; what it accepts is the encoding
 * of what it returns, byte for byte, and no other. Whether bytes are left over is for the caller to ask.
 */
export function readMessage(from: ByteReader): Message {
  const code = from.byte();
  const kind = kinds[code];
  if (kind === undefined) throw new EncodingError(`there is no message of kind ${code}`);
  const envelope = {
    id: from.number(),
    from: from.text(),
    to: from.text(),
    term: from.number(),
    clock: from.number(),
  };
  return readBody(from, kind, envelope);
}

function writeBody(out: ByteWriter, message: Message): void {
  switch (message.kind) {
    case "pre-vote-request":
      out.number(message.lastIndex);
      out.number(message.lastTerm);
      break;
    case "vote-request":
      out.number(message.lastIndex);
      out.number(message.lastTerm);
      out.flag(message.transfer);
      break;
    case "pre-vote-response":
    case "vote-response":
      out.flag(message.granted);
      break;
    case "append-request":
      out.number(message.prevIndex);
      out.number(message.prevTerm);
      writeEntries(out, message.entries);
      out.number(message.commit);
      break;
    case "append-accepted":
      out.number(message.matchIndex);
      break;
    case "append-refused":
      out.number(message.prevIndex);
      out.number(message.hintIndex);
      out.number(message.hintTerm);
      break;
    case "heartbeat":
      out.number(message.commit);
      out.number(message.round);
      break;
    case "heartbeat-response":
      out.number(message.round);
      break;
    case "snapshot-chunk":
      writeSnapshotMeta(out, message.snapshot);
      out.number(message.offset);
      out.bytes(message.data);
      out.flag(message.isLast);
      break;
    case "chunk-accepted":
      out.number(message.index);
      out.number(message.offset);
      break;
    case "timeout-now":
    case "term-notice":
      break;
  }
}

/** Fields are read in the order in which they are written here. */
function readBody(from: ByteReader, kind: Message["kind"], envelope: Envelope): Message {
  switch (kind) {
    case "pre-vote-request":
      return { kind, ...envelope, lastIndex: from.number(), lastTerm: from.number() };
    case "vote-request":
      return { kind, ...envelope, lastIndex: from.number(), lastTerm: from.number(), transfer: from.flag() };
    case "pre-vote-response":
    case "vote-response":
      return { kind, ...envelope, granted: from.flag() };
    case "append-request":
      return readAppendRequest(from, envelope);
    case "append-accepted":
      return { kind, ...envelope, matchIndex: from.number() };
    case "append-refused":
      return { kind, ...envelope, prevIndex: from.number(), hintIndex: from.number(), hintTerm: from.number() };
    case "heartbeat":
      return { kind, ...envelope, commit: from.number(), round: from.number() };
    case "heartbeat-response":
      return { kind, ...envelope, round: from.number() };
    case "snapshot-chunk": {
      const snapshot = readSnapshotMeta(from);
      return { kind, ...envelope, snapshot, offset: from.number(), data: from.bytes(), isLast: from.flag() };
    }
    case "chunk-accepted":
      return { kind, ...envelope, index: from.number(), offset: from.number() };
    case "timeout-now":
    case "term-notice":
      return { kind, ...envelope };
  }
}

function writeEntries(out: ByteWriter, entries: readonly Entry[]): void {
  out.number(entries.length);
  for (const entry of entries) writeEntry(out, entry);
}

function readAppendRequest(from: ByteReader, envelope: Envelope): Message {
  const prevIndex = from.number();
  const prevTerm = from.number();
  const entries: Entry[] = [];
  for (let count = from.count(); count > 0; count -= 1) {
    const entry = readEntry(from);
    const index = prevIndex + entries.length + 1;
    if (entry.index !== index) throw new EncodingError(`entry ${entry.index} stands where ${index} was expected`);
    entries.push(entry);
  }
  return { kind: "append-request", ...envelope, prevIndex, prevTerm, entries, commit: from.number() };
}

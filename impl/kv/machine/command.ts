import { ByteReader, ByteWriter, EncodingError } from "../../core/encoding/bytes.ts";
import type { SessionLimits, Stamp } from "../../core/sessions.ts";
import type { Value } from "./value.ts";

/** What is asked of the machine. A stamp, where there is one, makes it happen once. */
export type Command =
  | { readonly kind: "put"; readonly stamp: Stamp | null; readonly key: string; readonly value: Value }
  | { readonly kind: "delete"; readonly stamp: Stamp | null; readonly key: string }
  | {
      readonly kind: "compare-and-swap";
      readonly stamp: Stamp | null;
      readonly key: string;
      readonly expected: Expected;
      /** Null deletes the key. */
      readonly value: Value | null;
    }
  /** To an absent key it is a put. */
  | {
      readonly kind: "append";
      readonly stamp: Stamp | null;
      readonly key: string;
      readonly value: Value;
      /** Bytes of the whole value. It travels, so that servers with different settings agree. */
      readonly sizeMax: number;
    }
  | { readonly kind: "open-session"; readonly limits: SessionLimits }
  | { readonly kind: "close-session"; readonly session: number };

export type Expected =
  | { readonly kind: "absent" }
  | { readonly kind: "value"; readonly value: Value }
  /** The revision of the last change of the key. */
  | { readonly kind: "revision"; readonly revision: number };

const PUT = 1;
const DELETE = 2;
const COMPARE_AND_SWAP = 3;
const APPEND = 4;
const OPEN_SESSION = 5;
const CLOSE_SESSION = 6;

const EXPECT_ABSENT = 0;
const EXPECT_VALUE = 1;
const EXPECT_REVISION = 2;

/** Enough for all numbers and flags of a command. */
const NUMBERS_SIZE = 48;

export function encodeCommand(command: Command): Uint8Array {
  const out = new ByteWriter(capacityFor(command));
  switch (command.kind) {
    case "put":
      writeHead(out, PUT, command.stamp, command.key);
      writeValue(out, command.value);
      break;
    case "delete":
      writeHead(out, DELETE, command.stamp, command.key);
      break;
    case "compare-and-swap":
      writeHead(out, COMPARE_AND_SWAP, command.stamp, command.key);
      writeExpected(out, command.expected);
      out.flag(command.value !== null);
      if (command.value !== null) writeValue(out, command.value);
      break;
    case "append":
      writeHead(out, APPEND, command.stamp, command.key);
      writeValue(out, command.value);
      out.number(command.sizeMax);
      break;
    case "open-session":
      out.byte(OPEN_SESSION);
      out.number(command.limits.sessionsMax);
      out.number(command.limits.unacknowledgedMax);
      break;
    case "close-session":
      out.byte(CLOSE_SESSION);
      out.number(command.session);
      break;
  }
  return out.view();
}

/**
 * Throws `EncodingError`: only this program writes commands, so what cannot be read was damaged or comes from a newer
 * version. A server that left it out would hold other data than the rest from then on, so it must stop.
 */
export function decodeCommand(bytes: Uint8Array): Command {
  const from = new ByteReader(bytes);
  const command = readCommand(from);
  from.end();
  return command;
}

function readCommand(from: ByteReader): Command {
  const code = from.byte();
  if (code === OPEN_SESSION) {
    return { kind: "open-session", limits: { sessionsMax: from.number(), unacknowledgedMax: from.number() } };
  }
  if (code === CLOSE_SESSION) return { kind: "close-session", session: from.number() };
  const stamp = readStamp(from);
  const key = from.text();
  switch (code) {
    case PUT:
      return { kind: "put", stamp, key, value: readValue(from) };
    case DELETE:
      return { kind: "delete", stamp, key };
    case COMPARE_AND_SWAP:
      return {
        kind: "compare-and-swap",
        stamp,
        key,
        expected: readExpected(from),
        value: from.flag() ? readValue(from) : null,
      };
    case APPEND:
      return { kind: "append", stamp, key, value: readValue(from), sizeMax: from.number() };
    default:
      throw new EncodingError(`there is no command ${code}: this server may be older than the one that wrote it`);
  }
}

function capacityFor(command: Command): number {
  // Enough for ASCII and bytes. For other texts the writer grows.
  const key = "key" in command ? command.key.length : 0;
  const value = "value" in command && command.value !== null ? command.value.length : 0;
  return NUMBERS_SIZE + key + value;
}

function writeHead(out: ByteWriter, code: number, stamp: Stamp | null, key: string): void {
  out.byte(code);
  // No session has the number zero, because no log entry has.
  out.number(stamp?.session ?? 0);
  if (stamp !== null) {
    out.number(stamp.sequence);
    out.number(stamp.acknowledged);
  }
  out.text(key);
}

function readStamp(from: ByteReader): Stamp | null {
  const session = from.number();
  if (session === 0) return null;
  return { session, sequence: from.number(), acknowledged: from.number() };
}

/** A flag that tells text from bytes, and the bytes. */
export function writeValue(out: ByteWriter, value: Value): void {
  out.flag(typeof value === "string");
  if (typeof value === "string") out.text(value);
  else out.bytes(value);
}

/** Bytes are copied: what is kept must not hold on to the buffer that it came in. */
export function readValue(from: ByteReader): Value {
  return from.flag() ? from.text() : from.bytes().slice();
}

function writeExpected(out: ByteWriter, expected: Expected): void {
  switch (expected.kind) {
    case "absent":
      out.byte(EXPECT_ABSENT);
      break;
    case "value":
      out.byte(EXPECT_VALUE);
      writeValue(out, expected.value);
      break;
    case "revision":
      out.byte(EXPECT_REVISION);
      out.number(expected.revision);
      break;
  }
}

function readExpected(from: ByteReader): Expected {
  const code = from.byte();
  if (code === EXPECT_ABSENT) return { kind: "absent" };
  if (code === EXPECT_VALUE) return { kind: "value", value: readValue(from) };
  if (code === EXPECT_REVISION) return { kind: "revision", revision: from.number() };
  throw new EncodingError(`there is no expectation ${code}`);
}

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "../message.ts";
import { anyMessage, anyMessageOf } from "./arbitrary.suite.ts";
import { ByteReader, ByteWriter, EncodingError } from "./bytes.ts";
import { readMessage, writeMessage } from "./message.ts";

test.each(Object.entries(anyMessageOf))("a message of kind %s comes back as it was", (kind, anyOfKind) => {
  fc.assert(
    fc.property(anyOfKind, (message) => {
      expect(message.kind).toBe(kind);
      expect(decoded(encoded(message))).toStrictEqual(message);
    }),
  );
});

test("messages one after the other are read one after the other", () => {
  fc.assert(
    fc.property(fc.array(anyMessage), (messages) => {
      const out = new ByteWriter(1);
      for (const message of messages) writeMessage(out, message);
      const from = new ByteReader(out.view());
      expect(messages.map(() => readMessage(from))).toStrictEqual(messages);
      expect(from.isAtEnd).toBe(true);
    }),
  );
});

test("a message that ends early is an encoding error, wherever it ends", () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const bytes = encoded(message);
      for (let length = 0; length < bytes.length; length += 1) {
        expect(() => readMessage(new ByteReader(bytes.subarray(0, length)))).toThrow(EncodingError);
      }
    }),
    { numRuns: 60 },
  );
});

test("a message with a changed byte is an encoding error or another message", () => {
  fc.assert(
    fc.property(anyMessage, fc.integer({ min: 1, max: 255 }), (message, change) => {
      const bytes = encoded(message);
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ change;
        expectOneEncoding(changed);
      }
    }),
    { numRuns: 60 },
  );
});

test("bytes of any kind are an encoding error or the one encoding of a message", () => {
  fc.assert(fc.property(fc.nat(14), fc.uint8Array(), (kind, rest) => expectOneEncoding(Uint8Array.of(kind, ...rest))));
});

test("a kind that there is not is named", () => {
  expect(() => readMessage(new ByteReader(Uint8Array.of(13)))).toThrow(
    new EncodingError("there is no message of kind 13"),
  );
});

test("entries with a gap are refused", () => {
  const message: Message = {
    kind: "append-request",
    id: 1,
    from: "n1",
    to: "n2",
    term: 3,
    clock: 0,
    prevIndex: 7,
    prevTerm: 2,
    entries: [
      { kind: "no-op", index: 8, term: 3 },
      { kind: "no-op", index: 10, term: 3 },
    ],
    commit: 7,
  };
  expect(() => decoded(encoded(message))).toThrow(new EncodingError("entry 10 stands where 9 was expected"));
});

test("a list that announces more elements than there are bytes is refused before it is read", () => {
  const out = new ByteWriter();
  writeMessage(out, { kind: "timeout-now", id: 1, from: "n1", to: "n2", term: 3, clock: 0 });
  const bytes = out.copy();
  bytes[0] = 4;
  const announced = new ByteWriter();
  announced.number(0);
  announced.number(0);
  announced.number(2 ** 52);
  expect(() => decoded(Uint8Array.of(...bytes, ...announced.view(), 1, 2, 3))).toThrow(
    new EncodingError("4503599627370496 elements were announced at 12, and 3 bytes follow"),
  );
});

function encoded(message: Message): Uint8Array {
  const out = new ByteWriter();
  writeMessage(out, message);
  return out.copy();
}

function decoded(bytes: Uint8Array): Message {
  const from = new ByteReader(bytes);
  const message = readMessage(from);
  from.end();
  return message;
}

/** What is read from the bytes has no other encoding, so bytes that differ are never read as the same message. */
function expectOneEncoding(bytes: Uint8Array): void {
  let message: Message;
  try {
    message = decoded(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodingError);
    return;
  }
  expect(encoded(message)).toStrictEqual(bytes);
}

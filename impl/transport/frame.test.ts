import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import { beginFrame, endFrame, FrameReader, writePreamble } from "./frame.ts";

test("frames come out as they went in, however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 64 })),
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      (payloads, cuts) => {
        const bytes = stream(payloads);
        const reader = new FrameReader(64);
        let preamble: number | null = null;
        const read: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; ) {
          const length = cuts.next().value;
          reader.push(bytes.slice(at, at + length));
          at += length;
          preamble ??= reader.preamble();
          if (preamble === null) continue;
          for (let payload = reader.next(); payload !== null; payload = reader.next()) read.push(payload);
        }
        expect(preamble).toBe(1);
        expect(read).toStrictEqual(payloads);
      },
    ),
  );
});

test("a stream is, byte by byte, what the page on the transport says", () => {
  expect([...stream([new TextEncoder().encode("hi")])]).toEqual([
    ...new TextEncoder().encode("LOCKSTEP"),
    1,
    ...[2, 0, 0, 0],
    ...[0x59, 0x72, 0x5a, 0x88],
    ...new TextEncoder().encode("hi"),
  ]);
});

test("every changed bit of a frame is found, or leaves the frame unfinished", () => {
  const payload = Uint8Array.of(1, 2, 3, 4, 5);
  const bytes = stream([payload]);
  for (let bit = 9 * 8; bit < bytes.length * 8; bit += 1) {
    const changed = bytes.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const reader = new FrameReader(1000);
    reader.push(changed);
    expect(reader.preamble()).toBe(1);
    expect(outcome(reader)).not.toEqual(payload);
  }
});

describe("what is no frame is told", () => {
  test("another protocol", () => {
    const reader = new FrameReader(64);
    reader.push(new TextEncoder().encode("GET / HTTP/1.1\r\n"));
    expect(() => reader.preamble()).toThrow(
      new EncodingError("the first bytes are 47 45 54 20 2f 20 48 54 54, which is not the peer protocol"),
    );
  });

  test("a frame over the limit, before its bytes have come", () => {
    const reader = new FrameReader(64);
    reader.push(Uint8Array.of(65, 0, 0, 0, 1, 1, 1, 1));
    expect(() => reader.next()).toThrow(new EncodingError("a frame of 65 bytes was announced, and 64 are the limit"));
  });

  test("a frame that does not fit its checksum", () => {
    const reader = new FrameReader(64);
    reader.push(Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 1, 9));
    expect(() => reader.next()).toThrow(new EncodingError("a frame of 1 bytes does not fit its checksum"));
  });
});

function stream(payloads: readonly Uint8Array[]): Uint8Array {
  const out = new ByteWriter(1);
  writePreamble(out);
  for (const payload of payloads) {
    const at = beginFrame(out);
    for (const byte of payload) out.byte(byte);
    expect(endFrame(out, at)).toBe(payload.length);
  }
  return out.copy();
}

function outcome(reader: FrameReader): unknown {
  try {
    return reader.next();
  } catch (error) {
    expect(error).toBeInstanceOf(EncodingError);
    return error;
  }
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32c } from "./crc32c.ts";

/** From RFC 3720, appendix B.4, and the catalogue of CRC parameters ("123456789"). */
test.each([
  ["nothing", new Uint8Array(0), 0],
  ["the nine digits", new TextEncoder().encode("123456789"), 0xe3069283],
  ["32 bytes of zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["32 bytes that count up", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["32 bytes that count down", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
])("the checksum of %s is the published one", (_, bytes, checksum) => {
  expect(crc32c(bytes)).toBe(checksum);
});

test("the checksum is that of a bit at a time, at every length and alignment", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(8), (bytes, skipped) => {
      const part = bytes.subarray(skipped);
      expect(crc32c(part)).toBe(bitByBit(part));
    }),
  );
});

test("the checksum of two pieces is the second's, started with the first's", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
      expect(crc32c(other, crc32c(one))).toBe(crc32c(Uint8Array.of(...one, ...other)));
    }),
  );
});

test("every flipped bit changes the checksum", () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => i * 7);
  const checksum = crc32c(bytes);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = bytes.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(crc32c(flipped)).not.toBe(checksum);
  }
});

function bitByBit(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc >>> 0;
}

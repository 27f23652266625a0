import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";

/** Bit by bit, as the definition says. */
function slowly(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

describe("CRC-32C", () => {
  it("gives the values of RFC 3720, section B.4, and of the check string", () => {
    const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect([
      crc32c(new Uint8Array(32)),
      crc32c(new Uint8Array(32).fill(0xff)),
      crc32c(ascending),
      crc32c(ascending.slice().reverse()),
      crc32c(new TextEncoder().encode("123456789")),
      crc32c(new Uint8Array(0)),
    ]).toEqual([0x8a9136aa, 0x62a8ab43, 0x46dd794e, 0x113fdb5c, 0xe3069283, 0]);
  });

  it("agrees with the definition at every length and alignment, in one piece and in two", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(15), fc.nat(200), (data, shift, cut) => {
        const bytes = new Uint8Array(data.length + shift).subarray(shift);
        bytes.set(data);
        const inTwo = crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)));
        expect([crc32c(bytes), inTwo]).toEqual([slowly(data), slowly(data)]);
      }),
    );
  });
});

/**
 * A string of bytes. What is valid UTF-8 may be held as text, which is the cheaper form: it is what JSON carries, and
 * a million short byte arrays cost the garbage collector more than a million strings. Equal bytes are equal values,
 * whichever form they have.
 */
export type Value = string | Uint8Array;

const encoder = new TextEncoder();
// A byte order mark is content like any other: without `ignoreBOM` two values that differ by it would be one.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function bytesOf(value: Value): Uint8Array {
  return typeof value === "string" ? encoder.encode(value) : value;
}

/** The text whose UTF-8 encoding these bytes are, or else the bytes. */
export function textOrBytes(bytes: Uint8Array): Value {
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes;
  }
}

/** Bytes in UTF-8. */
export function sizeOf(value: Value): number {
  if (typeof value !== "string") return value.length;
  let size = value.length;
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i);
    // The two halves of a surrogate pair make four bytes: two for each.
    if (unit >= 0x80) size += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return size;
}

export function sameValue(one: Value, other: Value): boolean {
  if (typeof one === "string" && typeof other === "string") return one === other;
  const left = bytesOf(one);
  const right = bytesOf(other);
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

/** Text if both are, bytes otherwise. */
export function joined(one: Value, other: Value): Value {
  if (typeof one === "string" && typeof other === "string") return one + other;
  const left = bytesOf(one);
  const right = bytesOf(other);
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

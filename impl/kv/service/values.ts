import { bytesOf, sizeOf, textOrBytes, type Value } from "../machine/index.ts";
import { ApiError } from "./errors.ts";
import type { Encoding } from "./json.ts";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Half of a surrogate pair without the other: such a string has no UTF-8 encoding. */
const HALF_PAIR = /\p{Surrogate}/u;

/** Throws `ApiError`. */
export function checkedKey(key: string, bytesMax: number): string {
  if (key === "" || key === "." || key === "..") {
    throw new ApiError("invalid-key", `a key must not be empty, "." or "..", which URLs give another meaning`);
  }
  if (HALF_PAIR.test(key)) throw new ApiError("invalid-key", "the key has half of a surrogate pair, and so no UTF-8");
  const size = sizeOf(key);
  if (size > bytesMax) throw new ApiError("invalid-key", `the key has ${size} bytes of at most ${bytesMax}`);
  return key;
}

/** Throws `ApiError`. */
export function checkedValue(value: string, encoding: Encoding, bytesMax: number): Value {
  const checked = encoding === "utf8" ? checkedText(value) : checkedBase64(value);
  const size = sizeOf(checked);
  if (size > bytesMax) {
    throw new ApiError("too-large", `the value has ${size} bytes of at most ${bytesMax}`, { size, sizeMax: bytesMax });
  }
  return checked;
}

function checkedText(value: string): string {
  if (!HALF_PAIR.test(value)) return value;
  throw new ApiError("invalid-value", "the value has half of a surrogate pair, and so no UTF-8: send it in base64");
}

function checkedBase64(value: string): Value {
  if (!BASE64.test(value)) throw new ApiError("invalid-value", "the value is not base64 with its padding");
  return textOrBytes(bytesOf(Buffer.from(value, "base64")));
}

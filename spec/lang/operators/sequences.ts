import type { ReadonlySeq } from "../collections.ts";
import { equal } from "./equality.ts";

/** The length of the longest sequence that both begin with. Of two logs: up to where they agree. */
export function commonPrefix<E>(one: ReadonlySeq<E>, other: ReadonlySeq<E>): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && equal(one.get(length + 1), other.get(length + 1))) length += 1;
  return length;
}

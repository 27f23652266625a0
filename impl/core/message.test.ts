import { describe, expect, it } from "vitest";
import type { BoundMessage, Effects, FreeMessage, Write } from "./index.ts";

const envelope = { id: 1, from: "a", to: "b", term: 1, clock: 0 };
const vote: BoundMessage = { ...envelope, kind: "vote-response", granted: true };
const notice: FreeMessage = { ...envelope, kind: "term-notice" };

describe("a message that promises something", () => {
  it("cannot be put among those that leave at once: the compiler refuses it", () => {
    const free: Effects["sends"] = [notice];
    // @ts-expect-error A vote may leave only when it is durable.
    const wrong: Effects["sends"] = [vote];
    const request: BoundMessage = { ...envelope, kind: "vote-request", lastIndex: 1, lastTerm: 1, transfer: false };
    // @ts-expect-error A request for votes says that the candidate has voted for itself.
    const wrongRequest: Effects["sends"] = [request];
    const accepted: BoundMessage = { ...envelope, kind: "append-accepted", matchIndex: 1 };
    // @ts-expect-error An acknowledgement says that the entries are durable.
    const wrongAnswer: Effects["sends"] = [accepted];
    const piece: BoundMessage = { ...envelope, kind: "chunk-accepted", index: 1, offset: 1 };
    // @ts-expect-error An answer to a piece of a snapshot says that it is durable.
    const wrongPiece: Effects["sends"] = [piece];
    const bound: Write["sendsAfter"] = [vote, request, accepted, piece];
    // @ts-expect-error What promises nothing need not wait for a disk.
    const slow: Write["sendsAfter"] = [notice];
    expect([free, wrong, wrongRequest, wrongAnswer, wrongPiece, bound, slow].map(({ length }) => length)).toEqual([
      1, 1, 1, 1, 1, 4, 1,
    ]);
  });
});

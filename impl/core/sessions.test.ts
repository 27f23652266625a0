import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "./encoding/bytes.ts";
import { Sessions } from "./sessions.ts";

interface Response {
  readonly number: number;
}

const limits = { sessionsMax: 3, unacknowledgedMax: 2 };

describe("A session", () => {
  it("carries a command out once, however often it arrives", () => {
    const { once } = withOneSession();
    expect(once(1, 0)).toEqual({ number: 1 });
    expect(once(2, 0)).toEqual({ number: 2 });
    expect(once(1, 0)).toEqual({ number: 1 });
    expect(once(2, 1)).toEqual({ number: 2 });
    expect(once(3, 1)).toEqual({ number: 3 });
  });

  it("takes commands in any order", () => {
    const { once } = withOneSession();
    expect(once(9, 0)).toEqual({ number: 1 });
    expect(once(4, 0)).toEqual({ number: 2 });
    expect(once(9, 0)).toEqual({ number: 1 });
  });

  it("drops the responses that the client has, and carries no such command out again", () => {
    const { once } = withOneSession();
    once(1, 0);
    once(2, 1);
    expect(once(1, 1)).toEqual({ kind: "already-acknowledged", sequence: 1, acknowledged: 1 });
    // What was acknowledged once stays so, also for a command that was on its way for long.
    expect(once(1, 0)).toEqual({ kind: "already-acknowledged", sequence: 1, acknowledged: 1 });
    expect(once(3, 1)).toEqual({ number: 3 });
  });

  it("refuses a command whose response it has no room for, until older ones are acknowledged", () => {
    const { once } = withOneSession();
    once(1, 0);
    once(2, 0);
    expect(once(3, 0)).toEqual({ kind: "too-many-unacknowledged", unacknowledgedMax: 2 });
    expect(once(2, 0)).toEqual({ number: 2 });
    expect(once(3, 1)).toEqual({ number: 3 });
  });

  it("is unknown before it is opened and after it is closed, and its commands are not carried out", () => {
    const sessions = new Sessions<Response>();
    const refused = { kind: "unknown-session", session: 5 };
    expect(attempt(sessions, 5)).toEqual(refused);
    sessions.open(5, limits);
    expect(attempt(sessions, 5)).toEqual({ number: 0 });
    expect([sessions.close(5), sessions.close(5)]).toEqual([true, false]);
    expect(attempt(sessions, 5)).toEqual(refused);
  });
});

describe("Of more sessions than allowed", () => {
  it("the one whose last command is oldest in the log expires", () => {
    const sessions = new Sessions<Response>();
    for (const index of [1, 2, 3]) sessions.open(index, limits);
    attempt(sessions, 1);
    sessions.open(4, limits);
    expect([1, 2, 3, 4].map((id) => attempt(sessions, id))).toEqual([
      { number: 0 },
      { kind: "unknown-session", session: 2 },
      { number: 0 },
      { number: 0 },
    ]);
  });

  it("as many expire as a lower limit asks for", () => {
    const sessions = new Sessions<Response>();
    for (const index of [1, 2, 3]) sessions.open(index, limits);
    sessions.open(4, { ...limits, sessionsMax: 1 });
    expect(sessions.count).toBe(1);
    expect(attempt(sessions, 4)).toEqual({ number: 0 });
  });
});

describe("The sessions of an image", () => {
  it("answer repeated commands, and expire in the same order", () => {
    const sessions = new Sessions<Response>();
    for (const index of [1, 2, 3]) sessions.open(index, limits);
    sessions.once({ session: 1, sequence: 7, acknowledged: 5 }, () => ({ number: 70 }));
    sessions.once({ session: 1, sequence: 6, acknowledged: 5 }, () => ({ number: 60 }));
    const image = written(sessions);

    const restored = Sessions.read(new ByteReader(image), (from) => ({ number: from.number() }));
    expect(written(restored)).toEqual(image);
    restored.open(4, limits);
    const again = (session: number, sequence: number) =>
      restored.once({ session, sequence, acknowledged: 0 }, () => ({ number: 0 }));
    expect([again(1, 5), again(1, 6), again(1, 7), again(2, 1)]).toEqual([
      { kind: "already-acknowledged", sequence: 5, acknowledged: 5 },
      { number: 60 },
      { number: 70 },
      { kind: "unknown-session", session: 2 },
    ]);
  });
});

function withOneSession() {
  const sessions = new Sessions<Response>();
  sessions.open(1, limits);
  let count = 0;
  const once = (sequence: number, acknowledged: number) =>
    sessions.once({ session: 1, sequence, acknowledged }, () => ({ number: ++count }));
  return { once };
}

function attempt(sessions: Sessions<Response>, session: number) {
  return sessions.once({ session, sequence: 1, acknowledged: 0 }, () => ({ number: 0 }));
}

function written(sessions: Sessions<Response>): Uint8Array {
  const out = new ByteWriter();
  sessions.write(out, (to, { number }) => to.number(number));
  return out.copy();
}

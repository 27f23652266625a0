import { describe, expect, it } from "vitest";
import { boolean, instantiate, integer, type Model, protocol, record } from "../../spec/lang/index.ts";
import { Semantics } from "../index.ts";
import { tryDeadData } from "./dead-data-check.ts";

const notes = protocol("Notes", { constants: {}, state: () => record({ note: integer(0, 2), isSent: boolean() }) });

const take = notes.action("Take", {
  says: "A note is taken.",
  guard: (s) => s.note === 0,
  effect: (s) => {
    s.note = 2;
  },
});
const send = notes.action("Send", {
  says: "Something is sent, whatever the note says.",
  guard: (s) => !s.isSent,
  effect: (s) => {
    s.isSent = true;
  },
});
const sendNote = notes.action("SendNote", {
  says: "A note is sent.",
  guard: (s) => s.note > 0 && !s.isSent,
  effect: (s) => {
    s.isSent = true;
  },
});
const tearUp = notes.action("TearUp", {
  says: "The note is gone.",
  guard: (s) => s.note > 0,
  effect: (s) => {
    s.note = 0;
  },
});
const blank = notes.invariant("Blank", { says: "No note is taken.", holds: (s) => s.note === 0 });
const silent = notes.stepInvariant("Silent", {
  says: "Nothing is sent while there is a note.",
  holds: (before, after) => before.note === 0 || before.isSent === after.isSent,
});
const small = notes.stateConstraint("Small", { says: "No note is long.", within: (s) => s.note < 2 });

/** Tries every reachable state; the note is called dead. */
function tried(parts: Partial<Parameters<typeof notes.spec>[0]>): string {
  const spec = notes.spec({
    says: "",
    actions: [take, send],
    properties: [],
    terminates: true,
    deadData: {
      says: "No action reads the note.",
      reset: (s) => {
        s.note = 0;
      },
    },
    ...parts,
  });
  const made = instantiate({ name: "notes", says: "", spec, deadData: true });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const model: Model = made.value;
  const whole = new Semantics({ ...model, deadData: null });
  try {
    for (const { after } of whole.initial()) tryDeadData(new Semantics(model), whole, after, () => false);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "believed";
}

describe("data that a spec calls dead", () => {
  it("are believed where nothing depends on them, not even what only takes them away", () => {
    expect(tried({})).toBe("believed");
    expect(tried({ actions: [take, send, tearUp] })).toBe("believed");
  });

  it("are not believed where an action depends on them", () => {
    expect(tried({ actions: [take, sendNote] })).toContain("SendNote");
  });

  it("are not believed where an invariant, a step invariant or a constraint does", () => {
    expect(tried({ properties: [blank] })).toContain("Blank");
    expect(tried({ properties: [silent] })).toContain("Send");
    expect(tried({ constraints: [small] })).toContain("Small");
  });
});

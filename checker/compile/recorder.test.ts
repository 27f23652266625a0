import { describe, expect, it } from "vitest";
import { bag, type DraftOf, integer, record, set } from "../../spec/lang/index.ts";
import { Fingerprints } from "./fingerprints.ts";
import { Memory } from "./memory.ts";
import { compile } from "./program.ts";
import { ask, Recorder } from "./recorder.ts";

const schema = record({ a: integer(0, 3), b: integer(-2, 5), mask: set(integer(0, 7)), bag: bag(integer(0, 500)) });
type Draft = DraftOf<typeof schema>;

/** What an effect asks of the state before, on the blank state. */
function askedBy(effect: (s: Draft) => void): { readonly recorder: Recorder; readonly asked: readonly number[][] } {
  const { layout, views } = compile(schema, null);
  const memory = new Memory(layout);
  memory.blank();
  const recorder = new Recorder(memory, new Fingerprints(memory));
  const draft = views(recorder).after as Draft;
  recorder.start(true, true);
  effect(draft);
  const asked = recorder.questions.map(({ ask: kind, b, c, answer }) => [kind, b, c, answer]);
  return { recorder, asked };
}

describe("the recorder", () => {
  it("notes what an effect reads, once", () => {
    const { asked } = askedBy((s) => {
      s.b = s.a + s.a;
    });
    expect(asked).toEqual([[ask.bits, 0, 3, 0]]);
  });

  it("asks nothing where an effect reads what it wrote", () => {
    const { asked } = askedBy((s) => {
      s.a = 2;
      s.b = s.a;
    });
    expect(asked).toEqual([]);
  });

  it("asks for those bits of a mask alone that were not written", () => {
    const written = askedBy((s) => s.mask.add(3)).asked;
    const read = askedBy((s) => {
      s.mask.add(3);
      s.mask.has(3);
      s.mask.has(4);
    }).asked;
    expect([written.length, read.length]).toEqual([0, 1]);
    expect(read[0]?.slice(2)).toEqual([1, 0]);
  });

  it("counts an element of a bag once, whatever is done to it", () => {
    const { asked } = askedBy((s) => {
      s.bag.add(7);
      s.bag.remove(7);
      s.bag.add(7);
    });
    expect(asked.map(([kind]) => kind)).toEqual([ask.copies]);
  });

  it("lets a field leave its range and come back, and refuses one that stays outside", () => {
    const back = askedBy((s) => {
      s.b -= 20;
      s.b += 21;
    });
    expect(() => back.recorder.settle()).not.toThrow();
    const { recorder } = askedBy((s) => {
      s.b -= 20;
    });
    expect(() => recorder.settle()).toThrow("b became -22; its bound is -2..5");
  });
});

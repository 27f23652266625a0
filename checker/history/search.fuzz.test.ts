import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHistory, type Operation } from "./index.ts";
import { modelNamed, unlimited } from "./samples.suite.ts";
import { spansUntil } from "./span.ts";
import { isImpossible } from "./violation.ts";

type Register = ReturnType<typeof modelNamed>;

/**
 * The slow twin: tries every order of every choice of operations, straight from the definition. An operation without an
 * answer may be left out.
 */
function hasOrder(model: Register, operations: readonly Operation[]): boolean {
  const go = (state: Parameters<Register["step"]>[0], left: readonly Operation[]): boolean => {
    if (left.every(({ returned }) => returned === null)) return true;
    return left.some((next) => {
      const mustWait = left.some(({ returned }) => returned !== null && returned.event < next.called.event);
      if (mustWait) return false;
      const stepped = model.step(state, next);
      return (
        stepped.ok &&
        go(
          stepped.state,
          left.filter(({ id }) => id !== next.id),
        )
      );
    });
  };
  return go(model.init, operations);
}

interface Drawn {
  readonly f: string;
  readonly input: number;
  readonly swapTo: number;
  readonly answers: boolean;
  /** Where the call and the return lie around the moment of effect. */
  readonly before: number;
  readonly after: number;
  /** Added to what is read: mostly nothing. */
  readonly lie: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  f: fc.constantFrom("first", "second", "third", "third"),
  input: fc.nat(2),
  swapTo: fc.nat(2),
  answers: fc.integer({ min: 0, max: 4 }).map((roll) => roll > 0),
  before: fc.nat(25),
  after: fc.nat(25),
  lie: fc.integer({ min: 0, max: 11 }).map((roll) => (roll === 0 ? 1 : 0)),
});

/** A history with an order, of which some answers are then changed; the order is forgotten. */
function historyOf(model: Register, drawn: readonly Drawn[]): readonly Operation[] {
  let state = model.init;
  const timed = drawn.map((draw, position) => {
    const told = toldOf(model, draw, state);
    state = told.state;
    return {
      told,
      answers: draw.answers,
      call: position * 10 - draw.before,
      end: position * 10 + 1 + draw.after,
      position,
    };
  });
  const moments = timed
    .flatMap(({ call, end, position }) => [
      { at: call, position, isCall: true },
      { at: end, position, isCall: false },
    ])
    .sort((one, other) => one.at - other.at || one.position - other.position);
  const momentOf = (position: number, isCall: boolean) => {
    const event = moments.findIndex((moment) => moment.position === position && moment.isCall === isCall);
    return { event, line: event + 1, time: null };
  };
  return timed
    .map(({ told, answers, position }): Operation => {
      const { f, input, answer } = told;
      const called = momentOf(position, true);
      const common = { id: position, process: position, f, key: null, input, called };
      return answers
        ? { ...common, answer, returned: momentOf(position, false) }
        : { ...common, answer: { kind: "none" }, returned: null };
    })
    .sort((one, other) => one.called.event - other.called.event)
    .map((operation, id) => ({ ...operation, id }));
}

function toldOf(model: Register, draw: Drawn, state: Parameters<Register["step"]>[0]) {
  const isRegister = model.name === "cas-register";
  const letter = (n: number) => (isRegister ? n : "abc".charAt(n % 3));
  const base = { id: 0, process: 0, key: null, called: { event: 0, line: 1, time: null }, returned: null };
  const tell = (operation: Operation) => {
    const stepped = model.step(state, operation);
    if (!stepped.ok) throw new Error("an operation was given an answer that the model refuses");
    return { f: operation.f, input: operation.input, answer: operation.answer, state: stepped.state };
  };
  if (draw.f === "third") {
    const seen =
      draw.lie === 0 ? state : typeof state === "string" ? `${state}${letter(draw.input)}` : letter(draw.input);
    return { f: isRegister ? "read" : "get", input: null, answer: { kind: "ok", value: seen } as const, state };
  }
  if (draw.f === "first" || !isRegister) {
    const f = isRegister ? "write" : draw.f === "first" && draw.input === 0 ? "put" : "append";
    const input = letter(draw.f === "first" ? draw.input : draw.swapTo);
    return tell({ ...base, f, input, answer: { kind: "ok", value: input } });
  }
  const input = [draw.input, draw.swapTo];
  const isEqual = draw.input === state;
  return tell({ ...base, f: "cas", input, answer: isEqual ? { kind: "ok", value: input } : { kind: "unequal" } });
}

const runs = { numRuns: 1500, seed: 20_260 };

describe.each(["cas-register", "kv"])("random histories of %s", (name) => {
  const model = modelNamed(name);
  const histories = fc.array(drawn, { minLength: 1, maxLength: 8 }).map((draws) => historyOf(model, draws));

  it("are linearizable if and only if some order among all explains them", () => {
    const counts = { linearizable: 0, violated: 0 };
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = checkHistory(model, operations, unlimited).kind;
        expect(verdict).toBe(hasOrder(model, operations) ? "linearizable" : "violated");
        counts[verdict === "violated" ? "violated" : "linearizable"] += 1;
      }),
      runs,
    );
    expect(counts.linearizable).toBeGreaterThan(300);
    expect(counts.violated).toBeGreaterThan(150);
  });

  it("have witnesses that keep to the order of calls and returns, and to the model", () => {
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = checkHistory(model, operations, unlimited);
        if (verdict.kind !== "linearizable") return;
        const order = verdict.witnesses.flatMap((witness) => witness.order);
        const answered = operations.filter(({ returned }) => returned !== null);
        expect(answered.filter(({ id }) => !order.some((ordered) => ordered.id === id))).toEqual([]);
        let state = model.init;
        for (const [position, operation] of order.entries()) {
          const stepped = model.step(state, operation);
          if (!stepped.ok) throw new Error("the witness gives an answer that the model refuses");
          state = stepped.state;
          const later = order.slice(position + 1);
          expect(later.filter(({ returned }) => returned !== null && returned.event < operation.called.event)).toEqual(
            [],
          );
        }
      }),
      runs,
    );
  });

  it("are explained by operations that have no order, each of which is needed", () => {
    let explained = 0;
    fc.assert(
      fc.property(histories, (operations) => {
        const verdict = checkHistory(model, operations, unlimited);
        if (verdict.kind !== "violated") return;
        explained += 1;
        const { operations: needed, culprit, isMinimal, freedCount } = verdict.violation;
        expect(isMinimal).toBe(true);
        expect(needed.length + freedCount).toBe(operations.length);
        const ids = needed.map(({ id }) => id);
        const spans = spansUntil(culprit.returned?.event ?? -1, operations, model);
        expect(isImpossible(model, spans, ({ id }) => ids.includes(id), unlimited)).toBe(true);
        for (const left of ids) {
          const others = ids.filter((id) => id !== left);
          expect(isImpossible(model, spans, ({ id }) => others.includes(id), unlimited)).toBe(false);
        }
      }),
      runs,
    );
    expect(explained).toBeGreaterThan(150);
  });
});

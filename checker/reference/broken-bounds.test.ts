import { describe, expect, it } from "vitest";
import { type Action, BoundError, integer, map, option, protocol, record } from "../../spec/lang/index.ts";
import { EvaluationError, Semantics } from "../index.ts";
import { modelOf } from "./graph-model.suite.ts";

const shops = protocol("Shop", {
  constants: {},
  state: () =>
    record({
      sold: integer(0, 2),
      last: option(integer(0, 2)),
      till: record({ coins: integer(0, 2) }),
      label: map(integer(1, 2), record({ price: integer(0, 2) })),
    }),
});

const semanticsOf = (action: Action): Semantics =>
  new Semantics(
    modelOf({ name: "shop", spec: shops.spec({ says: "A shop.", actions: [action], properties: [] }), says: "" }),
  );

/** The error of the first step, whether the action throws or leaves a bound. */
function errorOf(action: Action): EvaluationError {
  const semantics = semanticsOf(action);
  const before = [...semantics.initial()][0]?.after;
  try {
    for (const step of semantics.successors(before)) {
      try {
        semantics.encode(step.after);
      } catch (cause) {
        return semantics.errorOf(step, before, cause);
      }
    }
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error("nothing fails");
}

/** The first function of this file in the stack. */
function assignedIn({ cause }: EvaluationError): string | undefined {
  const frames = cause instanceof Error ? (cause.stack?.split("\n") ?? []) : [];
  return /at (?:Object\.)?(\w+) /.exec(frames.find((line) => line.includes("broken-bounds.test")) ?? "")?.[1];
}

describe("a scalar field that an effect leaves out of its bound", () => {
  it("is reported with the last line that assigned it, wherever the field is", () => {
    const go = shops.action("Go", {
      says: "Sells too much.",
      effect: (s) => {
        const first = (): void => {
          s.sold = 7;
        };
        const second = (): void => {
          s.sold = 8;
        };
        const other = (): void => {
          s.till.coins = 1;
        };
        first();
        second();
        other();
      },
    });
    const error = errorOf(go);
    expect([error.message, error.piece]).toEqual(["sold became 8; its bound is 0..2", "effect"]);
    expect(error.cause).toMatchObject({ isAtAssignment: true });
    expect(assignedIn(error)).toBe("second");
  });

  it("is found in records inside records, in records that a map was given, and in options of scalars", () => {
    const coins = shops.action("Go", {
      says: "Takes too many coins.",
      effect: (s) => {
        const take = (): void => {
          s.till.coins += 9;
        };
        take();
      },
    });
    const price = shops.action("Go", {
      says: "Sets a price that is too high.",
      effect: (s) => {
        s.label.set(1, { price: 1 });
        const raise = (): void => {
          s.label.get(1).price = 9;
        };
        raise();
      },
    });
    const last = shops.action("Go", {
      says: "Notes too much.",
      effect: (s) => {
        const note = (): void => {
          s.last = 9;
        };
        note();
      },
    });
    expect([coins, price, last].map((action) => assignedIn(errorOf(action)))).toEqual(["take", "raise", "note"]);
    expect(errorOf(price).message).toBe("label[1].price became 9; its bound is 0..2");
  });

  it("is reported without a line where the effect does something else the second time", () => {
    let calls = 0;
    const go = shops.action("Go", {
      says: "Fails once.",
      effect: (s) => {
        calls += 1;
        s.sold = calls === 1 ? 9 : 1;
      },
    });
    const { cause, message } = errorOf(go);
    expect(message).toBe("sold became 9; its bound is 0..2");
    expect(cause).toBeInstanceOf(BoundError);
    expect(cause).toMatchObject({ isAtAssignment: false });
  });
});

describe("an action that throws", () => {
  const broken = (): never => {
    throw new Error("broken");
  };

  it("says whether its guard or its effect did", () => {
    const effect = (): void => undefined;
    expect(errorOf(shops.action("Go", { says: "Goes.", guard: broken, effect })).piece).toBe("guard");
    expect(errorOf(shops.action("Go", { says: "Goes.", effect: broken })).piece).toBe("effect");
  });

  it("says so of what resets dead data, too", () => {
    const go = shops.action("Go", { says: "Goes.", effect: () => undefined });
    const deadData = { says: "Nothing is read.", reset: broken };
    const spec = shops.spec({
      says: "A shop.",
      actions: [go],
      properties: [],
      deadData,
      init: { effect: () => undefined },
    });
    const semantics = new Semantics(modelOf({ name: "shop", spec, says: "", deadData: true, deadlock: false }));
    expect(() => [...semantics.initial()]).toThrow(expect.objectContaining({ piece: "deadData" }));
  });
});

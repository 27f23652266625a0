import type { SequentialModel } from "./model.ts";
import { type Operation, type Value, valueKey } from "./operation.ts";
import { type PendingCalls, pendingCalls } from "./pending-calls.ts";
import { type SeenConfigurations, seenConfigurations } from "./seen-configurations.ts";
import type { Span } from "./span.ts";

export type StoppedBy = "seconds" | "configurations";

/** What a search may use. */
export interface Budget {
  /** Whether the time is over; asked now and then. */
  readonly isOver: () => boolean;
  /** Configurations that one search may remember. */
  readonly configurationCountMax: number;
}

export type Searched =
  | { readonly kind: "ordered"; readonly order: readonly Operation[] }
  | { readonly kind: "impossible" }
  | { readonly kind: "stopped"; readonly by: StoppedBy };

/** Spans in the order in which the search tries them. */
interface Candidates {
  /** Those that have to be ordered, by call; then those that may be, once. */
  readonly once: readonly Span[];
  readonly requiredCount: number;
  /** Those that may be ordered any number of times, one of each effect. */
  readonly repeating: readonly Span[];
  /** For each of `once`: an optional one of the same effect that was called before; -1 where there is none. */
  readonly twins: readonly number[];
}

/** Steps between two looks at the clock. */
const stride = 1024;

/**
 * Looks for an order of the operations in which each takes effect between its call and its return, and each answer is
 * the model's: the search of Wing and Gong (1993), with the memory of Lowe (2017), as in Porcupine. It turns back where
 * a configuration was seen before, and where the first return of the list belongs to an operation that is not ordered.
 *
 * Operations that need not have happened are left out where that loses no order: where they change nothing, where
 * nobody could see what they change, and where one of the same effect that was called earlier is still to be had.
 */
export function search(model: SequentialModel<Value>, spans: readonly Span[], budget: Budget): Searched {
  const candidates = candidatesOf(spans);
  const { once, requiredCount, repeating } = candidates;
  const calls = pendingCalls(once);
  const seen = seenConfigurations(requiredCount, once.length - requiredCount);
  const isWorthwhile = worthwhile(model, candidates, seen);
  const path: { readonly choice: number; readonly state: Value }[] = [];
  let state = model.init;
  let choice = firstChoice(calls, once.length);
  for (let steps = 1; calls.required() > 0; steps += 1) {
    if (steps % stride === 0 && budget.isOver()) return { kind: "stopped", by: "seconds" };
    if (seen.count() > budget.configurationCountMax) return { kind: "stopped", by: "configurations" };
    const span = once[choice] ?? repeating[choice - once.length];
    if (span === undefined) {
      const taken = path.pop();
      if (taken === undefined) return { kind: "impossible" };
      if (taken.choice < once.length) {
        calls.putBack(taken.choice);
        seen.clear(taken.choice);
      }
      state = taken.state;
      choice = nextChoice(taken.choice, calls, once.length);
      continue;
    }
    const stepped = model.step(state, span.operation);
    if (!stepped.ok || (choice >= requiredCount && !isWorthwhile(choice, state, stepped.state))) {
      choice = nextChoice(choice, calls, once.length);
      continue;
    }
    if (choice < once.length) seen.set(choice);
    if (!seen.add(model.stateKey(stepped.state))) {
      if (choice < once.length) seen.clear(choice);
      choice = nextChoice(choice, calls, once.length);
      continue;
    }
    path.push({ choice, state });
    if (choice < once.length) calls.lift(choice);
    state = stepped.state;
    choice = firstChoice(calls, once.length);
  }
  const order = path.flatMap((taken) => once[taken.choice]?.operation ?? []);
  return { kind: "ordered", order };
}

function candidatesOf(spans: readonly Span[]): Candidates {
  const byCall = [...spans].sort((one, other) => one.from - other.from || one.operation.id - other.operation.id);
  const required = byCall.filter(({ until }) => until !== null);
  const optional = byCall.filter(({ until, repeats }) => until === null && !repeats);
  const once = [...required, ...optional];
  const latest = new Map<string, number>();
  const twins = once.map((span, position) => {
    if (span.until !== null) return -1;
    const effect = effectKey(span);
    const twin = latest.get(effect) ?? -1;
    latest.set(effect, position);
    return twin;
  });
  const repeating = new Map<string, Span>();
  for (const span of byCall) if (span.repeats) repeating.set(effectKey(span), span);
  return { once, requiredCount: required.length, repeating: [...repeating.values()], twins };
}

function effectKey({ operation: { f, key, input } }: Span): string {
  return valueKey([f, key, input]);
}

/** Choices are positions in the list of calls, and after them, `count` on, what may be repeated. */
function firstChoice(calls: PendingCalls, count: number): number {
  const position = calls.first();
  return position === -1 ? count : position;
}

function nextChoice(choice: number, calls: PendingCalls, count: number): number {
  if (choice >= count) return choice + 1;
  const position = calls.after(choice);
  return position === -1 ? count : position;
}

/** Whether an operation that need not have happened is worth a try. */
function worthwhile(model: SequentialModel<Value>, { once, repeating, twins }: Candidates, seen: SeenConfigurations) {
  const observers = [...once, ...repeating].map(({ operation }) => operation);
  const visible = new Map<string | number, boolean>();
  return (choice: number, before: Value, after: Value): boolean => {
    const key = model.stateKey(after);
    if (model.stateKey(before) === key) return false;
    const twin = twins[choice] ?? -1;
    if (twin !== -1 && !seen.has(twin)) return false;
    const known = visible.get(key);
    if (known !== undefined) return known;
    const isVisible = observers.some((operation) => model.canSee(operation, after));
    visible.set(key, isVisible);
    return isVisible;
  };
}

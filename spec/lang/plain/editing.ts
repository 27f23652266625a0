/**
 * Who may change what. A place of the state is edited where it is. A value never changes: an element of a collection, a
 * parameter, what an option or a union holds. A place that another one has replaced has become a value.
 */
import { SpecError } from "../errors.ts";

/** Why a collection may not be changed any more. */
export type Refusal = "value" | "replaced" | "readonly";

/** The method by which a collection, and all in it, becomes one that may not be changed. */
export const seal: unique symbol = Symbol("seal");
/** The method by which a place gives a copy of itself that is a value. */
export const copied: unique symbol = Symbol("copied");

interface Sealable {
  [seal](refusal: Refusal): void;
}
interface Copyable {
  [copied](): unknown;
}

/** What is wrong, and what to write instead. */
const texts: Readonly<Record<Refusal, readonly [message: string, tryThis: string]>> = {
  value: [
    "this is a value and not a place of the state: it cannot be changed",
    "Put another value in its place: assign the option or union, or set, add or push the element.",
  ],
  replaced: [
    "this place was replaced by set, fill or assign: it is no longer part of the state",
    "Get the place from the map again before you change it.",
  ],
  readonly: ["only an effect may change the state", "Move the change into the effect of an action."],
};

export function refuseChange(refusal: Refusal): never {
  throw new SpecError(...texts[refusal]);
}

/** Makes a place that was replaced, and all in it, unchangeable. */
export function retire(place: unknown): void {
  if (typeof place !== "object" || place === null || Object.isFrozen(place)) return;
  if (seal in place) {
    (place as Sealable)[seal]("replaced");
    return;
  }
  const refuse = (): never => refuseChange("replaced");
  for (const [name, value] of Object.entries(place)) {
    retire(value);
    Object.defineProperty(place, name, { get: () => value, set: refuse, enumerable: true, configurable: true });
  }
}

/** Makes a state unchangeable that no effect works on any more, at little cost. Where an effect has left -0, it is 0 from now on. */
export function protect(place: unknown): void {
  if (typeof place !== "object" || place === null || Object.isFrozen(place)) return;
  if (seal in place) {
    (place as Sealable)[seal]("readonly");
    return;
  }
  const fields = place as Record<string, unknown>;
  for (const name in fields) {
    if (!Object.hasOwn(fields, name)) continue;
    const value = fields[name];
    if (Object.is(value, -0)) fields[name] = 0;
    else protect(value);
  }
  Object.freeze(place);
}

/** Freezes a value and everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (seal in value) (value as Sealable)[seal]("value");
  for (const [name, field] of Object.entries(value)) {
    deepFreeze(field);
    // A field that is assigned through an accessor would not be frozen.
    Object.defineProperty(value, name, { value: field, enumerable: true });
  }
  return Object.freeze(value);
}

const settled = new WeakSet<object>();

/** The value as it is now: what is assigned elsewhere, or taken for a parameter, does not change with its origin. */
export function valueNow(value: unknown): unknown {
  if (typeof value !== "object" || value === null || settled.has(value)) return value;
  const now = copied in value ? (value as Copyable)[copied]() : frozenCopy(value);
  if (typeof now === "object" && now !== null) settled.add(now);
  return now;
}

/** The object itself where it is frozen to its depths. */
function frozenCopy(value: object): object {
  if (Array.isArray(value)) {
    const items = value.map(valueNow);
    return Object.isFrozen(value) && items.every((item, at) => item === value[at]) ? value : Object.freeze(items);
  }
  const fields = Object.entries(value).map(([name, field]) => [name, valueNow(field)] as const);
  const isSettled =
    Object.isFrozen(value) &&
    fields.every(([name, field]) => field === (value as Readonly<Record<string, unknown>>)[name]);
  if (isSettled) return value;
  const copy: object = Object.create(Object.getPrototypeOf(value) as object | null);
  for (const [name, field] of fields) Object.defineProperty(copy, name, { value: field, enumerable: true });
  return Object.freeze(copy);
}

/**
 * Domains that are all elements of a bag, or those of one kind, are run through by the search itself, without asking the
 * spec again in each state. A domain is known to be one by what it returns while the search pretends: the place of a bag
 * itself, or the very list that `ofKind` gave, which nothing has looked into. Of a list that any look into is refused, and of
 * a place that was asked nothing, a function can have made nothing else; so it returns the same in every state.
 */
import { bagOf } from "./places/slot.ts";

/** All elements of this bag, or those of these kinds. */
export interface Mark {
  readonly bag: number;
  readonly kinds: readonly string[] | null;
}

/** Thrown where a spec looks at what is pretended. */
class Inspected extends Error {}

const trap = (): never => {
  throw new Inspected("a pretended list was looked into");
};

const traps: ProxyHandler<never[]> = Object.fromEntries(
  [
    "apply",
    "construct",
    "defineProperty",
    "deleteProperty",
    "get",
    "getOwnPropertyDescriptor",
    "getPrototypeOf",
    "has",
    "isExtensible",
    "ownKeys",
    "preventExtensions",
    "set",
    "setPrototypeOf",
  ].map((name) => [name, trap]),
);

export class Pretence {
  isOn = false;
  readonly #marks = new WeakMap<object, Mark>();

  /** What a domain returns while bags pretend, as a mark; or null where it is anything else, or looks at the bags. */
  markOf(domain: () => unknown): Mark | null {
    this.isOn = true;
    try {
      const result = domain();
      if (typeof result !== "object" || result === null) return null;
      const known = this.#marks.get(result);
      if (known !== undefined) return known;
      return bagOf in result ? { bag: (result as { [bagOf]: number })[bagOf], kinds: null } : null;
    } catch {
      return null;
    } finally {
      this.isOn = false;
    }
  }

  /** A list that cannot be looked into, for the elements of these kinds. */
  elementsOf(bag: number, kinds: readonly string[]): never[] {
    const list: never[] = new Proxy([], traps);
    this.#marks.set(list, { bag, kinds: [...kinds] });
    return list;
  }

  /** To be called before bags are asked anything else. */
  refuseLook(): void {
    if (this.isOn) trap();
  }
}

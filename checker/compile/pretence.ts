/** Bags that pretend to have elements, so that a domain that only passes them on can be told from one that looks. */

/** All elements of this bag (of this kind), as some domain asked for them: the `part`th time that it asked. */
export class Mark {
  readonly bag: number;
  readonly kind: string | null;
  readonly part: number;

  constructor(bag: number, kind: string | null, part: number) {
    this.bag = bag;
    this.kind = kind;
    this.part = part;
  }
}

type Elements = (bag: number, kind: string | null) => unknown[];

/** Thrown where a spec looks at a pretended element. */
class Inspected extends Error {}

const trap = (): never => {
  throw new Inspected("a pretended element was looked at");
};

const traps: ProxyHandler<object> = Object.fromEntries(
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
  on = false;
  #elements: Elements = trap;
  readonly #disguised = new WeakMap<object, { readonly mark: Mark; readonly at: number }>();

  /** From now on bags that are enumerated give these elements; with null, their own again. */
  pretend(elements: Elements | null): void {
    this.on = elements !== null;
    this.#elements = elements ?? trap;
  }

  marks(bag: number, kind: string | null): unknown[] {
    return this.#elements(bag, kind);
  }

  /** An element that cannot be looked at: the one at position `at` of those that `mark` stands for. */
  disguise(mark: Mark, at: number): object {
    const element = new Proxy({}, traps);
    this.#disguised.set(element, { mark, at });
    return element;
  }

  isDisguised(element: unknown, mark: Mark, at: number): boolean {
    if (typeof element !== "object" || element === null) return false;
    const known = this.#disguised.get(element);
    return known !== undefined && known.mark === mark && known.at === at;
  }
}

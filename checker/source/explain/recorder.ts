/** Records an evaluation as a tree, one node for each evaluation of a site. The instrumented spec calls it. */
export interface RecordedNode {
  readonly site: number;
  readonly kind: "expression" | "frame" | "iteration" | "candidate";
  /** What a frame, an iteration or a candidate binds. */
  readonly bound: readonly unknown[];
  /** Valid once `isDone`. */
  value: unknown;
  isDone: boolean;
  readonly children: RecordedNode[];
}

/** A property of a large state takes some ten thousand nodes; more than this is not explained. */
const nodesMax = 500_000;

export type Recording<T> =
  | { readonly ok: true; readonly value: T; readonly roots: readonly RecordedNode[] }
  /** The evaluation took too many nodes, or did not nest, as with a generator that was left half-way. */
  | { readonly ok: false; readonly reason: "too-large" | "not-nested" };

type Handle = RecordedNode | null;

export class Recorder {
  #stack: RecordedNode[] = [];
  #isOn = false;
  #count = 0;
  #isNested = true;

  /** Runs `evaluate`, and gives its result with what was recorded meanwhile. What it throws comes out. */
  record<T>(evaluate: () => T): Recording<T> {
    const root = newNode(-1, "frame", []);
    this.#stack = [root];
    this.#isOn = true;
    this.#count = 0;
    this.#isNested = true;
    try {
      const value = evaluate();
      if (this.#count > nodesMax) return { ok: false, reason: "too-large" };
      if (!this.#isNested || this.#stack.length !== 1) return { ok: false, reason: "not-nested" };
      return { ok: true, value, roots: root.children };
    } finally {
      this.#isOn = false;
      this.#stack = [];
    }
  }

  /** An expression starts to be evaluated. */
  enter(site: number): Handle {
    return this.#push(site, "expression", []);
  }

  /** A function starts, with these parameters. */
  frame(site: number, bound: readonly unknown[]): Handle {
    return this.#push(site, "frame", bound);
  }

  /** A loop starts another round; the round before it is over, however it ended. */
  iteration(site: number, bound: readonly unknown[]): void {
    this.endLoop(site);
    this.#push(site, "iteration", bound);
  }

  endLoop(site: number): void {
    for (let at = this.#stack.length - 1; at > 0; at -= 1) {
      const node = this.#stack[at];
      if (node === undefined || node.kind === "frame") return;
      if (node.kind !== "iteration" || node.site !== site) continue;
      this.#closeDownTo(at);
      return;
    }
  }

  /** What `enter` or `frame` started has this value. */
  leave<T>(handle: Handle, value: T): T {
    if (handle === null || !this.#isOn) return value;
    const at = this.#stack.lastIndexOf(handle);
    if (at <= 0) {
      this.#isNested = false;
      return value;
    }
    handle.value = value;
    handle.isDone = true;
    this.#closeDownTo(at);
    return value;
  }

  /** The callback of a quantifier, recorded call by call. */
  candidates<A extends readonly unknown[], R>(site: number, callback: (...args: A) => R): (...args: A) => R {
    if (!this.#isOn || typeof callback !== "function") return callback;
    return (...args) => {
      const handle = this.#push(site, "candidate", args);
      return this.leave(handle, callback(...args));
    };
  }

  #push(site: number, kind: RecordedNode["kind"], bound: readonly unknown[]): Handle {
    if (!this.#isOn || this.#count > nodesMax) return null;
    this.#count += 1;
    const node = newNode(site, kind, bound);
    this.#stack.at(-1)?.children.push(node);
    this.#stack.push(node);
    return node;
  }

  #closeDownTo(at: number): void {
    this.#stack.length = at;
  }
}

function newNode(site: number, kind: RecordedNode["kind"], bound: readonly unknown[]): RecordedNode {
  return { site, kind, bound, value: undefined, isDone: false, children: [] };
}

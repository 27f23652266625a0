/**
 * What the parameters of actions range over. Three cases: domains that do not depend on the state; all elements of a bag
 * (or those of one kind), which the search runs through itself; and whatever else a spec computes from the state.
 */
import { type Model, structuralKey } from "../../spec/lang/index.ts";
import type { Choice, Parameter, Semantics } from "../reference/semantics.ts";
import type { Memory } from "./memory.ts";
import { Mark } from "./pretence.ts";
import type { Views } from "./program.ts";
import type { Recorder } from "./recorder.ts";
import type { Tries } from "./tries.ts";

/** An action that takes an element of a bag, beside a choice of its fixed parameters. */
interface Taker {
  readonly index: number;
  readonly bag: number;
  readonly kind: string | null;
  readonly name: string;
  readonly fixed: Choice;
}

interface ComputedChoice {
  readonly slot: number;
  readonly choice: Choice;
}

/** A domain may count what it is given without anybody noticing, so that each number up to this one is tried. */
const triedMax = 64;
/** How many elements each enumeration pretends to have while a domain is tried, in turn. */
const pretended = [...Array.from({ length: triedMax + 1 }, (_, count) => [count]), [2, 0, 5], [0, 4, 1], [7, 130]];

/** Given to a domain in the place of the parameters before it: one that asks for them depends on more than the state. */
const untouchable: Choice = new Proxy(
  {},
  { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse },
);

function refuse(): never {
  throw new Error("a domain that depends on other parameters is computed for each of their values");
}

export class Domains {
  /** Bags that some action takes elements of. */
  readonly bags: readonly number[];
  /** Actions whose choices are computed from the state. */
  readonly computed: readonly number[];
  readonly #semantics: Semantics;
  readonly #model: Model;
  readonly #memory: Memory;
  readonly #tries: Tries;
  readonly #recorder: Recorder;
  readonly #views: Views;
  readonly #takers: Taker[] = [];
  readonly #fixed: (readonly Choice[])[] = [];
  /** For each computed action: the slot of its domain, and the choices it has given so far, by their text. */
  readonly #ofComputed = new Map<
    number,
    { slot: number; lists: ComputedChoice[][]; known: Map<string, ComputedChoice> }
  >();

  constructor(semantics: Semantics, memory: Memory, tries: Tries, recorder: Recorder, views: Views) {
    this.#semantics = semantics;
    this.#model = semantics.model;
    this.#memory = memory;
    this.#tries = tries;
    this.#recorder = recorder;
    this.#views = views;
    const computed: number[] = [];
    this.#model.actions.forEach((action, index) => {
      const { fixed, found } = semantics.parametersOf(action);
      this.#fixed.push(found.length === 0 ? fixed : []);
      const [one] = found;
      if (one === undefined) return;
      const marks = found.length === 1 ? this.#enumerated(one.values) : null;
      if (marks === null) {
        computed.push(index);
        this.#ofComputed.set(index, { slot: tries.allocate(1), lists: [], known: new Map() });
      } else
        for (const { bag, kind } of marks)
          for (const choice of fixed) this.#takers.push({ index, bag, kind, name: one.name, fixed: choice });
    });
    this.computed = computed;
    this.bags = [...new Set(this.#takers.map(({ bag }) => bag))];
  }

  /** The choices of an action whose domains do not depend on the state. */
  fixed(index: number): readonly Choice[] {
    return this.#fixed[index] ?? [];
  }

  /** What can be done with this element of a bag. */
  waysOf(bag: number, kind: unknown, value: unknown): readonly { readonly index: number; readonly choice: Choice }[] {
    return this.#takers
      .filter((taker) => taker.bag === bag && (taker.kind === null || taker.kind === kind))
      .map(({ index, name, fixed }) => ({ index, choice: { ...fixed, [name]: value } }));
  }

  /** The choices of a computed action in the state before. */
  choices(index: number): readonly ComputedChoice[] {
    const computed = this.#ofComputed.get(index);
    const action = this.#model.actions[index];
    if (computed === undefined || action === undefined) return [];
    const leaf = this.#tries.walk(computed.slot);
    if (leaf !== 0) return computed.lists[this.#tries.words[leaf + 1] ?? 0] ?? [];
    this.#recorder.start(true, !this.#tries.isFull);
    const list = this.#semantics
      .choices(action, this.#views.before)
      .map((choice) => this.#known(computed.known, choice));
    if (this.#tries.isFull) return list;
    computed.lists.push(list);
    this.#tries.learn(computed.slot, this.#recorder.questions, [computed.lists.length - 1, 0, 0], false);
    return list;
  }

  #known(known: Map<string, ComputedChoice>, choice: Choice): ComputedChoice {
    const text = structuralKey(choice);
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = { slot: this.#tries.allocate(1), choice: detached(choice) };
    known.set(text, made);
    return made;
  }

  /**
   * The enumerations that a domain consists of, or null where it is anything else. The domain is tried with bags that
   * pretend to have different numbers of elements, which show themselves only by being passed on.
   */
  #enumerated(values: Parameter["values"]): readonly Mark[] | null {
    const { search } = this.#recorder;
    const marks: Mark[] = [];
    for (const pattern of pretended) {
      const asked: Mark[] = [];
      search.pretend((bag, kind) => {
        const repeats = pattern[asked.length % pattern.length] ?? 1;
        const mark = new Mark(bag, kind, asked.length);
        asked.push(mark);
        return Array.from({ length: repeats }, (_, part) => search.disguise(mark, part));
      });
      let found: readonly unknown[];
      try {
        this.#recorder.start(true, true);
        found = [...values(this.#views.before, untouchable)];
      } catch {
        return null;
      } finally {
        search.pretend(null);
      }
      if (this.#recorder.questions.length > 0 || !this.#isConcatenation(found, asked, pattern)) return null;
      if (marks.length === 0) marks.push(...asked);
      else if (!sameMarks(marks, asked)) return null;
    }
    return marks.length === 0 ? null : marks;
  }

  /** Whether these are all the elements of the enumerations asked for, one after the other, in order. */
  #isConcatenation(found: readonly unknown[], asked: readonly Mark[], pattern: readonly number[]): boolean {
    const { search } = this.#recorder;
    let at = 0;
    for (const mark of asked) {
      const repeats = pattern[mark.part % pattern.length] ?? 1;
      for (let part = 0; part < repeats; part += 1, at += 1) {
        if (!search.isDisguised(found[at], mark, part)) return false;
      }
    }
    return at === found.length && this.#memory.layout.bags.length > 0;
  }
}

function sameMarks(some: readonly Mark[], others: readonly Mark[]): boolean {
  return (
    some.length === others.length &&
    some.every((mark, at) => mark.bag === others[at]?.bag && mark.kind === others[at]?.kind)
  );
}

/** The choice with values that stay what they are when the state changes. */
function detached(choice: Choice): Choice {
  return Object.fromEntries(
    Object.entries(choice).map(([name, value]) => [name, isDetachable(value) ? value.$detach() : value]),
  );
}

function isDetachable(value: unknown): value is { $detach(): unknown } {
  return typeof value === "object" && value !== null && "$detach" in value;
}

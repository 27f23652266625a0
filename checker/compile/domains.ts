/**
 * What the parameters of actions range over. Three cases: domains that do not depend on the state; all elements of a bag
 * (or those of one kind), which the search runs through itself; and all else that a spec computes from the state.
 */
import { type Action, type Model, structuralKey } from "../../spec/lang/index.ts";
import { type Choice, Earlier, namesFrom, type Parameter, type Semantics } from "../reference/semantics.ts";
import type { Mark } from "./pretence.ts";
import type { Views } from "./program.ts";
import type { Recorder } from "./recorder.ts";
import type { Tries } from "./tries.ts";

/** An action that takes an element of a bag, beside a choice of its fixed parameters. */
interface Taker {
  readonly index: number;
  readonly bag: number;
  readonly kinds: readonly string[] | null;
  readonly name: string;
  readonly fixed: Choice;
}

interface ComputedChoice {
  readonly slot: number;
  readonly choice: Choice;
}

export class Domains {
  /** Bags that some action takes elements of. */
  readonly bags: readonly number[];
  /** Actions whose choices are computed from the state. */
  readonly computed: readonly number[];
  readonly #semantics: Semantics;
  readonly #model: Model;
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

  constructor(semantics: Semantics, tries: Tries, recorder: Recorder, views: Views) {
    this.#semantics = semantics;
    this.#model = semantics.model;
    this.#tries = tries;
    this.#recorder = recorder;
    this.#views = views;
    const computed: number[] = [];
    this.#model.actions.forEach((action, index) => {
      const { fixed, found } = semantics.parametersOf(action);
      this.#fixed.push(found.length === 0 ? fixed : []);
      if (found.length === 0) return;
      const takers = this.#takersOf(index, action);
      if (takers !== null) {
        this.#takers.push(...takers);
        return;
      }
      computed.push(index);
      this.#ofComputed.set(index, { slot: tries.allocate(1), lists: [], known: new Map() });
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
      .filter(
        (taker) =>
          taker.bag === bag && (taker.kinds === null || (typeof kind === "string" && taker.kinds.includes(kind))),
      )
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
    const made = { slot: this.#tries.allocate(1), choice };
    known.set(text, made);
    return made;
  }

  /** What takes elements of bags for this action; null where one of its domains is anything else. */
  #takersOf(index: number, action: Action): readonly Taker[] | null {
    const { fixed, found, inOrder } = this.#semantics.parametersOf(action);
    const [one, ...others] = found;
    if (one === undefined || others.length > 0) return null;
    const takers: Taker[] = [];
    for (const choice of fixed) {
      const earlier = new Earlier(choice, one.name, namesFrom(inOrder, one.name));
      const mark = this.#enumerated(one.values, earlier.view);
      if (mark === null) return null;
      takers.push({ index, ...mark, name: one.name, fixed: choice });
    }
    return takers;
  }

  /**
   * The bag of which the domain is all elements, or those of one kind, in every state; null where it is anything else.
   * `earlier` are the parameters before it.
   */
  #enumerated(values: Parameter["values"], earlier: Choice): Mark | null {
    this.#recorder.start(true, true);
    const mark = this.#recorder.search.markOf(() => values(this.#views.before, earlier));
    return this.#recorder.questions.length === 0 ? mark : null;
  }
}

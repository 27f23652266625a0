/**
 * What a model means: its initial states, its successors, and when two states are the same. Plain objects throughout,
 * so that a guard or an effect can be stepped through in a debugger.
 */
import {
  type Action,
  Assignments,
  BoundError,
  type Codec,
  codecOf,
  domainValues,
  type Found as FoundDomain,
  type IdSet,
  type Interners,
  type Model,
  newInterners,
  type Permutation,
  permutationsOf,
  protect,
  Reader,
  type Schema,
  SpecError,
  structuralKey,
  valueNow,
  Writer,
} from "../../spec/lang/index.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { refuseFoundChoices, refuseSizes } from "./sizes.ts";

/** A state as guards and properties see it. Never changed once it is made. */
export type State = unknown;
/** The values an action's parameters took, by name. */
export type Choice = Readonly<Record<string, unknown>>;

/** One way on: the action, its parameters, and the state it leads to. */
export interface Step {
  readonly action: Action;
  readonly choice: Choice;
  readonly after: State;
}

/** One parameter: its values where its domain is fixed, else what finds them in a state. */
export interface Parameter {
  readonly name: string;
  readonly fixed: readonly unknown[] | null;
  /** `earlier` holds the parameters that are declared before this one. */
  readonly values: (state: State, earlier: Choice) => Iterable<unknown>;
}

/** The parameters of an action: every combination of those with a fixed domain, and those found in the state. */
export interface Parameters {
  readonly inOrder: readonly Parameter[];
  readonly fixed: readonly Choice[];
  readonly found: readonly Parameter[];
}

export class Semantics {
  readonly model: Model;
  readonly #codec: Codec;
  /** The values of the model, one object for each: shared by all that reads or makes values of it. */
  readonly interners = newInterners();
  readonly #writer = new Writer();
  /** Every renaming of the symmetric ids but the identity. */
  readonly permutations: readonly Permutation[];
  readonly #parameters = new Map<Action, Parameters>();

  constructor(model: Model) {
    this.model = model;
    refuseSizes(model);
    this.#codec = codecOf(model.schema, "", this.interners);
    this.permutations = permutationsOf(model.symmetric.map((name) => symmetricSet(model, name)));
    for (const action of [model.spec.init, ...model.actions])
      this.#parameters.set(action, parametersOf(action, model, this.interners));
  }

  /** The same with dead data left in. */
  whole(): Semantics {
    return this.model.deadData === null ? this : new Semantics({ ...this.model, deadData: null });
  }

  /** The initial states, one for each choice that yields one; repeats included. */
  *initial(): Generator<Step> {
    const blank = this.blank();
    yield* this.#stepsOf(this.model.spec.init, this.decode(blank), blank);
  }

  /** The key of the state that initial states are made from. */
  blank(): string {
    return this.encode(this.#codec.initial());
  }

  /** The successors of a state, one for each choice that yields one; repeats and self-loops included. */
  *successors(state: State): Generator<Step> {
    const key = this.encode(state);
    protect(state);
    for (const action of this.model.actions) yield* this.#stepsOf(action, state, key);
  }

  /** The exact content of a state as a string: `decode(encode(s))` equals `s`. Throws `BoundError`. */
  encode(state: State): string {
    this.#codec.write(state, this.#writer.start(), null);
    return this.#writer.take();
  }

  /** A fresh state that shares nothing mutable with any other. */
  decode(key: string): State {
    return this.#codec.read(new Reader(key));
  }

  /** The key of the state with its ids renamed. */
  image(state: State, permutation: Permutation): string {
    this.#codec.write(state, this.#writer.start(), permutation);
    return this.#writer.take();
  }

  /** Equal for states that count as one: the content, or the view, made the same for all renamings of symmetric ids. */
  identity(state: State, key: string): string {
    const { view } = this.model.spec;
    let least = view === null ? key : this.#viewOf(state, view);
    for (const permutation of this.permutations) {
      const renamed = this.image(state, permutation);
      const image = view === null ? renamed : this.#viewOf(this.decode(renamed), view);
      if (image < least) least = image;
    }
    return least;
  }

  #viewOf(state: State, view: NonNullable<Model["spec"]["view"]>): string {
    return this.evaluate("view", "view", () => structuralKey(view(state, this.model.constants)));
  }

  /** The name of the first constraint that keeps this state, or the transition to it, out of the model; or null. */
  outside(before: State | null, after: State): string | null {
    const { constants, spec } = this.model;
    const failed = spec.constraints.find((constraint) =>
      this.evaluate("constraint", constraint.name, () => {
        if (constraint.kind === "state-constraint") return !constraint.within(after, constants);
        return before !== null && !constraint.within(before, after, constants);
      }),
    );
    return failed?.name ?? null;
  }

  /** Runs a piece of the spec; what it throws comes back as an `EvaluationError` that names the piece. */
  evaluate<T>(part: EvaluationError["part"], name: string, run: () => T): T {
    try {
      return run();
    } catch (cause) {
      throw new EvaluationError(part, name, {}, cause);
    }
  }

  *#stepsOf(action: Action, state: State, key: string): Generator<Step> {
    for (const choice of this.choices(action, state)) {
      const step = this.stepOf(action, choice, state, key);
      if (step !== null) yield step;
    }
  }

  /** The step of an action with these parameters from a state, of which this is the key; null where it is disabled. */
  stepOf(action: Action, choice: Choice, state: State, key: string): Step | null {
    const { constants } = this.model;
    let piece: EvaluationError["piece"] = "guard";
    try {
      if (!action.guard(state, choice, constants)) return null;
      piece = "effect";
      const after = this.decode(key);
      action.effect(after, choice, constants);
      piece = "deadData";
      this.forgetDeadData(after);
      protect(after);
      return { action, choice, after };
    } catch (cause) {
      throw new EvaluationError("action", action.name, choice, cause, piece);
    }
  }

  /**
   * The error of an effect that has ended and left a field out of its bound: `cause` is what `encode` threw of the state.
   * Its stack is that of the last assignment of the field, which the effect shows when it is run once more.
   */
  errorOf({ action, choice }: Omit<Step, "after">, before: State | null, cause: unknown): EvaluationError {
    const at = cause instanceof BoundError ? this.#assignmentOf(cause, { action, choice }, before) : null;
    return new EvaluationError("action", action.name, choice, at ?? cause, "effect");
  }

  #assignmentOf(cause: BoundError, { action, choice }: Omit<Step, "after">, before: State | null): BoundError | null {
    const { schema, constants } = this.model;
    const assignments = new Assignments();
    const codec = codecOf(schema, "", this.interners, assignments);
    try {
      const draft = codec.read(new Reader(before === null ? this.blank() : this.encode(before)));
      action.effect(draft, choice, constants);
      this.forgetDeadData(draft);
      assignments.begin();
      codec.write(draft, new Writer(), null);
    } catch (again) {
      // A spec that gives another result now is reported with what it did first.
      const isSame = again instanceof BoundError && again.message === cause.message;
      return isSame && assignments.last !== null ? cause.at(assignments.last) : null;
    }
    return null;
  }

  /** Takes out of a draft what can never matter again, where the model leaves it out. */
  forgetDeadData(draft: State): void {
    const { deadData, constants } = this.model;
    if (deadData === null) return;
    deadData.reset(draft, constants);
    for (const { in: within, isDead } of deadData.elements) {
      const elements = within(draft) as Iterable<unknown> & { has(e: unknown): boolean; remove(e: unknown): void };
      for (const element of [...elements].filter((one) => isDead(draft, one, constants)))
        while (elements.has(element)) elements.remove(element);
    }
  }

  /** The domains of an action's parameters: every combination of those that are fixed, and those found in the state. */
  parametersOf(action: Action): Parameters {
    return this.#parameters.get(action) ?? { inOrder: [], fixed: [{}], found: [] };
  }

  /**
   * The parameters that the action could be tried with in this state, whether its guard allows them or not, in the order
   * of their declaration: the last one runs fastest.
   */
  choices(action: Action, state: State): readonly Choice[] {
    const { fixed, found, inOrder } = this.parametersOf(action);
    if (found.length === 0) return fixed;
    let choices: readonly Choice[] = [{}];
    inOrder.forEach(({ name, ...parameter }) => {
      const later = namesFrom(inOrder, name);
      const find = (choice: Choice): Found => {
        const earlier = new Earlier(choice, name, later);
        const values = this.evaluate("parameter", `${action.name}.${name}`, () =>
          [...parameter.values(state, earlier.view)].map(valueNow),
        );
        return { values, isForAll: !earlier.wasRead };
      };
      choices = combined(choices, name, parameter.fixed, find);
      if (choices.length > 1)
        this.evaluate("parameter", `${action.name}.${name}`, () => refuseFoundChoices(action.name, choices.length));
    });
    return choices;
  }
}

interface Found {
  readonly values: readonly unknown[];
  /** True where the values are the same for all earlier parameters. */
  readonly isForAll: boolean;
}

/** Every choice with every value of one more parameter. */
function combined(
  choices: readonly Choice[],
  name: string,
  fixed: readonly unknown[] | null,
  find: (choice: Choice) => Found,
): readonly Choice[] {
  let known = fixed;
  return choices.flatMap((choice) => {
    const found = known === null ? find(choice) : { values: known, isForAll: true };
    if (found.isForAll) known = found.values;
    return found.values.map((value) => ({ ...choice, [name]: value }));
  });
}

/** The names of this parameter and of those declared after it. */
export function namesFrom(inOrder: readonly { readonly name: string }[], of: string): readonly string[] {
  const names = inOrder.map(({ name }) => name);
  return names.slice(names.indexOf(of));
}

/** The parameters that a domain may depend on. It notes whether it was read, and refuses those that come later. */
export class Earlier {
  readonly view: Choice;
  wasRead = false;

  /** `later` are the names of the parameters that come after those, `of` among them. */
  constructor(choice: Choice, of: string, later: readonly string[]) {
    const view = {};
    for (const [name, value] of Object.entries(choice)) {
      if (later.includes(name)) continue;
      const get = (): unknown => {
        this.wasRead = true;
        return value;
      };
      Object.defineProperty(view, name, { enumerable: true, get });
    }
    for (const name of later) {
      const get = (): never => {
        throw new SpecError(
          `the parameter ${of} depends on ${name}: declare ${name} before it`,
          `Write ${name} before ${of} in params.`,
        );
      };
      Object.defineProperty(view, name, { enumerable: false, get });
    }
    this.view = Object.freeze(view);
  }
}

/** The domains of an action's parameters, in the order in which they are tried: the last one runs fastest. */
function parametersOf(action: Action, model: Model, interners: Interners): Parameters {
  const inOrder = Object.entries(action.params(model.constants)).map(([name, domain]): Parameter => {
    if (isFound(domain)) {
      const elements = domain.in as (state: State, earlier: Choice, constants: unknown) => Iterable<unknown>;
      return { name, fixed: null, values: (state, earlier) => elements(state, earlier, model.constants) };
    }
    const fixed = valuesOfParameter(`${action.name}.${name}`, domain, interners);
    return { name, fixed, values: () => fixed };
  });
  let fixed: readonly Choice[] = [{}];
  for (const { name, fixed: values } of inOrder)
    if (values !== null) fixed = fixed.flatMap((choice) => values.map((value) => ({ ...choice, [name]: value })));
  return { inOrder, fixed, found: inOrder.filter((parameter) => parameter.fixed === null) };
}

/** The values of a parameter with a fixed domain. Where they cannot be listed, the error names the parameter. */
function valuesOfParameter(of: string, domain: Schema, interners: Interners): readonly unknown[] {
  try {
    return domainValues(domain, interners);
  } catch (cause) {
    throw new EvaluationError("parameter", of, {}, cause);
  }
}

function isFound(domain: Schema | FoundDomain): domain is FoundDomain {
  return domain.kind === "found";
}

function symmetricSet(model: Model, name: string): IdSet {
  const value = (model.constants as Record<string, unknown>)[name];
  if (!Array.isArray(value))
    throw new SpecError(`${model.spec.name}: ${name} is declared symmetric but is not an id set`);
  return value as never;
}

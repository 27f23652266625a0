/**
 * What a spec can do wrong while it runs. A `SpecError` is the author's to mend: the checker that runs the spec adds
 * the action and the state, and reports it as one message.
 */
export class SpecError extends Error {
  override readonly name: string = "SpecError";
  /** What the author can write instead, as a sentence; null where the message says it. */
  readonly tryThis: string | null;

  constructor(message: string, tryThis: string | null = null) {
    super(message);
    this.tryThis = tryThis;
  }
}

/** A declaration that the vocabulary refuses: its stack has the author's line. */
export class DeclarationError extends RangeError {
  /** What the author can write instead, as a sentence. */
  readonly tryThis: string;
  /** The field of the state that the declaration is of, where the stack of the error does not show it. */
  readonly field: string | null;

  constructor(message: string, tryThis: string, field: string | null = null) {
    super(message);
    this.tryThis = tryThis;
    this.field = field;
  }
}

/**
 * An element was asked for that is not there. `exists` is the condition under which it is, as a spec writes it: what to do with
 * it depends on the function that asked.
 */
export class MissingElementError extends SpecError {
  readonly exists: string;

  constructor(message: string, exists: string) {
    super(message, `Ask for it only where there is one: ${exists}.`);
    this.exists = exists;
  }
}

/** A field was used that belongs to a part of the state which the model has switched off. `path` names the field. */
export class SwitchedOffError extends SpecError {
  override readonly name = "SwitchedOffError";
  readonly path: string;

  constructor(path: string) {
    super(
      `${path} belongs to a part of the state that this model has switched off`,
      "Use the field only where its part is on: if (c.flag), or part: (c) => c.flag on the action or property.",
    );
    this.path = path;
  }
}

/** A spec that declares ids symmetric and does not treat them alike. `culprit` names the action or property. */
export class AsymmetryError extends SpecError {
  override readonly name = "AsymmetryError";
  readonly culprit: string;

  constructor(culprit: string, sets: readonly string[]) {
    super(
      `${culprit} does not treat the ids of ${sets.join(", ")} alike: with the ids renamed it gives another result, ` +
        "and symmetry would make the verdict wrong",
    );
    this.culprit = culprit;
  }
}

/**
 * A spec whose guards, effects or properties depend on what it calls dead. `culprit` names one of them, `data` the fields of
 * the state in which there was dead data.
 */
export class DeadDataError extends SpecError {
  override readonly name = "DeadDataError";
  readonly culprit: string;
  readonly data: readonly string[];

  constructor(culprit: string, data: readonly string[]) {
    super(
      `${culprit} depends on data that deadData of the spec resets (${data.join(", ")}), ` +
        "and leaving it out would make the verdict wrong",
    );
    this.culprit = culprit;
    this.data = data;
  }
}

/** A value left its declared bound. `path` names the field, `found` the value, `bound` what the schema allows. */
export class BoundError extends SpecError {
  override readonly name = "BoundError";
  readonly path: string;
  readonly found: string;
  readonly bound: string;
  /** True where the stack is that of the assignment, and not that of the check. */
  readonly isAtAssignment: boolean = false;
  readonly #advice: string | null;

  /** `tryThis` is the advice where a wider bound would be none. */
  constructor(path: string, found: string, bound: string, tryThis: string | null = null) {
    super(
      `${inFull(path)} became ${foundInFull(found, bound)}; its bound is ${bound}`,
      tryThis ?? adviceFor(found, bound),
    );
    this.#advice = tryThis;
    this.path = path;
    this.found = found;
    this.bound = bound;
  }

  /** The same error about a value that is part of a larger one, at `place` in it. */
  within(place: string): BoundError {
    const joint = this.path === "" || this.path.startsWith(".") || this.path.startsWith("[") ? "" : ".";
    return new BoundError(
      `${place}${place === "" ? this.path : joint + this.path}`,
      this.found,
      this.bound,
      this.#advice,
    );
  }

  /** The same error with the stack of this one, which was made where the value was assigned. */
  at({ stack }: Error): BoundError {
    const error = new BoundError(this.path, this.found, this.bound, this.#advice);
    return Object.assign(error, { stack, isAtAssignment: true });
  }

  /** The same error where it is known under which key of the map at `map` the value is. */
  atKey(map: string, key: string): BoundError {
    const unknown = `${map}[]`;
    if (!this.path.startsWith(unknown)) return this;
    return new BoundError(`${map}[${key}]${this.path.slice(unknown.length)}`, this.found, this.bound, this.#advice);
  }
}

/** The name of a value, where a path ends at an element: elements have no names. */
function inFull(path: string): string {
  if (path === "") return "the value";
  return path.endsWith("[]") ? `an element of ${path.slice(0, -2)}` : path;
}

/** The value, and what is wrong with it besides its size. */
function foundInFull(found: string, bound: string): string {
  if (!isRange(bound) || isWhole(found)) return found;
  return `${found}, which is ${isFraction(found) ? "not a whole number" : "no number"}`;
}

function isRange(bound: string): boolean {
  return /^-?\d+\.\.-?\d+$/.test(bound);
}

function isWhole(found: string): boolean {
  return /^-?(\d+(e\+\d+)?|Infinity)$/.test(found);
}

function isFraction(found: string): boolean {
  return /^-?\d+(\.\d+)?(e[+-]\d+)?$/.test(found);
}

function adviceFor(found: string, bound: string): string {
  if (isRange(bound) && isFraction(found) && !isWhole(found)) return "Write Math.floor(...) around the value.";
  if (isRange(bound) && found === "NaN") return "Look for 0 / 0 or undefined in the calculation.";
  if (isRange(bound) && found.endsWith("Infinity")) return "Look for a division by 0 in the calculation.";
  if (isRange(bound) && !isWhole(found)) return `Give it a whole number within ${bound}.`;
  const copies = /^a bag with (\d+) copies/.exec(found);
  if (copies !== null)
    return `Declare bag(..., { copies: ${copies[1]} }), or keep the action within the bound by a guard or a state constraint.`;
  return "Declare a wider bound, keep the action within it by a guard, or end before it by a state constraint that is false already in the state before.";
}

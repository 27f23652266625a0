/** What the language says of a mistake, in the words of a spec. */

/** What is wrong, and what to write instead. */
export interface InWords {
  readonly message: string;
  readonly tryThis: string;
}

/** Where the error was thrown: only an effect may change the state at all. */
type Thrower = "effect" | "other";

const never = "a value (an element, an option, a union or a parameter) never changes";
const unchangeable: Readonly<Record<Thrower, string>> = {
  effect: never,
  other: `${never}, and only an effect may change the state`,
};
const declared = "Declare the field in the schema, as option(...) where it may be absent.";
const absent = "Declare the field as option(...), and assign null: every field is always present.";
const endless = "a function of the spec calls itself without end, or too many times in a row";

const outOfMemory =
  /^(?:Invalid (?:typed )?array length|Invalid string length|Array buffer allocation failed|(?:Map|Set) maximum size exceeded|Out of memory)/;

/** Messages of V8 about what a spec does to values that are frozen, and about endless recursion. */
const patterns: readonly (readonly [pattern: RegExp, words: (name: string, thrower: Thrower) => InWords])[] = [
  [/^Cannot assign to read only property '(.*)' of object/, unassignable],
  [/^Cannot set property (.*) of .* which has only a getter$/, unassignable],
  [
    /^Cannot add property (.*), object is not extensible$/,
    (name, thrower) => ({ message: `the field ${name} cannot be added: ${unchangeable[thrower]}`, tryThis: declared }),
  ],
  [
    /^Cannot define property (.*), object is not extensible$/,
    (name, thrower) => ({ message: `the field ${name} cannot be added: ${unchangeable[thrower]}`, tryThis: declared }),
  ],
  [
    /^Cannot delete property '(.*)' of/,
    (name, thrower) => ({ message: `the field ${name} cannot be deleted: ${unchangeable[thrower]}`, tryThis: absent }),
  ],
  [/^Cannot redefine property: (.*)$/, unassignable],
  [
    /^Maximum call stack size exceeded$/,
    () => ({ message: endless, tryThis: "Write a loop, or a condition that ends the calls." }),
  ],
  [outOfMemory, () => ({ message: "what is made here does not fit into the memory", tryThis: "Make less of it." })],
];

function unassignable(name: string, thrower: Thrower): InWords {
  return {
    message: `the field ${name} cannot be assigned: ${unchangeable[thrower]}`,
    tryThis: `Assign a new value to what holds this one: s.field = { ...s.field, ${name}: ... } for an option or a union, .set(index, { ...element, ${name}: ... }) for a sequence, .remove(old) and .add(new) for a set or a bag.`,
  };
}

/** The words for an error of the language; null where its own message is plain. */
export function inWords(error: unknown, thrower: Thrower = "other"): InWords | null {
  if (!(error instanceof TypeError) && !(error instanceof RangeError)) return null;
  for (const [pattern, words] of patterns) {
    const match = pattern.exec(error.message);
    if (match !== null) return words(match[1] ?? "", thrower);
  }
  return null;
}

/** What an error says, in words for the author of a spec. */
export function plainMessage(error: unknown): string {
  return inWords(error)?.message ?? (error instanceof Error ? error.message : String(error));
}

/** True where an error says that memory was used up, by the spec or by the search. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && outOfMemory.test(error.message);
}

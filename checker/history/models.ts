import type { Refusal, SequentialModel, Stepped } from "./model.ts";
import { type Operation, sameValue, type Value, valueKey } from "./operation.ts";

type Rule = (state: Value, operation: Operation) => Stepped<Value>;

/** What an operation does, by its name. */
type Rules = Readonly<Record<string, Rule>>;

const refused = { ok: false } as const;

function leaves(state: Value): Stepped<Value> {
  return { ok: true, state };
}

const read: Rule = (state, { answer }) => {
  if (answer.kind === "ok" && !sameValue(answer.value, state)) return refused;
  return leaves(state);
};

/** The key-value service of the MIT course gives an empty string for a key that was never written. */
const readOrEmpty: Rule = (state, { answer }) => {
  if (answer.kind === "ok" && (answer.value ?? "") !== (state ?? "")) return refused;
  return leaves(state);
};

const write: Rule = (_state, { input }) => leaves(input);

const append: Rule = (state, { input }) => leaves(`${String(state ?? "")}${String(input)}`);

const erase: Rule = () => leaves(null);

const compareAndSwap: Rule = (state, { input, answer }) => {
  const [from, to] = pairOf(input);
  const isEqual = sameValue(from, state);
  if ((answer.kind === "ok" && !isEqual) || (answer.kind === "unequal" && isEqual)) return refused;
  return leaves(isEqual ? to : state);
};

/** Both parts of what a compare-and-swap asks: `refusal` has looked at it before. */
function pairOf(input: Value): readonly [Value, Value] {
  if (typeof input !== "object" || input === null) throw new Error("a compare-and-swap without a pair was let in");
  const [from = null, to = null] = input;
  return [from, to];
}

interface Declared {
  readonly name: string;
  readonly says: string;
  readonly rules: Rules;
  /** Whether operations name a key, and values are strings. */
  readonly hasKeys: boolean;
}

function declare({ name, says, rules, hasKeys }: Declared): SequentialModel<Value> {
  const known = new Map(Object.entries(rules));
  const isRead = ({ f }: Operation): boolean => f === "read" || f === "get";
  return {
    name,
    says,
    init: null,
    refusal: (operation) => refusalOf(operation, name, [...known.keys()], hasKeys),
    step: (state, operation) => {
      const rule = known.get(operation.f);
      if (rule === undefined) throw new Error(`${name} let in an operation that it does not know: ${operation.f}`);
      return rule(state, operation);
    },
    keyOf: ({ key }) => key,
    stateKey: valueKey,
    isRead,
    isRepeatable: ({ f }) => f !== "append",
    canSee: (operation, state) => canSee(operation, state),
  };
}

/** With appends in mind: a string is seen by who was given a longer one that begins with it. */
function canSee({ f, input, answer }: Operation, state: Value): boolean {
  if (f === "cas" && answer.kind === "unequal") return true;
  if (f === "cas") return grewFrom(pairOf(input)[0], state);
  return (f === "read" || f === "get") && answer.kind === "ok" && grewFrom(answer.value, state);
}

function grewFrom(seen: Value, state: Value): boolean {
  if (state === null || state === "") return true;
  return typeof seen === "string" && typeof state === "string" ? seen.startsWith(state) : sameValue(seen, state);
}

function refusalOf(operation: Operation, name: string, known: readonly string[], hasKeys: boolean): Refusal | null {
  const { f, key, input, answer } = operation;
  if (!known.includes(f)) {
    return { what: `the model ${name} knows no operation ${f}`, expected: `one of ${known.join(", ")}`, found: f };
  }
  if (hasKeys && key === null) {
    return { what: `an operation of the model ${name} names no key`, expected: "a key", found: `${f} without a key` };
  }
  const isPair = typeof input === "object" && input !== null && input.length === 2;
  if (f === "cas" && !isPair) {
    return {
      what: "a cas says what to compare with and what to write",
      expected: "[from, to]",
      found: valueKey(input),
    };
  }
  const written = f === "cas" && isPair ? input : f === "put" || f === "append" ? [input] : [];
  const given = f === "get" && answer.kind === "ok" ? [answer.value] : [];
  const foreign = [...written, ...given].find(
    (value) => typeof value !== "string" && !(f !== "append" && value === null),
  );
  if (hasKeys && foreign !== undefined) {
    return { what: `values of the model ${name} are strings`, expected: "a string", found: valueKey(foreign) };
  }
  return null;
}

/** Every model, by the name that --model takes. */
export const historyModels: readonly SequentialModel<Value>[] = [
  declare({ name: "register", says: "read and write; null at first", rules: { read, write }, hasKeys: false }),
  declare({
    name: "cas-register",
    says: "read, write and cas; null at first",
    rules: { read, write, cas: compareAndSwap },
    hasKeys: false,
  }),
  declare({
    name: "kv",
    says: "get, put and append by key; an absent key reads as an empty string",
    rules: { get: readOrEmpty, put: write, append },
    hasKeys: true,
  }),
  declare({
    name: "kv-cas",
    says: "get, put, append, cas and delete by key; an absent key reads as null",
    rules: { get: read, put: write, append, cas: compareAndSwap, delete: erase },
    hasKeys: true,
  }),
];

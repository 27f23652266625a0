/** Names that generated code may trip over, and how a program writes them. */
import type { Random } from "./random.suite.ts";

const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"];

const reserved =
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await async of get set undefined NaN Infinity arguments eval globalThis".split(
    " ",
  );

const inherited = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Array.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
];

const others = [
  "then",
  "toJSON",
  "prototype",
  "W",
  "T",
  "state",
  "words",
  "size",
  "copies",
  "has",
  "add",
  "remove",
  "rules",
  "kind",
  "Init",
  "größe",
  "名",
  "two words",
  "it's",
  'a "quote"',
  "back`tick",
  "$" + "{s}",
  "a\\b",
  "0",
  "1",
  "-1",
  "a.b",
  "a/b",
  "",
];

/** Every name of the pool, each once. */
export const oddNames: readonly string[] = [...new Set([...letters, ...reserved, ...inherited, ...others])];

/** Gives out names that are different within a group: odd ones as often as told, plain ones otherwise. */
export class Names {
  readonly #random: Random;
  readonly #oddness: number;
  readonly #given = new Map<string, Set<string>>();
  /** The odd names that were given out. */
  readonly odd: string[] = [];

  constructor(random: Random, oddness: number) {
    this.#random = random;
    this.#oddness = oddness;
  }

  /** `refused` are names that the vocabulary has taken here. */
  fresh(group: string, plain: string, refused: readonly string[] = []): string {
    const given = this.#given.get(group) ?? new Set(refused);
    this.#given.set(group, given);
    for (;;) {
      const isOdd = this.#random.chance(this.#oddness);
      const name = isOdd ? this.#random.pick(oddNames) : `${plain}${given.size}`;
      if (given.has(name) || (isOdd && name === "")) continue;
      given.add(name);
      if (isOdd) this.odd.push(name);
      return name;
    }
  }
}

/** The name as a key of an object literal. Computed, because `__proto__:` is no field. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`;
}

/** The name behind an object: `.name`, or in brackets where it is no identifier. */
export function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/**
 * JavaScript for a list of merged trees. What it finds it writes one after the other: for a step its leaf and its action,
 * for a way to be walked the slot to start at, less than zero, its action, and its own slot. The text has no accessors and
 * no lists left in it: words of the state are compared with constants.
 */
import { item } from "./forest.ts";

/** Writes what the state allows from `at` on, and returns the end. */
export type Emitted = (W: Int32Array, copies: readonly Uint8Array[], out: Int32Array, at: number) => number;

/** A list of so many items, nested ones counted, is one function: some 15 bytes of bytecode each, of 61,440 that are optimised. */
const itemsPerFunction = 1200;
/** In a function for more, what is nested is called, but for lists as short as this. */
const itemsInline = 6;
/** Answers up to which a question becomes a chain of comparisons, and not a switch. */
const chainMax = 3;

/** The source of a program that returns the function for the list at `list`; null where there is too much of it. */
export function emitForest(F: Int32Array, list: number, itemsMax: number): string | null {
  const emitter = new ForestEmitter(F);
  if (emitter.sizeOf(list) > itemsMax) return null;
  const name = emitter.functionOf(list);
  return `"use strict";\n${emitter.source.join("\n")}\nreturn ${name};`;
}

/** The function that such a program returns. It holds numbers only: no name that an author has chosen. */
export function evaluate(source: string): unknown {
  return new Function(source)();
}

class ForestEmitter {
  readonly source: string[] = [];
  readonly #F: Int32Array;
  readonly #sizes = new Map<number, number>();
  readonly #functions = new Map<number, string>();
  /** Of the function being written: words and bags of the state that it reads, and the size up to which lists are inlined. */
  #words = new Set<number>();
  #bags = new Set<number>();
  #inlineMax = 0;

  constructor(F: Int32Array) {
    this.#F = F;
  }

  /** Items of a list, nested ones included as often as they are reached. */
  sizeOf(list: number): number {
    const known = this.#sizes.get(list);
    if (known !== undefined) return known;
    let size = 0;
    this.#each(list, (at, answers) => {
      size += 1;
      for (const nested of new Set(this.#lists(at, answers))) if (nested !== 0) size += this.sizeOf(nested);
    });
    this.#sizes.set(list, size);
    return size;
  }

  /** The name of a function of its own for this list. */
  functionOf(list: number): string {
    const known = this.#functions.get(list);
    if (known !== undefined) return known;
    const outer = { words: this.#words, bags: this.#bags, inlineMax: this.#inlineMax };
    this.#words = new Set();
    this.#bags = new Set();
    this.#inlineMax = this.sizeOf(list) <= itemsPerFunction ? itemsPerFunction : itemsInline;
    const body = this.#body(list);
    const words = [...this.#words].map((word) => `const w${word} = W[${word}];`);
    const bags = [...this.#bags].map((bag) => `const c${bag} = C[${bag}];`);
    this.#words = outer.words;
    this.#bags = outer.bags;
    this.#inlineMax = outer.inlineMax;
    const name = `list${list}`;
    this.#functions.set(list, name);
    this.source.push(`function ${name}(W, C, O, n) {`, ...words, ...bags, body, "return n;", "}");
    return name;
  }

  #block(list: number): string {
    if (list === 0) return "";
    return this.sizeOf(list) > this.#inlineMax ? `n = ${this.functionOf(list)}(W, C, O, n);` : this.#body(list);
  }

  #body(list: number): string {
    const F = this.#F;
    const lines: string[] = [];
    this.#each(list, (at, answers) => {
      const [kind, a, b, c] = [F[at], F[at + 1] ?? 0, F[at + 2] ?? 0, F[at + 3] ?? 0];
      if (kind === item.step) lines.push(`O[n] = ${b}; O[n + 1] = ${a}; n += 2;`);
      else if (kind === item.walk) lines.push(`O[n] = ${-c}; O[n + 1] = ${a}; O[n + 2] = ${b}; n += 3;`);
      else if (kind === item.copies) {
        this.#bags.add(a);
        lines.push(this.#choice(`(c${a}[${b}] | 0)`, 0, this.#lists(at, answers)));
      } else {
        this.#words.add(a);
        // Compared where it stands: the shift is done on the constants.
        const lists = this.#lists(at, answers);
        if (groupsOf(lists).length <= chainMax + 1) lines.push(this.#choice(`(w${a} & ${(c << b) | 0})`, b, lists));
        else lines.push(this.#choice(`(w${a} >>> ${b} & ${c})`, 0, lists));
      }
    });
    return lines.join("\n");
  }

  /** Code that goes on with the list of the answer; answers are compared `shift` bits up. */
  #choice(asks: string, shift: number, lists: readonly number[]): string {
    const [most, ...others] = groupsOf(lists);
    if (most === undefined) return "";
    if (others.length === 0) return this.#block(most.list);
    if (others.length > chainMax) {
      const cases = others.map(({ list, answers }) => {
        const labels = answers.map((answer) => `case ${answer}:`);
        return `${labels.join(" ")}\n${this.#block(list)}\nbreak;`;
      });
      return `switch (${asks}) {\n${cases.join("\n")}\ndefault:\n${this.#block(most.list)}\n}`;
    }
    const ifs = others.map(({ list, answers }) => {
      const tests = answers.map((answer) => `${asks} === ${(answer << shift) | 0}`);
      return `if (${tests.join(" || ")}) {\n${this.#block(list)}\n}`;
    });
    return `${ifs.join(" else ")} else {\n${this.#block(most.list)}\n}`;
  }

  #lists(at: number, answers: number): readonly number[] {
    return [...this.#F.subarray(at + 4, at + 4 + answers)];
  }

  #each(list: number, take: (at: number, answers: number) => void): void {
    const F = this.#F;
    for (let at = list; F[at] !== item.end; ) {
      const kind = F[at];
      const answers = kind === item.bits ? (F[at + 3] ?? 0) + 1 : kind === item.copies ? (F[at + 3] ?? 0) : 0;
      take(at, answers);
      at += kind === item.step ? 3 : 4 + answers;
    }
  }
}

interface Group {
  readonly list: number;
  readonly answers: readonly number[];
}

/** The lists that answers lead to, with these answers; that of most answers first. */
function groupsOf(lists: readonly number[]): readonly Group[] {
  const answers = new Map<number, number[]>();
  lists.forEach((list, answer) => {
    const group = answers.get(list);
    if (group === undefined) answers.set(list, [answer]);
    else group.push(answer);
  });
  const groups = [...answers].map(([list, group]) => ({ list, answers: group }));
  return groups.sort((a, b) => b.answers.length - a.answers.length);
}

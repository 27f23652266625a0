/** What the engine knows of a model, in words: where each field is kept, and what each action was seen to ask and change. */
import type { Model } from "../../spec/lang/index.ts";
import type { Remembered } from "../search/outcome.ts";
import { Explorer } from "./explorer.ts";
import type { Layout } from "./layout.ts";
import { tableFor } from "./local.ts";
import type { Shape } from "./places/shape.ts";
import { leafWords, type NodeView, type Tries } from "./tries.ts";

/** Lines of a tree that are worth printing. */
const treeLinesMax = 60;

/** Explores up to so many states, and tells. `action`: whose tree to print, or null for none. */
export function explain(
  model: Model,
  statesMax: number,
  action: string | null,
  remembered: Remembered,
): readonly string[] {
  const table = tableFor(remembered);
  const explorer = new Explorer(model, table, null, "lowered", (words) => new Int32Array(words));
  for (const _ of explorer.start());
  for (let level = 1; explorer.next.count > 0 && table.size < statesMax; level += 1) {
    explorer.begin([]);
    for (const chunk of explorer.next.take()) {
      const used = chunk[0] ?? 0;
      for (let at = 1; at < used && table.size < statesMax; ) at = explorer.expand(chunk, at, level);
    }
  }
  const names = namesOf(explorer.program.layout.shape);
  const telling = new Telling(explorer.program.layout, names, explorer.tries);
  return [
    ...telling.layout(),
    ...(table.archive === null
      ? []
      : [`kept of each state: ${((4 * table.archive.kept) / table.size).toFixed(1)} bytes`]),
    "",
    `learnt from ${table.size} states:`,
    ...model.actions.flatMap(({ name }) => telling.action(name, explorer.waysOf(name))),
    ...(action === null ? [] : ["", ...telling.tree(action, explorer.waysOf(action))]),
  ];
}

/** A way and its slot: an action with one choice of its parameters. */
export interface ExplainedWay {
  readonly slot: number;
  readonly choice: string;
}

interface Names {
  readonly cells: readonly string[];
  readonly bags: readonly string[];
}

/** The path of each cell and of each bag. */
function namesOf(shape: Shape): Names {
  const cells: string[] = [];
  const bags: string[] = [];
  const visit = (at: Shape, path: string): void => {
    switch (at.kind) {
      case "cell":
        cells.push(path);
        return;
      case "record":
        for (const { name, shape: field } of at.fields) visit(field, path === "" ? name : `${path}.${name}`);
        return;
      case "map":
        for (const position of at.keys.keys()) visit(at.value, `${path}[${position + 1}]`);
        return;
      case "sequence":
        cells.push(`${path}.length`);
        for (let i = 1; i <= at.max; i += 1) cells.push(`${path}(${i})`);
        return;
      case "mask":
        for (let i = 0; i < at.cells; i += 1) cells.push(path);
        return;
      case "bag":
        bags.push(path);
    }
  };
  visit(shape, "");
  return { cells, bags };
}

class Telling {
  readonly #layout: Layout;
  readonly #names: Names;
  readonly #tries: Tries;

  constructor(layout: Layout, names: Names, tries: Tries) {
    this.#layout = layout;
    this.#names = names;
    this.#tries = tries;
  }

  layout(): readonly string[] {
    const { words, cells, word, shift, mask } = this.#layout;
    const lines = [`a state: ${words} words of packed cells, and ${this.#names.bags.length} bags beside them`];
    for (let cell = 0; cell < cells; cell += 1) {
      const bits = 32 - Math.clz32(mask[cell] ?? 0);
      lines.push(
        `  word ${word[cell]} bits ${shift[cell]}..${(shift[cell] ?? 0) + bits - 1}  ${this.#names.cells[cell]}`,
      );
    }
    this.#names.bags.forEach((name, bag) => {
      lines.push(
        `  bag ${bag}  ${name}: ${(this.#layout.bags[bag]?.table.values.length ?? 1) - 1} different elements met`,
      );
    });
    return lines;
  }

  /** What an action asks and changes, over all its ways. */
  action(name: string, ways: readonly ExplainedWay[]): readonly string[] {
    const asks = new Set<string>();
    const changes = new Set<string>();
    let leaves = 0;
    for (const { slot } of ways)
      this.#visit(slot, (node) => {
        if (node.kind !== "leaf") asks.add(general(this.#asked(node)));
        else {
          leaves += 1;
          for (const change of this.#changes(node.at)) changes.add(general(change));
        }
      });
    return [
      `  ${name}: ${ways.length} ways, ${leaves} outcomes`,
      `    asks ${[...asks].sort().join(", ") || "nothing"}`,
      `    changes ${[...changes].sort().join(", ") || "nothing"}`,
    ];
  }

  /** The tree of the way that has learnt most. */
  tree(name: string, ways: readonly ExplainedWay[]): readonly string[] {
    const sized = ways.map((way) => {
      let size = 0;
      this.#visit(way.slot, () => {
        size += 1;
      });
      return { way, size };
    });
    const largest = sized.sort((a, b) => b.size - a.size)[0];
    if (largest === undefined) return [`${name} was never tried`];
    const lines = [`${name} with ${largest.way.choice}:`];
    this.#write(largest.way.slot, 1, lines);
    return lines.length <= treeLinesMax
      ? lines
      : [...lines.slice(0, treeLinesMax), `  ... ${lines.length} lines in all`];
  }

  #write(slot: number, depth: number, lines: string[]): void {
    const node = this.#tries.viewOf(slot);
    const indent = "  ".repeat(depth);
    if (node === null) return;
    if (node.kind === "leaf") {
      const changes = this.#changes(node.at);
      const result = this.#tries.words[node.at + 1];
      lines.push(
        `${indent}${result === 0 ? "disabled" : result === 2 ? "fails" : `changes ${changes.join(", ") || "nothing"}`}`,
      );
      return;
    }
    for (const { answer, slot: next } of node.answers) {
      if (this.#tries.viewOf(next) === null) continue;
      lines.push(`${indent}${this.#asked(node)} = ${answer}`);
      this.#write(next, depth + 1, lines);
    }
  }

  #visit(slot: number, take: (node: NodeView) => void): void {
    const node = this.#tries.viewOf(slot);
    if (node === null) return;
    take(node);
    for (const { slot: next } of node.answers) this.#visit(next, take);
  }

  #asked({ kind, a, b, c }: NodeView): string {
    const { words, bags } = this.#layout;
    if (kind === "bits" && a < words) return this.#cellsOf(a, c << b).join(" and ");
    const bag = this.#names.bags[kind === "bits" ? (a - words) % bags.length : a % bags.length] ?? "";
    return kind === "bits" ? `size of ${bag}` : kind === "copies" ? `copies in ${bag}` : `an entry of ${bag}`;
  }

  #changes(leaf: number): readonly string[] {
    const T = this.#tries.words;
    const changes: string[] = [];
    let at = leaf + leafWords;
    for (let i = 0; i < (T[leaf + 2] ?? 0); i += 1, at += 3) changes.push(...this.#cellsOf(T[at] ?? 0, T[at + 1] ?? 0));
    for (let i = 0; i < (T[leaf + 3] ?? 0); i += 1, at += 4) changes.push(this.#names.bags[T[at] ?? 0] ?? "");
    return [...new Set(changes)];
  }

  #cellsOf(word: number, bits: number): readonly string[] {
    const names = new Set<string>();
    for (let bit = 0; bit < 32; bit += 1)
      if (((bits >>> bit) & 1) === 1) names.add(this.#names.cells[this.#layout.cellOfBit[32 * word + bit] ?? 0] ?? "");
    return [...names];
  }
}

/** The field, whichever server or position it is of. */
function general(name: string): string {
  return name.replace(/\[\d+\]/g, "[]").replace(/\(\d+\)/g, "()");
}

import type { Entry } from "../../core/index.ts";
import { bytesHash, mixed } from "../digest.ts";

/**
 * The log of one server as a chain of hashes: the link at an index stands for the entry there and all before it, so
 * that two logs are compared up to an index by comparing two numbers.
 */
export class LogChain {
  #base = 0;
  #links: number[] = [0];
  #terms: number[] = [0];
  /** Of the configurations in the log, in its order. */
  #configurations: number[] = [];

  /** Index of the last configuration in the log; null where it is in the snapshot. */
  get configurationIndex(): number | null {
    return this.#configurations[this.#configurations.length - 1] ?? null;
  }

  get base(): number {
    return this.#base;
  }

  get lastIndex(): number {
    return this.#base + this.#links.length - 1;
  }

  /** Undefined where the entry is compacted away or not there yet. */
  linkAt(index: number): number | undefined {
    return this.#links[index - this.#base];
  }

  termAt(index: number): number | undefined {
    return this.#terms[index - this.#base];
  }

  /** Begins after a snapshot, whose link is that of the committed entry at its index. */
  reset(index: number, term: number, link: number): void {
    this.#base = index;
    this.#links = [link];
    this.#terms = [term];
    this.#configurations = [];
  }

  truncateFrom(index: number): void {
    const length = Math.max(1, index - this.#base);
    this.#links.length = Math.min(this.#links.length, length);
    this.#terms.length = this.#links.length;
    this.#configurations = this.#configurations.filter((one) => one < index);
  }

  append(entry: Entry): number {
    const before = this.#links[this.#links.length - 1] as number;
    const link = mixed(before, entryHash(entry));
    this.#links.push(link);
    this.#terms.push(entry.term);
    if (entry.kind === "configuration") this.#configurations.push(entry.index);
    return link;
  }
}

function entryHash(entry: Entry): number {
  switch (entry.kind) {
    case "no-op":
      return mixed(1, entry.term);
    case "command":
      return bytesHash(entry.data, entry.term);
    case "configuration":
      return bytesHash(new TextEncoder().encode(JSON.stringify(entry.configuration)), entry.term);
  }
}

/** What was committed, by index, from 0. It only grows: what is committed once is committed for ever. */
export class Committed {
  readonly #links = [0];
  readonly #terms = [0];
  readonly #commitTerms = [0];

  get lastIndex(): number {
    return this.#links.length - 1;
  }

  linkAt(index: number): number | undefined {
    return this.#links[index];
  }

  termAt(index: number): number | undefined {
    return this.#terms[index];
  }

  /** The term of the leader that committed it first. */
  commitTermAt(index: number): number {
    return this.#commitTerms[index] as number;
  }

  append(term: number, link: number, commitTerm: number): void {
    this.#links.push(link);
    this.#terms.push(term);
    this.#commitTerms.push(commitTerm);
  }

  /** The last index that was committed before this term began. */
  lastIndexBefore(term: number): number {
    let index = this.lastIndex;
    while (index > 0 && this.commitTermAt(index) >= term) index -= 1;
    return index;
  }
}

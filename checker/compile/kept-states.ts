/**
 * The states of an exact search: what is added to the table is written as bytes and compared with what was kept. Under
 * symmetry the renaming with the least fingerprint is kept, so that states of one orbit have the same bytes; where that
 * does not decide it, because two renamings share the least fingerprint or two orbits the low lane, all are tried.
 */
import type { Permutation } from "../../spec/lang/index.ts";
import type { Archive } from "../store/archive.ts";
import type { Comparison } from "../store/table.ts";
import type { Application } from "./application.ts";
import { foldRow, unfoldRow } from "./bag-rows.ts";
import type { Registry } from "./flyweights.ts";
import type { Memory } from "./memory.ts";
import { RenamedRows } from "./renamed-rows.ts";
import { withRoom } from "./room.ts";
import { RowBytes } from "./row-bytes.ts";
import { unrenamed } from "./symmetry.ts";

export class KeptStates implements Comparison {
  readonly #archive: Archive;
  readonly #memory: Memory;
  readonly #application: Application;
  readonly #registry: Registry | null;
  readonly #renamed: RenamedRows | null;
  readonly #bytes: RowBytes;
  #folded = new Int32Array(64);
  /** The state being added: its row with a word for each entry, and the words that its bytes take. */
  #row = new Int32Array(64);
  #end = 0;
  #count = 0;
  /** The bytes of its renamings, where they were needed. */
  readonly #images: RowBytes[] = [];
  readonly #imageCounts: number[] = [];
  #areImagesKnown = false;

  /** `registry`: where the numbers come from that other threads write into states. */
  constructor(
    archive: Archive,
    memory: Memory,
    application: Application,
    registry: Registry | null,
    permutations: readonly Permutation[],
  ) {
    const { words, bags } = memory.layout;
    this.#archive = archive;
    this.#memory = memory;
    this.#application = application;
    this.#registry = registry;
    this.#renamed = permutations.length === 0 ? null : new RenamedRows(memory.layout, permutations);
    this.#bytes = new RowBytes(words, bags.length);
    for (const _ of permutations) this.#images.push(new RowBytes(words, bags.length));
  }

  /**
   * The end of the step of this leaf is added next, which begins in the row, without its head, at `start` in `source`;
   * `renaming` gave its fingerprint.
   */
  offer(T: Int32Array, leaf: number, source: Int32Array, start: number, renaming: number): void {
    const application = this.#application;
    const room = application.rowWords(T, leaf, source, start);
    this.#folded = withRoom(this.#folded, room);
    this.#row = withRoom(this.#row, room);
    application.writeRow(T, leaf, source, start, this.#folded, 0);
    const { words, bags } = this.#memory.layout;
    this.#offer(unfoldRow(this.#folded, words, bags.length, this.#row), renaming);
  }

  #offer(end: number, renaming: number): void {
    this.#end = end;
    this.#areImagesKnown = false;
    if (renaming !== unrenamed && this.#renamed !== null) {
      this.#renamed.rename(this.#row, end, renaming);
      for (let i = 0; i < end; i += 1) this.#row[i] = this.#renamed.row[i] as number;
    }
    this.#count = this.#bytes.write(this.#row, end);
  }

  keep(): number {
    return this.#archive.keep(this.#bytes.words, this.#count);
  }

  isKept(reference: number): boolean {
    if (this.#archive.holds(reference, this.#bytes.words, this.#count)) return true;
    if (this.#renamed === null) return false;
    if (!this.#areImagesKnown) this.#findImages(this.#renamed);
    return this.#images.some(({ words }, i) => this.#archive.holds(reference, words, this.#imageCounts[i] as number));
  }

  #findImages(renamed: RenamedRows): void {
    this.#areImagesKnown = true;
    this.#images.forEach((image, index) => {
      renamed.rename(this.#row, this.#end, index);
      this.#imageCounts[index] = image.write(renamed.row, this.#end);
    });
  }

  highOf(reference: number): number {
    this.#registry?.adopt();
    const { words, bags } = this.#memory.layout;
    this.#memory.load(foldRow(this.#bytes.read(this.#archive.from(reference)), words, bags.length), 0);
    this.#memory.forgetAfter();
    this.#application.fingerprint();
    const { high } = this.#application;
    return high === 0 ? 1 : high;
  }
}

/**
 * What the elements of a bag make possible, at a glance. Most elements of a kind ask the state one and the same question
 * first; so each question is asked once for a state, and its answer chooses the row of a table in which every element
 * finds its list, which mostly is empty.
 */
import { item } from "./forest.ts";
import { withRoom } from "./room.ts";

/** Where an element's question is not known yet. */
export const unmerged = 255;
const questionsMax = 250;

export class Dispatch {
  /** The question of each number. */
  questionOf: Uint8Array = new Uint8Array(256).fill(unmerged);
  /** Lists of the forest, by answer and number. */
  lists = new Int32Array(256);
  /** For each question, where the row of its present answer begins. */
  readonly rows = new Int32Array(questionsMax);
  #capacity = 256;
  #rows = 1;
  /** Word, shift and mask of each question, and its first row. The first question has one answer whatever the state. */
  #questions: { readonly word: number; readonly shift: number; readonly mask: number; readonly row: number }[] = [];

  constructor() {
    this.clear();
  }

  clear(): void {
    this.questionOf.fill(unmerged);
    this.lists.fill(0);
    this.#rows = 1;
    this.#questions = [{ word: 0, shift: 0, mask: 0, row: 0 }];
  }

  /** Asks all questions of the state. */
  ask(W: Int32Array): void {
    const questions = this.#questions;
    for (let i = 0; i < questions.length; i += 1) {
      const { word, shift, mask, row } = questions[i] as (typeof questions)[number];
      const answer = ((W[word] as number) >>> shift) & mask;
      this.rows[i] = (row + answer) * this.#capacity;
    }
  }

  /** Puts the list `list` of the forest in its place. Ask again before looking elements up. */
  put(number: number, F: Int32Array, list: number): void {
    if (number >= this.#capacity) this.#grow(number);
    const mask = F[list + 3] as number;
    const isOneQuestion = list !== 0 && F[list] === item.bits && F[list + 5 + mask] === item.end;
    const question = isOneQuestion ? this.#question(F[list + 1] as number, F[list + 2] as number, mask) : 0;
    this.questionOf[number] = question;
    const { row } = this.#questions[question] as { readonly row: number };
    if (question === 0) this.lists[row * this.#capacity + number] = list;
    else
      for (let answer = 0; answer <= mask; answer += 1)
        this.lists[(row + answer) * this.#capacity + number] = F[list + 4 + answer] as number;
  }

  /** The number of a question, or 0 where there are too many. */
  #question(word: number, shift: number, mask: number): number {
    const known = this.#questions.findIndex((q, i) => i > 0 && q.word === word && q.shift === shift && q.mask === mask);
    if (known > 0) return known;
    if (this.#questions.length === questionsMax) return 0;
    const row = this.#rows;
    this.#rows += mask + 1;
    this.lists = withRoom(this.lists, this.#rows * this.#capacity);
    return this.#questions.push({ word, shift, mask, row }) - 1;
  }

  /** Forgets everything, for room: elements are put again as they are met. */
  #grow(number: number): void {
    while (number >= this.#capacity) this.#capacity *= 2;
    this.questionOf = new Uint8Array(this.#capacity);
    this.lists = new Int32Array(this.#capacity);
    this.clear();
  }
}

import { describe, expect, it } from "vitest";
import { bag, integer, record } from "../../spec/lang/index.ts";
import { Memory } from "./memory.ts";
import { compile } from "./program.ts";
import { ask, type Question } from "./recorder.ts";
import { Tries } from "./tries.ts";

const schema = record({ small: integer(0, 3), wide: integer(0, 100_000), bag: bag(integer(0, 500), { copies: 2 }) });

function memoryOf(): Memory {
  const memory = new Memory(compile(schema, null).layout);
  memory.blank();
  return memory;
}

const bits = (memory: Memory, cell: number, answer: number): Question => {
  const { word, shift, mask } = memory.layout;
  return { ask: ask.bits, a: word[cell] ?? 0, b: shift[cell] ?? 0, c: mask[cell] ?? 0, answer };
};

/** Writes the code of a cell of the state before. */
function put(memory: Memory, cell: number, code: number): void {
  const { word, shift, mask } = memory.layout;
  const at = word[cell] ?? 0;
  const from = shift[cell] ?? 0;
  memory.words[at] = ((memory.words[at] ?? 0) & ~((mask[cell] ?? 0) << from)) | (code << from);
}

/** A leaf's words after the first, of which the first is the result. */
const leaf = (result: number): readonly number[] => [result, 0, 0, 0, 0, 0, 0];
const [small, wide] = [0, 1];

describe("decision trees", () => {
  it("lead a state to the leaf that was learnt for its answers, and others out of the tree", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 2 ** 20);
    const slot = tries.allocate(1);
    expect(tries.walk(slot)).toBe(0);
    tries.learn(slot, [bits(memory, small, 2), bits(memory, wide, 70_000)], leaf(11), false);
    tries.learn(slot, [bits(memory, small, 3)], leaf(12), false);
    const resultFor = (a: number, b: number): number => {
      put(memory, small, a);
      put(memory, wide, b);
      const node = tries.walk(slot);
      return node === 0 ? 0 : (tries.words[node + 1] ?? 0);
    };
    expect([resultFor(2, 70_000), resultFor(3, 5), resultFor(2, 70_001), resultFor(1, 70_000)]).toEqual([11, 12, 0, 0]);
  });

  it("grow with the answers of one question that has very many", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 2 ** 24);
    const slot = tries.allocate(1);
    const answers = Array.from({ length: 20_000 }, (_, at) => (at * 37) % 100_001);
    for (const answer of answers) tries.learn(slot, [bits(memory, wide, answer)], leaf(answer), false);
    const wrong = answers.filter((answer) => {
      put(memory, wide, answer);
      return tries.words[tries.walk(slot) + 1] !== answer;
    });
    expect(wrong).toEqual([]);
  });

  it("tell the copies of an element and the entries of a bag apart", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 2 ** 20);
    const [ofCopies, ofEntries] = [tries.allocate(1), tries.allocate(1)];
    const copies = (answer: number): Question => ({ ask: ask.copies, a: 0, b: 7, c: 0, answer });
    const entry = (answer: number): Question => ({ ask: ask.entry, a: 0, b: 0, c: 0, answer });
    for (const count of [0, 1, 2]) tries.learn(ofCopies, [copies(count)], leaf(20 + count), false);
    for (let number = 1; number < 300; number += 1) tries.learn(ofEntries, [entry(number)], leaf(number), false);
    memory.copiesFor(0, 7)[7] = 2;
    memory.roomFor(0, 1)[0] = 299;
    expect(tries.words[tries.walk(ofCopies) + 1]).toBe(22);
    expect(tries.words[tries.walk(ofEntries) + 1]).toBe(299);
  });

  it("refuse a function that asks another question after the same answers", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 2 ** 20);
    const slot = tries.allocate(1);
    tries.learn(slot, [bits(memory, small, 2), bits(memory, wide, 1)], leaf(1), false);
    expect(() =>
      tries.learn(slot, [bits(memory, small, 2), { ask: ask.copies, a: 0, b: 7, c: 0, answer: 0 }], leaf(1), false),
    ).toThrow("a function of the spec read the same values of the state as before, and then went another way");
  });

  it("refuse a function that asks on where it has ended before", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 2 ** 20);
    const slot = tries.allocate(1);
    tries.learn(slot, [bits(memory, small, 2)], leaf(1), false);
    expect(() => tries.learn(slot, [bits(memory, small, 2), bits(memory, wide, 1)], leaf(1), false)).toThrow(
      "a function of the spec read the same values of the state as before, and then went another way",
    );
  });

  it("refuse a function that ends where it has asked on before", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 2 ** 20);
    const slot = tries.allocate(1);
    tries.learn(slot, [bits(memory, small, 2), bits(memory, wide, 1)], leaf(1), false);
    expect(() => tries.learn(slot, [bits(memory, small, 2)], leaf(1), false)).toThrow(
      "a function of the spec read the same values of the state as before, and then went another way",
    );
  });

  it("say when they are full, and keep what they have", () => {
    const memory = memoryOf();
    const tries = new Tries(memory, 64);
    const slot = tries.allocate(1);
    expect(tries.isFull).toBe(false);
    tries.learn(slot, [bits(memory, small, 0), bits(memory, wide, 0)], leaf(5), false);
    for (let answer = 1; !tries.isFull; answer += 1)
      tries.learn(slot, [bits(memory, small, 0), bits(memory, wide, answer)], leaf(answer), false);
    const brief = tries.keepBriefly(leaf(9));
    expect([tries.words[tries.walk(slot) + 1], tries.words[brief + 1]]).toEqual([5, 9]);
  });
});

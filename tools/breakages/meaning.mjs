/**
 * Mistakes in what a spec means that were once in an engine, put back one at a time: the random specs of `npm run fuzz` have
 * to find each within so many programs.
 *
 * @typedef {{ file: string, find: string, replace: string }} Edit `find` occurs exactly once in `file`.
 * @typedef {{ name: string, point: string, breaks: string, edits: readonly Edit[], programs: number }} PutBack
 */

const usual = 2000;
/** The order of elements and filtered domains take more. */
const rare = 5000;

const MAP = "checker/compile/places/map.ts";
const RECORD = "checker/compile/places/record.ts";
const SET = "checker/compile/places/set.ts";
const SLOT = "checker/compile/places/slot.ts";
const PRETENCE = "checker/compile/pretence.ts";
const PLAIN_MAP = "spec/lang/plain/map.ts";
const CODEC = "spec/lang/plain/codec.ts";

/** @type {readonly PutBack[]} */
export const meanings = [
  {
    name: "place-held-across-a-write",
    point: "A1",
    breaks: "A variable that holds a place of a map reads what set has put there since, in the packed engines.",
    edits: [
      {
        file: MAP,
        find: "if (this.#handedOut[position] !== this.access.run) return slot;",
        replace: "if (position >= 0) return slot;",
      },
    ],
    programs: usual,
  },
  {
    name: "write-through-a-replaced-place",
    point: "A1",
    breaks: "What is written through a place that was replaced is lost in silence, in the reference.",
    edits: [
      {
        file: PLAIN_MAP,
        find: "    retire(this.#values[position]);\n",
        replace: "",
      },
    ],
    programs: usual,
  },
  {
    name: "write-through-a-replaced-collection",
    point: "A1",
    breaks: "A collection that was replaced is changed by writes through it, in the packed engines.",
    edits: [
      {
        file: SLOT,
        find: 'if (this.#isReplaced) refuseChange("replaced");',
        replace: "",
      },
    ],
    programs: usual,
  },
  {
    name: "option-shares-a-place",
    point: "A1",
    breaks: "An option shares the sequence that was assigned to it, in the reference.",
    edits: [
      {
        file: CODEC,
        find: "value = values.canonical(next);",
        replace: "value = next;",
      },
    ],
    programs: usual,
  },
  {
    name: "change-during-iteration",
    point: "A2",
    breaks: "An iteration over a map sees what is set meanwhile, in the packed engines.",
    edits: [
      {
        file: MAP,
        find: "if (!kept.has(position)) kept.set(position, this.#at(position));",
        replace: "kept.clear();",
      },
    ],
    programs: usual,
  },
  {
    name: "change-while-filtering",
    point: "A2",
    breaks: "A filter reads the set again that its predicate has changed, in the reference.",
    edits: [
      {
        file: "spec/lang/plain/set.ts",
        find: "items.filter(isKept), this.#elements",
        replace: "this.#items.filter(isKept), this.#elements",
      },
    ],
    programs: usual,
  },
  {
    name: "order-of-a-result",
    point: "A2",
    breaks: "The result of an operation on a set is in the order of its text, in the packed engines.",
    edits: [
      {
        file: SET,
        find: "return new PlainSet(keys, items, this.elements)[copied]();",
        replace: "return setOf(...items);",
      },
      { file: SET, find: "  PlainSet,\n", replace: "  PlainSet,\n  setOf,\n" },
    ],
    programs: rare,
  },
  {
    name: "filtered-domain",
    point: "A2",
    breaks: "A domain that filters a bag by truth is taken for all its elements, in the packed engines.",
    edits: [
      {
        file: PRETENCE,
        find: "const known = this.#marks.get(result);",
        replace:
          "const known = this.#marks.get(result) ?? (Array.isArray(result) ? this.#marks.get(result[0]) : undefined);",
      },
      {
        file: "checker/compile/places/bag.ts",
        find: "    return this.#shape.table.inOrder(this.access.numbers(this.bag));",
        replace:
          "    if (this.access.search.isOn) return [this.access.search.elementsOf(this.bag, [])].map((mark) => this.access.search.all(mark, this.bag));\n    return this.#shape.table.inOrder(this.access.numbers(this.bag));",
      },
      {
        file: PRETENCE,
        find: "  /** To be called before bags are asked anything else. */",
        replace:
          "  all(mark: object, bag: number): object {\n    this.#marks.set(mark, { bag, kinds: null });\n    return mark;\n  }\n\n  /** To be called before bags are asked anything else. */",
      },
    ],
    programs: rare,
  },
  {
    name: "field-named-o",
    point: "A3",
    breaks: "A record has a property of the engine's own, which a field named o meets.",
    edits: [
      {
        file: RECORD,
        find: "Object.defineProperty(this.place, copied,",
        replace:
          'Object.defineProperty(this.place, "o", { value: cell });\n    Object.defineProperty(this.place, copied,',
      },
    ],
    programs: usual,
  },
  {
    name: "field-named-proto",
    point: "A3",
    breaks: "A field named __proto__ is lost, in the reference.",
    edits: [{ file: CODEC, find: 'if (name !== "__proto__") {', replace: 'if (name !== "") {' }],
    programs: usual,
  },
  {
    name: "constant-named-like-a-method",
    point: "A3",
    breaks: "A constant named toString has the value that every object has under that name.",
    edits: [
      {
        file: "spec/lang/constants.ts",
        find: "return Object.hasOwn(settings, name) ? settings[name] : undefined;",
        replace: "return settings[name];",
      },
    ],
    programs: usual,
  },
];

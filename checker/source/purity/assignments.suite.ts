import { type Case, effect, mark } from "./case.suite.ts";

const ofValue = (field: string): string =>
  `${field} is a field of a value (an element, an option, a union or a parameter), and a value never changes`;
const found = (element: string): string =>
  `export const a = q.action("Tick", { says: "", effect: (s) => { ${element} } });`;
const other = `const q = protocol("Other", { constants, state: (c: C) => record({ last: option(entry), all: set(entry), by: map(id(c.Server), option(entry)), inner: record({ last: option(entry) }) }) });`;

/** Fields of values that an effect assigns, and how the new value comes to where the old one is. */
export const assignments: readonly Case[] = [
  {
    what: "a field of an element of a loop",
    spec: effect(`(s) => { for (const e of [...s.log]) e.${mark}term = 1; }`),
    code: "type",
    message: ofValue("e.term"),
    tryThis: "Write s.log.set(i, { ...e, term: ... }), where i is the index of e, from 1.",
  },
  {
    what: "a field of an element in a callback",
    spec: effect(`(s) => { s.log.every((e) => { e.${mark}term = 1; return true; }); }`),
    code: "type",
    message: ofValue("e.term"),
    tryThis: "Write s.log.set(i, { ...e, term: ... }), where i is the index of e, from 1.",
  },
  {
    what: "a field of what get gives of a sequence",
    spec: effect(`(s) => { s.log.get(2).${mark}term = 1; }`),
    code: "type",
    message: ofValue("s.log.get(2).term"),
    tryThis: "Write s.log.set(2, { ...s.log.get(2), term: ... }).",
  },
  {
    what: "a field of an element of a set",
    spec: `${other}\n${found(`for (const e of s.all) e.${mark}term = 1;`)}`,
    code: "type",
    message: ofValue("e.term"),
    tryThis: "Write s.all.remove(e) and s.all.add({ ...e, term: ... }).",
  },
  {
    what: "a field of an option inside a record",
    spec: `${other}\n${found(`if (s.inner.last !== null) s.inner.last.${mark}term = 1;`)}`,
    code: "type",
    message: ofValue("s.inner.last.term"),
    tryThis: "Write s.inner.last = { ...s.inner.last, term: ... }.",
  },
  {
    what: "a field of a value in a variable",
    spec: effect(`(s) => { const e = s.log.first; e.${mark}term = 1; }`),
    code: "type",
    message: ofValue("e.term"),
    tryThis: "Assign { ...e, term: ... } to the field of the state that holds this value; a parameter never changes.",
  },
];

import { type Case, holds, mark } from "./case.suite.ts";

const asObjects = "asks whether two values are the same object, not whether their contents are equal";

/** Records that are compared as objects. */
export const identity: readonly Case[] = [
  {
    what: "records compared as objects",
    spec: holds(`(s) => s.log.every((e) => ${mark}e === s.log.first)`),
    code: "object-identity",
    message: `e === s.log.first ${asObjects}`,
    tryThis: 'Write equal(e, s.log.first) (imported from "lockstep"), which compares contents.',
  },
  {
    what: "records looked for as objects",
    spec: holds(`(s) => ${mark}[...s.log].includes(s.log.last)`),
    code: "object-identity",
    message: "[...s.log].includes(s.log.last) looks for the same object, not for equal contents",
    tryThis: "Write s.log.has(s.log.last).",
  },
  {
    what: "the position of a record, looked for as an object",
    spec: holds(`(s) => ${mark}[...s.log].indexOf(s.log.last) === 0`),
    code: "object-identity",
    message: "[...s.log].indexOf(s.log.last) looks for the same object, not for equal contents",
    tryThis: "Write [...s.log].findIndex((one) => equal(one, s.log.last)).",
  },
  {
    what: "records told apart as objects",
    spec: holds(`(s) => s.log.some((e) => ${mark}e !== s.log.first)`),
    code: "object-identity",
    message: `e !== s.log.first ${asObjects}`,
    tryThis: 'Write !equal(e, s.log.first) (imported from "lockstep"), which compares contents.',
  },
  {
    what: "records as keys",
    spec: holds(`(s) => ${mark}new Set([...s.log]).size === s.log.length`),
    code: "object-identity",
    message: "new Set([...s.log]) tells its keys apart by which object they are, not by their contents",
    tryThis: 'Write setOf(...s.log) (imported from "lockstep"), which compares contents.',
  },
  {
    what: "records compared by Object.is",
    spec: holds(`(s) => ${mark}Object.is(s.log.first, s.log.last)`),
    code: "object-identity",
    message: `Object.is(s.log.first, s.log.last) ${asObjects}`,
    tryThis: 'Write equal(s.log.first, s.log.last) (imported from "lockstep"), which compares contents.',
  },
];

/** Specs that the analysis reads in its tests, each around one construct. */

/** What every case starts with: a protocol with ids, numbers and collections. */
export const preamble = `import { argmin, choose, type ConstantsOf, count, type DraftOf, first, id, idOf, ids, integer, map, mapped, option, ordinalOf, protocol, record, sequence, set, setEach, setOf, sum, type ViewOf } from "lockstep";
const constants = { Server: ids("s", { default: 2, says: "the servers" }), Node: ids("n", { default: 2, says: "the nodes" }), N: count({ default: 3, says: "how many" }) };
type C = ConstantsOf<typeof constants>;
const entry = record({ term: integer(0, 3) });
const schema = (c: C) => record({ n: integer(0, 9), turn: id(c.Server), marks: map(id(c.Server), integer(0, 9)), seen: set(id(c.Server)), log: sequence(entry, 3) });
export type S = ViewOf<ReturnType<typeof schema>>;
export type D = DraftOf<ReturnType<typeof schema>>;
export const p = protocol("Test", { constants, state: schema });
export const alike = p.spec({ says: "", actions: [], properties: [], symmetry: ["Server"] });
`;

export interface Case {
  /** Ends the sentence "refuses ...". */
  readonly what: string;
  /** The mark stands before the construct that is reported. */
  readonly spec: string;
  readonly code: string;
  readonly message: string;
  readonly tryThis: string;
}

export const mark = "/*!*/";

export const guard = (body: string): string =>
  `export const a = p.action("Tick", { says: "", guard: ${body}, effect: () => undefined });`;
export const effect = (body: string): string => `export const a = p.action("Tick", { says: "", effect: ${body} });`;
export const holds = (body: string): string => `export const i = p.invariant("Safe", { says: "", holds: ${body} });`;

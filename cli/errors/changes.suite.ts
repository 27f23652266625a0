import type { Instead } from "./entry.suite.ts";

/** The parts of the base that entries write in another way. */
type Change = readonly [from: string, to: string];

/** The effect of Fill has this body. */
export const effect = (body: string): Change => ["    s.level.set(j, c.max);", `    ${body}`];
export const guard = (text: string): Change => ["guard: (s, { j }, c) => s.level.get(j) < c.max", `guard: ${text}`];
export const params = (text: string): Change => ["params: (c) => ({ j: id(c.Jar) })", `params: ${text}`];
export const holds = (text: string): Change => [
  "holds: (s, c) => s.level.every((level) => level <= c.max)",
  `holds: ${text}`,
];
/** The field `sold` of the state is declared so. */
export const sold = (schema: string): Change => ["sold: integer(0, 2)", `sold: ${schema}`];
/** What is given to `shop.spec` besides the rest. */
export const specPart = (text: string): Change => ["  terminates: true,", `  terminates: true,\n  ${text},`];
/** Something at the top of the file, above the protocol. */
export const top = (text: string): Change => ["const shop =", `${text}\n\nconst shop =`];
/** Something at the top of the file, above the action. */
export const above = (text: string): Change => ["const fill =", `${text}\n\nconst fill =`];
/** Something at the end of the file, after the last line of the base. */
export const below = (text: string): Change => ["  properties: [room],\n});", `  properties: [room],\n});\n${text}`];
export const constant = (text: string): Change => ["    lids: flag(", `    ${text},\n    lids: flag(`];

/** What to write instead: these changes of the base; without any, the base. */
export const right = (...change: readonly Change[]): Instead => ({ change });
/** The same with files beside the spec. */
export const beside = (files: Readonly<Record<string, string>>, ...change: readonly Change[]): Instead => ({
  change,
  beside: files,
});
/** The same with options on the command line. */
export const withOptions = (options: string, ...change: readonly Change[]): Instead => ({ change, options });

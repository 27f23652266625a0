/** How the models of the two modules are declared: a configuration, and what TLC finds in it. */
import type { ModelDeclaration } from "../../../spec/lang/index.ts";
import type { Counts } from "../raft-tlaplus/bounds.ts";

/** A model without what it checks and what must come out of it. */
export interface Configuration extends Omit<ModelDeclaration, "expect" | "properties" | "deadlock"> {
  /** The module and the values of its constants. */
  readonly source: string;
}

/** The invariants that the configurations of the originals check. */
const published = ["LeaderHasAllAckedValues", "NoLogDivergence"];

export function holding({ source, ...configuration }: Configuration, counts: Counts): ModelDeclaration {
  const expect = { verdict: "holds", ...counts, source } as const;
  return { ...configuration, properties: published, deadlock: false, expect };
}

/** The published invariants are checked, and `violated` is the one that fails first. */
export function refuted(
  { source, ...configuration }: Configuration,
  violated: string,
  traceLength: number,
): ModelDeclaration {
  const expect = { verdict: "violated", violated, traceLength, source } as const;
  return { ...configuration, properties: published, deadlock: false, expect };
}

/** `violated` alone is checked. */
export function refutedAlone(
  configuration: Configuration,
  suffix: string,
  violated: string,
  traceLength: number,
): ModelDeclaration {
  const name = `${configuration.name}-${suffix}`;
  return { ...refuted({ ...configuration, name }, violated, traceLength), properties: [violated] };
}

import { env } from "node:process";
import { describe, expect, it } from "vitest";
import { breadthFirst, breadthFirstBy, check, type Outcome, type Run } from "../../checker/index.ts";
import { instantiate, type Model, type ModelDeclaration } from "../lang/index.ts";
import { raftModels } from "./models/index.ts";

/** What a model of elections and nothing else does not reach: there are no entries. */
const withoutEntries = [
  "ClientRequest",
  "AdvanceCommitIndex",
  "LogMatching",
  "LeaderCompleteness",
  "StateMachineSafety",
  "CommittedOnQuorum",
  "MonotonicCommitIndex",
  "MonotonicMatchIndex",
];

/** Actions that never fire and properties with nothing to speak of, where a model is too small for them. */
const outOfReach: Readonly<Record<string, readonly string[]>> = {
  // A cluster of one has nobody to talk to, and its leader elects itself only after it has heard of every commit.
  "raft-one-server": [
    "HandleRequestVoteRequest",
    "HandleRequestVoteResponse",
    "AppendEntries",
    "HandleAppendEntriesRequest",
    "HandleAppendEntriesResponse",
    "LogMatching",
    "LeaderCompleteness",
    "StateMachineSafety",
    "MonotonicMatchIndex",
  ],
  "raft-elections-of-three": [...withoutEntries, "TargetHoldsLeadersLog"],
  "raft-five-servers": withoutEntries,
};

/** `npm run equality` runs the long form. */
const isLong = env["LOCKSTEP_EQUALITY"] === "all";
const world = { now: () => 0, memoryBytes: () => 0 };

function modelOf(declaration: ModelDeclaration): Model {
  const resolved = instantiate(declaration);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.value;
}

function ended(run: Run): Outcome {
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

describe("the bounded models of Raft", () => {
  it.each(raftModels)("$name: $says", (declaration) => {
    const { verdict, distinct, generated, depth, goals, actions, vacuous } = ended(
      breadthFirst(modelOf(declaration), {}, world),
    );
    const unmet = goals.filter((goal) => goal.witness === null).map((goal) => goal.property.name);
    const idle = actions.filter((action) => action.fired === 0).map((action) => action.name);
    const { source: _, ...expected } = declaration.expect ?? { source: "" };
    expect({ verdict, distinct, generated, depth, unmet }).toEqual(expected);
    expect([...idle, ...vacuous]).toEqual(outOfReach[declaration.name] ?? []);
  });

  // The larger ones run on views in the long form of the comparison of engines, `npm run equality`.
  const viewed = raftModels.filter(({ expect: e }) => isLong || (e?.generated ?? 0) < 200_000);
  it.each(viewed)("$name: views find the same numbers", (declaration) => {
    const outcome = ended(breadthFirstBy("views", modelOf(declaration), {}, world, null));
    const { engine, verdict, distinct, generated, depth, goals } = outcome;
    const unmet = goals.filter((goal) => goal.witness === null).map((goal) => goal.property.name);
    const { source: _, ...expected } = declaration.expect ?? { source: "" };
    expect({ engine, verdict, distinct, generated, depth, unmet }).toEqual({ engine: "views", ...expected });
  });

  const small = raftModels.filter((declaration) => (declaration.expect?.generated ?? 0) < 120_000);
  it.each(small)("$name: the reference checker finds the same numbers", (declaration) => {
    const { verdict, distinct, generated, depth } = check(modelOf(declaration));
    const { source: _, unmet: __, ...expected } = declaration.expect ?? { source: "" };
    expect({ verdict, distinct, generated, depth }).toEqual(expected);
  });
});

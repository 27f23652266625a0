import { integer } from "../lang/index.ts";
import { isMajority, rules, type Server, type ServerDraft } from "../raft/index.ts";
import { oneElectionOfFour } from "./bounds.ts";
import type { Mutant } from "./mutant.ts";

/** Votes are counted in a field of their own. */
type Counting<S> = S & { voteCount: number };

export const countAVoteTwice: Mutant = {
  id: "M11",
  says: "A candidate counts votes, not voters: a vote that arrives twice counts twice.",
  seen: "xraft#27",
  file: "spec/mutants/count-a-vote-twice.ts",
  fields: (c) => ({ voteCount: integer(0, c.Server.length + c.maxDuplicates) }),
  rules: {
    startElection: (me, i, c) => {
      rules.startElection(me, i, c);
      (me as Counting<ServerDraft>).voteCount = 1;
    },
    recordVote: (me, voter, c) => {
      rules.recordVote(me, voter, c);
      (me as Counting<ServerDraft>).voteCount += 1;
    },
    isElected: (me, c) => isMajority((me as Counting<Server>).voteCount, c),
    resetRoleState: (me, c) => {
      rules.resetRoleState(me, c);
      (me as Counting<ServerDraft>).voteCount = 0;
    },
  },
  catches: [
    {
      model: "m11",
      property: "ElectionSafety",
      bounds: oneElectionOfFour,
      found: { traceLength: 15, distinct: 10_391, generated: 49_084 },
      note: "Loss makes room in the network. Without it five messages must be in flight, and the trace has 13 states.",
    },
  ],
};

/**
 * Mutants: the spec of Raft with one rule broken, each by a mistake that shipped in at least one implementation. A
 * checker that is worth its name catches them all, and a correct spec survives at the same bounds.
 */
import type { ModelDeclaration } from "../lang/index.ts";
import { acknowledgeBeforeDisk } from "./acknowledge-before-disk.ts";
import { acknowledgeEndOfLog } from "./acknowledge-end-of-log.ts";
import { candidateDropsUncommittedEntries } from "./candidate-drops-uncommitted-entries.ts";
import { commitByCountingOlderTerms } from "./commit-by-counting-older-terms.ts";
import { commitIndexGoesBack } from "./commit-index-goes-back.ts";
import { commitToEndOfLog } from "./commit-to-end-of-log.ts";
import { countAVoteTwice } from "./count-a-vote-twice.ts";
import { countVotesOfOlderTerms } from "./count-votes-of-older-terms.ts";
import { entriesInPlaceOfSnapshot } from "./entries-in-place-of-snapshot.ts";
import { hintTakenForMatch } from "./hint-taken-for-match.ts";
import { leaderAdoptsTermAndStays } from "./leader-adopts-term-and-stays.ts";
import { leaderCountsItselfBeforeDisk } from "./leader-counts-itself-before-disk.ts";
import { matchIndexGoesBack } from "./match-index-goes-back.ts";
import { modelOf, twinsOf } from "./models.ts";
import type { Mutant } from "./mutant.ts";
import { ownVoteNotRecorded } from "./own-vote-not-recorded.ts";
import { readBeforeOwnEntry } from "./read-before-own-entry.ts";
import { readConfirmedByStaleAnswer } from "./read-confirmed-by-stale-answer.ts";
import { readWithoutRound } from "./read-without-round.ts";
import { sameTermMessageResetsVote } from "./same-term-message-resets-vote.ts";
import { snapshotForgottenOnRestart } from "./snapshot-forgotten-on-restart.ts";
import { termGoesBack } from "./term-goes-back.ts";
import { termLostOnRestart } from "./term-lost-on-restart.ts";
import { truncateWithoutConflict } from "./truncate-without-conflict.ts";
import { voteByIndexAlone } from "./vote-by-index-alone.ts";
import { voteByLastTermAlone } from "./vote-by-last-term-alone.ts";
import { voteForAnyLog } from "./vote-for-any-log.ts";
import { voteLostOnRestart } from "./vote-lost-on-restart.ts";
import { voteWithAShortenedLog } from "./vote-with-a-shortened-log.ts";

export type { Mutant } from "./mutant.ts";

/** In the order of the collection of known bugs. */
export const mutants: readonly Mutant[] = [
  commitByCountingOlderTerms,
  truncateWithoutConflict,
  voteLostOnRestart,
  termLostOnRestart,
  acknowledgeBeforeDisk,
  leaderCountsItselfBeforeDisk,
  voteByIndexAlone,
  voteByLastTermAlone,
  voteForAnyLog,
  sameTermMessageResetsVote,
  countVotesOfOlderTerms,
  countAVoteTwice,
  ownVoteNotRecorded,
  commitToEndOfLog,
  acknowledgeEndOfLog,
  hintTakenForMatch,
  commitIndexGoesBack,
  matchIndexGoesBack,
  termGoesBack,
  candidateDropsUncommittedEntries,
  leaderAdoptsTermAndStays,
  readBeforeOwnEntry,
  readWithoutRound,
  readConfirmedByStaleAnswer,
  entriesInPlaceOfSnapshot,
  voteWithAShortenedLog,
  snapshotForgottenOnRestart,
];

/** Every mutant in each model that must catch it, and then the unbroken spec at the same bounds. */
export const mutantModels: readonly ModelDeclaration[] = [
  ...mutants.flatMap((mutant) => mutant.catches.map((one) => modelOf(mutant, one))),
  ...twinsOf(mutants).map(({ model }) => model),
];

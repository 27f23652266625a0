import { acknowledgeBeforeDisk } from "./acknowledge-before-disk.ts";
import { acknowledgeEndOfLog } from "./acknowledge-end-of-log.ts";
import { candidateDropsUncommittedEntries } from "./candidate-drops-uncommitted-entries.ts";
import { commitByCountingOlderTerms } from "./commit-by-counting-older-terms.ts";
import { commitIndexGoesBack } from "./commit-index-goes-back.ts";
import { commitToEndOfLog } from "./commit-to-end-of-log.ts";
import { countAVoteTwice } from "./count-a-vote-twice.ts";
import { countVotesOfOlderTerms } from "./count-votes-of-older-terms.ts";
import { hintTakenForMatch } from "./hint-taken-for-match.ts";
import { leaderAdoptsTermAndStays } from "./leader-adopts-term-and-stays.ts";
import { leaderCountsItselfBeforeDisk } from "./leader-counts-itself-before-disk.ts";
import { matchIndexGoesBack } from "./match-index-goes-back.ts";
import { ownVoteNotRecorded } from "./own-vote-not-recorded.ts";
import { sameTermMessageResetsVote } from "./same-term-message-resets-vote.ts";
import { termGoesBack } from "./term-goes-back.ts";
import { termLostOnRestart } from "./term-lost-on-restart.ts";
import { truncateWithoutConflict } from "./truncate-without-conflict.ts";
import { voteByIndexAlone } from "./vote-by-index-alone.ts";
import { voteByLastTermAlone } from "./vote-by-last-term-alone.ts";
import { voteForAnyLog } from "./vote-for-any-log.ts";
import { voteLostOnRestart } from "./vote-lost-on-restart.ts";
export const mutants = [
acknowledgeBeforeDisk,
acknowledgeEndOfLog,
candidateDropsUncommittedEntries,
commitByCountingOlderTerms,
commitIndexGoesBack,
commitToEndOfLog,
countAVoteTwice,
countVotesOfOlderTerms,
hintTakenForMatch,
leaderAdoptsTermAndStays,
leaderCountsItselfBeforeDisk,
matchIndexGoesBack,
ownVoteNotRecorded,
sameTermMessageResetsVote,
termGoesBack,
termLostOnRestart,
truncateWithoutConflict,
voteByIndexAlone,
voteByLastTermAlone,
voteForAnyLog,
voteLostOnRestart,
];

/** The rules of Raft that a mutant may replace, one by one. Each is stated in the file that bears its name. */
import { acknowledge } from "./acknowledge.ts";
import { committable } from "./advance-commit.ts";
import { countsVote } from "./counts-vote.ts";
import { followerCommit } from "./follower-commit.ts";
import { grantsVote } from "./grants-vote.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import { readyToSend } from "./ready-to-send.ts";
import { recordMatch } from "./record-match.ts";
import { recordRefusal } from "./record-refusal.ts";
import { recordVote } from "./record-vote.ts";
import { recover } from "./recover.ts";
import { startElection } from "./start-election.ts";
import { storeEntries } from "./store-entries.ts";
import { updateTerm } from "./update-term.ts";

export const rules = {
  updateTerm,
  startElection,
  isUpToDate,
  grantsVote,
  countsVote,
  recordVote,
  storeEntries,
  followerCommit,
  acknowledge,
  recordMatch,
  recordRefusal,
  committable,
  readyToSend,
  recover,
};

/**
 * Reads without the log (ReadIndex, thesis §6.4). A leader that is asked for a read notes its commit index, confirms by a round of
 * heartbeats to a majority that it still leads, and answers when it has applied up to that index. A read that comes before
 * the leader has committed an entry of its own term waits for that entry, as in impl/core; etcd-io/raft postpones it, and
 * so does as if it were asked later.
 *
 * The round is carried by heartbeats with a context, as in etcd-io/raft (in impl/core: the number of the round). One round may
 * confirm several reads. Without `heartbeatMessages`, leaders send heartbeats only while a read waits.
 *
 * `readIndex` turns it on.
 */
import { answerRead } from "./answer-read.ts";
import { askRead } from "./ask-read.ts";

export const readActions = [askRead, answerRead];

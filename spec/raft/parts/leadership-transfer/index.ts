/**
 * Leadership transfer (thesis §3.10): a leader stops taking requests, brings the server that is to lead next up to date by
 * replication, and tells it to start an election at once, TimeoutNow. That election needs no pre-votes, and its requests
 * say that the leader wants it, so that servers which hear the leader vote all the same (thesis §4.2.3, last paragraph).
 *
 * The leader may give the transfer up at any time. A TimeoutNow that was sent may arrive all the same.
 */
import { abandonTransfer } from "./abandon-transfer.ts";
import { transferGoals } from "./goals.ts";
import { handleTimeoutNow } from "./handle-timeout-now.ts";
import { noRequestsDuringTransfer } from "./no-requests-during-transfer.ts";
import { sendTimeoutNow } from "./send-timeout-now.ts";
import { targetHoldsLeadersLog } from "./target-holds-leaders-log.ts";
import { transferLeadership } from "./transfer-leadership.ts";

export const transferActions = [transferLeadership, sendTimeoutNow, handleTimeoutNow, abandonTransfer];
export const transferProperties = [targetHoldsLeadersLog, noRequestsDuringTransfer, ...transferGoals];

/**
 * Heartbeats as messages of their own, as etcd has them, beside the empty AppendEntries of figure 2. A heartbeat says that
 * the leader is there, and how much is committed of what the follower is known to hold: no log is compared.
 */
import { handleHeartbeatRequest } from "./handle-heartbeat-request.ts";
import { handleHeartbeatResponse } from "./handle-heartbeat-response.ts";
import { sendHeartbeat } from "./send-heartbeat.ts";

export const heartbeatActions = [sendHeartbeat, handleHeartbeatRequest, handleHeartbeatResponse];

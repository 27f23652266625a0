import type { Constants } from "../../constants.ts";

/** Whether a model has heartbeats as messages of their own: at any time, or only while a read waits. */
export function hasHeartbeats(c: Constants): boolean {
  return c.heartbeatMessages || c.readIndex;
}

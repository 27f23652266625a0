import { type Configuration, isChanging, membersOf } from "../../core/configuration.ts";
import type { NodeId } from "../../core/entry.ts";
import type { Status } from "../../runtime/interface.ts";
import { clientAddress } from "./leader.ts";

/** The status as users see it. */
export function clusterStatus(status: Status): Readonly<Record<string, unknown>> {
  const { configuration } = status;
  return {
    ...brief(status),
    leaderAddress: status.leader === null ? null : clientAddress(configuration, status.leader),
    lastIndex: status.lastIndex,
    snapshotIndex: status.snapshotIndex,
    ticksWithoutQuorum: status.ticksWithoutQuorum,
    stopped: status.stopped,
    isChanging: isChanging(configuration),
    members: membersOf(configuration).map((id) => {
      const follower = status.followers.find((one) => one.id === id);
      return {
        id,
        role: roleIn(configuration, id),
        contact: configuration.contacts[id] ?? "",
        address: clientAddress(configuration, id),
        match: follower?.match ?? null,
        state: follower?.state ?? null,
      };
    }),
  };
}

/** Whether there is progress, as far as this server can tell, or why not. */
export function health(status: Status, ticksMax: number, isStopping: boolean): Readonly<Record<string, unknown>> {
  const why = whyUnhealthy(status, ticksMax, isStopping);
  return { healthy: why === null, why, ...brief(status), ticksWithoutQuorum: status.ticksWithoutQuorum };
}

function whyUnhealthy(status: Status, ticksMax: number, isStopping: boolean): string | null {
  if (status.stopped !== null) return `the server has stopped for good: ${status.stopped}`;
  if (isStopping) return "the server is stopping";
  if (status.leader === null) return "no leader is known";
  if (status.ticksWithoutQuorum > ticksMax) {
    return `for ${status.ticksWithoutQuorum} ticks there was no sign of a quorum, and ${ticksMax} are allowed`;
  }
  return null;
}

function brief({ id, role, term, leader, commit, applied }: Status): Readonly<Record<string, unknown>> {
  return { id, role, term, leader, commit, applied };
}

function roleIn({ voters, promoting, removing, outgoing }: Configuration, id: NodeId): string {
  if (voters.includes(id)) return removing.includes(id) ? "leaving-voter" : "voter";
  if (outgoing.includes(id)) return "leaving-voter";
  return promoting.includes(id) ? "promoting-learner" : "learner";
}

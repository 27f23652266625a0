/** Which configuration a server goes by: the last one in its log, committed or not. */
import { type ReadonlyFiniteSet, setOf } from "../../../spec/lang/index.ts";
import type { Entry, Log, RaftConstants, RaftDraft, RaftServer, ServerDraft, ServerId } from "./state.ts";

export type Config = Exclude<Entry, { readonly kind: "AppendCommand" }>;

/** Zero where the log is empty. Every other log begins with a configuration. */
export function configIndex(log: Log): number {
  let index = log.length;
  while (index > 0 && log.get(index).kind === "AppendCommand") index -= 1;
  return index;
}

/** Null on a server that was never a member, or that was wiped. */
export function configOf(log: Log): Config | null {
  const index = configIndex(log);
  const entry = index === 0 ? null : log.get(index);
  return entry === null || entry.kind === "AppendCommand" ? null : entry;
}

export function isMember(log: Log, i: ServerId): boolean {
  return configOf(log)?.members.has(i) ?? false;
}

/** Whether those for which `agrees` is true decide: more than half of the members, or of the old and of the new ones. */
export function isQuorum(config: Config | null, agrees: (member: ServerId) => boolean): boolean {
  if (config === null) return false;
  if (config.kind !== "OldNewConfigCommand") return isMajority(config.members, agrees);
  return isMajority(config.old, agrees) && isMajority(config.new, agrees);
}

function isMajority(members: ReadonlyFiniteSet<ServerId>, agrees: (member: ServerId) => boolean): boolean {
  return members.count(agrees) * 2 > members.size;
}

/** Appends a configuration to the leader's log; the leader goes by it from now on. */
export function appendConfig(leader: ServerDraft, config: Config): void {
  leader.log.push(config);
  leader.configCommitted = false;
}

/** What a server knows of its configuration, now that its log or its commit index is another one. */
export function noteConfig(server: ServerDraft): void {
  server.configCommitted = server.commitIndex >= configIndex(server.log);
}

/** Whether entries `from..to` finish a change of the configuration that leaves the server out. */
export function isRemovedBy({ log }: RaftServer, i: ServerId, from: number, to: number): boolean {
  return log
    .sub(from, to)
    .some(
      (entry) => (entry.kind === "RemoveServerCommand" || entry.kind === "NewConfigCommand") && !entry.members.has(i),
    );
}

/**
 * The first servers are members from the start, and the very first leads them. The log has the configuration, committed,
 * as a command of the module's own.
 */
export function startCluster(s: RaftDraft, c: RaftConstants, kind: "InitClusterCommand" | "NewConfigCommand"): void {
  const members = c.Server.slice(0, c.InitClusterSize);
  for (const i of members) {
    const server = s.servers.get(i);
    server.currentTerm = 1;
    server.state = "Follower";
    server.log.push({ kind, term: 1, id: 1, members: setOf(...members) });
    server.commitIndex = 1;
    server.configCommitted = true;
  }
  for (const leader of members.slice(0, 1)) {
    const { nextIndex, matchIndex } = s.servers.get(leader);
    s.servers.get(leader).state = "Leader";
    for (const j of members) {
      nextIndex.set(j, 2);
      matchIndex.set(j, 1);
    }
  }
}

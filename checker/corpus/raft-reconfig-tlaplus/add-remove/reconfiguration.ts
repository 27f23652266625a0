/**
 * The actions of RaftWithReconfigAddRemove.tla that change who is a member: one server at a time.
 *
 * Two of their conditions ask in the original whether there is some entry, or some leader. TLC takes and counts a step for
 * each that there is. `ownIndex` and `leader` are parameters for that reason: the states after the steps are the same.
 */
import { id, range } from "../../../../spec/lang/index.ts";
import { forgetFollowers } from "../../raft-tlaplus/state.ts";
import { appendConfig, type Config, configOf, isMember } from "../configuration.ts";
import { type RaftServer, type RaftState, type ServerId, snapshotDue } from "../state.ts";
import { type AddRemoveConstants, type AddRemoveState, addRemove } from "./state.ts";

export const appendAddServerCommandToLog = addRemove.action("AppendAddServerCommandToLog", {
  says: "A leader adds a server to the configuration, and owes it a snapshot.",
  params: (c) => ({ i: id(c.Server), ownIndex: addRemove.found(ownIndexes), addMember: id(c.Server) }),
  guard: (s, { i, addMember }, c) => {
    const config = changeable(s.servers.get(i));
    if (config === null || s.addReconfigCtr === c.MaxAddReconfigs) return false;
    return config.members.size < c.MaxClusterSize && !config.members.has(addMember);
  },
  effect: (s, { i, addMember }) => {
    const leader = s.servers.get(i);
    const config = changeable(leader);
    if (config === null) return;
    const { currentTerm: term } = leader;
    const members = config.members.union([addMember]);
    appendConfig(leader, { kind: "AddServerCommand", term, id: config.id + 1, members, new: addMember });
    leader.nextIndex.set(addMember, snapshotDue);
    s.addReconfigCtr += 1;
  },
});

export const appendRemoveServerCommandToLog = addRemove.action("AppendRemoveServerCommandToLog", {
  says: "A leader removes a server from the configuration, perhaps itself.",
  params: (c) => ({ i: id(c.Server), ownIndex: addRemove.found(ownIndexes), removeMember: id(c.Server) }),
  guard: (s, { i, removeMember }, c) => {
    const config = changeable(s.servers.get(i));
    if (config === null || s.removeReconfigCtr === c.MaxRemoveReconfigs) return false;
    return config.members.size > c.MinClusterSize && config.members.has(removeMember);
  },
  effect: (s, { i, removeMember }) => {
    const leader = s.servers.get(i);
    const config = changeable(leader);
    if (config === null) return;
    const { currentTerm: term } = leader;
    const members = config.members.minus([removeMember]);
    appendConfig(leader, { kind: "RemoveServerCommand", term, id: config.id + 1, members, old: removeMember });
    s.removeReconfigCtr += 1;
  },
});

/** The configuration that a leader may change now, null where it may change none: the last change must be committed. */
function changeable({ state, log, configCommitted }: RaftServer): Config | null {
  return state === "Leader" && configCommitted ? configOf(log) : null;
}

/**
 * The committed entries of the leader's own term, one of which it needs by the correction of 2015 to the thesis. Without
 * the correction it needs none, which is index zero. Empty where it may change nothing now.
 */
function ownIndexes(s: AddRemoveState, { i }: { readonly i: ServerId }, c: AddRemoveConstants): readonly number[] {
  const server = s.servers.get(i);
  if (changeable(server) === null) return [];
  if (c.IncludeThesisBug) return [0];
  const { log, commitIndex, currentTerm } = server;
  return range(1, commitIndex).filter((index) => log.get(index).term === currentTerm);
}

export const resetWithSameIdentity = addRemove.action("ResetWithSameIdentity", {
  says: "An administrator wipes a server that the leader's committed configuration leaves out; its name stays the same.",
  params: (c) => ({ i: id(c.Server), leader: id(c.Server) }),
  guard: (s, { i, leader }, c) => {
    const asked = c.Server.find((j) => isCurrentLeader(s, j));
    if (asked === undefined || asked === i || s.servers.get(i).currentTerm === 0) return false;
    const { log, configCommitted } = s.servers.get(asked);
    return isCurrentLeader(s, leader) && configCommitted && !isMember(log, i);
  },
  effect: (s, { i }) => {
    const server = s.servers.get(i);
    server.state = "NotMember";
    server.currentTerm = 0;
    server.votedFor = null;
    server.votesGranted.clear();
    server.log.clear();
    server.commitIndex = 0;
    server.configCommitted = false;
    forgetFollowers(server, 1);
  },
});

/**
 * A leader that no server is ahead of in terms. There can be two, where a wiped server votes again in a term of its past;
 * whichever is the parameter, the administrator asks the first.
 */
function isCurrentLeader(s: RaftState, i: ServerId): boolean {
  const { state, currentTerm } = s.servers.get(i);
  return state === "Leader" && !s.servers.some((server) => server.currentTerm > currentTerm);
}

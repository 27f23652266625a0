/** The actions of RaftWithReconfigJointConsensus.tla that change who is a member: any number of servers, in two steps. */
import { id, type ReadonlyFiniteSet, set } from "../../../../spec/lang/index.ts";
import { appendConfig, type Config, configIndex, configOf } from "../configuration.ts";
import { type RaftServer, type ServerId, snapshotDue } from "../state.ts";
import { type JointConstants, joint } from "./state.ts";

type Servers = ReadonlyFiniteSet<ServerId>;

export const appendOldNewConfigToLog = joint.action("AppendOldNewConfigToLog", {
  says: "A leader starts a change: for now the old and the new members decide together.",
  params: (c) => ({
    i: id(c.Server),
    addMembers: set(id(c.Server)),
    removeMembers: set(id(c.Server)),
    because: joint.found(reasons),
  }),
  guard: (s, { i, addMembers, removeMembers }, c) => {
    const config = changeable(s.servers.get(i));
    if (config === null || s.reconfigCtr === c.MaxReconfigs) return false;
    return addMembers.every((j) => !config.members.has(j)) && removeMembers.isSubsetOf(config.members);
  },
  effect: (s, { i, addMembers, removeMembers }) => {
    const leader = s.servers.get(i);
    const config = changeable(leader);
    if (config === null) return;
    appendConfig(leader, {
      kind: "OldNewConfigCommand",
      term: leader.currentTerm,
      id: s.reconfigCtr + 1,
      members: config.members.union(addMembers),
      old: config.members,
      new: config.members.minus(removeMembers).union(addMembers),
    });
    for (const j of addMembers) leader.nextIndex.set(j, snapshotDue);
    s.reconfigCtr += 1;
  },
});

/** The configuration that a leader may change now, null while a change is on its way. */
function changeable({ state, log, configCommitted }: RaftServer): Config | null {
  const config = configOf(log);
  return state === "Leader" && configCommitted && config?.kind !== "OldNewConfigCommand" ? config : null;
}

interface Change {
  readonly addMembers: Servers;
  readonly removeMembers: Servers;
}

/**
 * Why a change is one of those that the model allows; empty where it is not. Where any change will do, the original asks
 * for members to add or for members to remove, and TLC takes and counts a step for each that is true.
 */
function reasons(_: unknown, { addMembers, removeMembers }: Change, c: JointConstants): readonly Reason[] {
  const adds = addMembers.size;
  const removes = removeMembers.size;
  switch (c.ReconfigType) {
    case "any":
      return [...ifTrue("adds", adds > 0), ...ifTrue("removes", removes > 0)];
    case "one-for-one":
      return ifTrue("replaces", adds === 1 && removes === 1);
    case "add-only":
      return ifTrue("adds", adds > 0 && removes === 0);
    case "remove-only":
      return ifTrue("removes", adds === 0 && removes > 0);
  }
}

type Reason = "adds" | "removes" | "replaces";

function ifTrue(reason: Reason, holds: boolean): readonly Reason[] {
  return holds ? [reason] : [];
}

export const appendNewConfigToLog = joint.action("AppendNewConfigToLog", {
  says: "A leader that has committed a joint configuration ends the change: from now on the new members decide.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => {
    const { state, log, commitIndex } = s.servers.get(i);
    return state === "Leader" && configOf(log)?.kind === "OldNewConfigCommand" && configIndex(log) <= commitIndex;
  },
  effect: (s, { i }) => {
    const leader = s.servers.get(i);
    const config = configOf(leader.log);
    if (config?.kind !== "OldNewConfigCommand") return;
    appendConfig(leader, {
      kind: "NewConfigCommand",
      term: leader.currentTerm,
      id: config.id,
      members: config.new,
    });
  },
});

/** The actions of RaftWithReconfigJointConsensus.tla that change who is a member: any number of servers, in two steps. */
import { id, type ReadonlyFiniteSet, set } from "../../../../spec/lang/index.ts";
import { appendConfig, type Config, configIndex, configOf } from "../configuration.ts";
import { type RaftServer, type ServerId, snapshotDue } from "../state.ts";
import { type JointConstants, type JointState, joint } from "./state.ts";

type Servers = ReadonlyFiniteSet<ServerId>;

export const appendOldNewConfigToLog = joint.action("AppendOldNewConfigToLog", {
  says: "A leader starts a change: for now the old and the new members decide together.",
  params: (c) => ({
    i: id(c.Server),
    because: joint.found(reasons),
    addMembers: set(id(c.Server)),
    removeMembers: set(id(c.Server)),
  }),
  guard: (s, { i, because, addMembers, removeMembers }, c) => {
    const config = changeable(s.servers.get(i));
    if (config === null || !isTrue(because, addMembers, removeMembers, c)) return false;
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

type Reason = "adds" | "removes" | "replaces";

/**
 * Why a change may be one that the model allows. Where any change will do, the original asks for members to add or for
 * members to remove, and TLC takes and counts a step for each that is true.
 */
function reasons(s: JointState, { i }: { readonly i: ServerId }, c: JointConstants): readonly Reason[] {
  if (s.reconfigCtr === c.MaxReconfigs || changeable(s.servers.get(i)) === null) return [];
  switch (c.ReconfigType) {
    case "any":
      return ["adds", "removes"];
    case "one-for-one":
      return ["replaces"];
    case "add-only":
      return ["adds"];
    case "remove-only":
      return ["removes"];
  }
}

function isTrue(because: Reason, added: Servers, removed: Servers, { ReconfigType }: JointConstants): boolean {
  switch (because) {
    case "adds":
      return added.size > 0 && (ReconfigType === "any" || removed.size === 0);
    case "removes":
      return removed.size > 0 && (ReconfigType === "any" || added.size === 0);
    case "replaces":
      return added.size === 1 && removed.size === 1;
  }
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

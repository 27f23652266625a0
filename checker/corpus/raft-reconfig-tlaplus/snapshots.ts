/** How a new member gets the log: whole, in one message. The thesis lets it catch up entry by entry, without a vote. */
import { id } from "../../../spec/lang/index.ts";
import { isMember, noteConfig } from "./configuration.ts";
import { discard, isOfCurrentTerm, reply, send } from "./network.ts";
import { raft, snapshotDue, snapshotSent } from "./state.ts";

const sendSnapshot = raft.action("SendSnapshot", {
  says: "A leader sends its log to a member that needs all of it.",
  params: (c) => ({ i: id(c.Server), j: id(c.Server) }),
  guard: (s, { i, j }) => {
    const { state, log, nextIndex } = s.servers.get(i);
    return i !== j && state === "Leader" && isMember(log, j) && nextIndex.get(j) === snapshotDue;
  },
  effect: (s, { i, j }) => {
    const { currentTerm: term, log, commitIndex, nextIndex } = s.servers.get(i);
    send(s, { kind: "SnapshotRequest", term, log, commitIndex, source: i, dest: j });
    nextIndex.set(j, snapshotSent);
  },
});

const handleSnapshotRequest = raft.action("HandleSnapshotRequest", {
  says: "A follower takes over the whole log of its leader.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("SnapshotRequest")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m) && s.servers.get(m.dest).state === "Follower",
  effect: (s, { m }) => {
    const server = s.servers.get(m.dest);
    server.log.assign(m.log);
    server.commitIndex = m.commitIndex;
    noteConfig(server);
    const { term, source, dest } = m;
    reply(s, { kind: "SnapshotResponse", term, matchIndex: m.log.length, source: dest, dest: source }, m);
  },
});

const handleSnapshotResponse = raft.action("HandleSnapshotResponse", {
  says: "A leader, or who was one in this term, learns that its snapshot has arrived.",
  params: () => ({ m: raft.found((s) => s.inFlight.ofKind("SnapshotResponse")) }),
  guard: (s, { m }) => isOfCurrentTerm(s, m) && s.servers.get(m.dest).nextIndex.get(m.source) === snapshotSent,
  effect: (s, { m }) => {
    const { nextIndex, matchIndex } = s.servers.get(m.dest);
    nextIndex.set(m.source, m.matchIndex + 1);
    matchIndex.set(m.source, m.matchIndex);
    discard(s, m);
  },
});

export const snapshots = [sendSnapshot, handleSnapshotRequest, handleSnapshotResponse];

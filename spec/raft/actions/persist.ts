/** Split durability: a server writes its term, its vote and its log to disk one after the other, and sends what they cover. */
import { id } from "../../lang/index.ts";
import { transmit } from "../network/network.ts";
import { raft } from "../protocol.ts";
import type { ServerId } from "../state.ts";

export const persistTerm = raft.action("PersistTerm", {
  says: "The current term reaches the disk. The vote on disk was for an older term: it goes.",
  source: "figure 2, persistent state",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).durable.term !== s.servers.get(i).term,
  effect: (s, { i }) => {
    const me = s.servers.get(i);
    me.durable.term = me.term;
    me.durable.votedFor = null;
  },
});

export const persistVote = raft.action("PersistVote", {
  says: "The vote reaches the disk, after the term it belongs to.",
  source: "figure 2, persistent state",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => {
    const me = s.servers.get(i);
    return me.durable.term === me.term && me.durable.votedFor !== me.votedFor;
  },
  effect: (s, { i }) => {
    const me = s.servers.get(i);
    me.durable.votedFor = me.votedFor;
  },
});

export const persistLog = raft.action("PersistLog", {
  says: "The log reaches the disk, after the term in which its entries were accepted.",
  source: "figure 2, persistent state",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => {
    const me = s.servers.get(i);
    return me.durable.term === me.term && !me.durable.log.equals(me.log);
  },
  effect: (s, { i }) => {
    const me = s.servers.get(i);
    me.durable.log.assign(me.log);
  },
});

export const sendFromOutbox = raft.action("Send", {
  says: "A message leaves the outbox once what it promises is on disk.",
  source: "figure 2, persistent state: updated on stable storage before responding",
  part: (c) => c.splitDurability,
  fair: "weak",
  params: (c) => ({
    i: id(c.Server),
    m: raft.found((s, { i }: { readonly i: ServerId }) => s.servers.get(i).outbox),
  }),
  guard: (s, { i, m }, c) => c.rules.readyToSend(s.servers.get(i), m),
  effect: (s, { i, m }, c) => {
    s.servers.get(i).outbox.remove(m);
    transmit(s.network, m, c);
  },
});

import { id, integer } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";
import { raft } from "../../protocol.ts";
import type { Server, ServerDraft } from "../../state.ts";
import { snapshotIndexOf } from "../snapshots/fields.ts";
import { apply } from "./writes.ts";

/** A restart of the basic algorithm loses what is volatile; with a disk it loses what no write has brought there. */
export const crash = raft.action("Crash", {
  says: "A server crashes while it writes: some of its writes are on the disk, the oldest first. It starts again from there.",
  source: "figure 2, persistent state; TLA+ Restart",
  part: (c) => c.writeQueue && c.maxRestarts > 0,
  params: (c) => ({
    i: id(c.Server),
    /** How many of the writes under way have reached the disk. */
    finished: integer(0, c.maxWrites),
    /** How many pieces of the next one have: its term and vote, and then each of its entries. */
    pieces: integer(0, c.tornWrites ? c.maxLogLength + 1 : 0),
  }),
  guard: (s, { i, finished, pieces }, c) =>
    s.restarts < c.maxRestarts && isPossible(s.servers.get(i), finished, pieces),
  effect: (s, { i, finished, pieces }, c) => {
    const me = s.servers.get(i);
    finishSome(me, finished, pieces, c);
    me.term = me.durable.term;
    me.votedFor = me.durable.votedFor;
    me.log.assign(me.durable.log);
    if (c.snapshots) me.snapshotIndex = me.durable.snapshotIndex;
    c.rules.restart(me, c);
    s.restarts += 1;
  },
});

/** A write that has all its pieces has finished, and is not torn. */
function isPossible(me: Server, finished: number, pieces: number): boolean {
  if (finished > me.writes.length) return false;
  return pieces === 0 || (finished < me.writes.length && pieces <= me.writes.get(finished + 1).entries.length);
}

function finishSome(me: ServerDraft, finished: number, pieces: number, c: Constants): void {
  for (let position = 1; position <= finished; position += 1) apply(me.durable, me.writes.get(position), c);
  if (pieces > 0) {
    const torn = me.writes.get(finished + 1);
    if (pieces > 1) {
      const entries = torn.entries.sub(1, pieces - 1);
      apply(me.durable, { ...torn, entries, snapshotIndex: snapshotIndexOf(me.durable, c) }, c);
    } else {
      me.durable.term = torn.term;
      me.durable.votedFor = torn.votedFor;
    }
  }
  me.writes.clear();
  me.outbox.clear();
}

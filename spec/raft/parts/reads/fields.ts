import { id, integer, part, record, set, type ViewOf } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";

/** A read that a leader was asked for and has not answered. */
const readSchema = (c: Constants) =>
  record({
    /** Tells the answers to heartbeats that were sent after the read was asked from those to earlier ones. */
    context: integer(1, c.maxReads),
    /** Thesis: readIndex. The read is answered when the leader has applied up to here, with what it has applied then. */
    index: integer(0, c.maxLogLength + 1),
    /** The servers that have confirmed, since the read was asked, that this server leads. The leader is one of them. */
    confirmedBy: set(id(c.Server)),
    /** History, for properties only: up to where any server had committed when the read was asked. */
    committed: integer(0, c.maxLogLength),
  });

/** What a server has besides, where reads are a part of the model. */
export const readFields = (c: Constants) => ({
  /** Leaders only, else empty: the reads that wait. */
  reads: part(c.readIndex, set(readSchema(c))),
  /** Leaders only, else 0: how many reads this leader was asked for. */
  readsAsked: part(c.readIndex, integer(0, c.maxReads)),
  /** History, for properties only: the highest commit index that this server lost by a restart. */
  commitIndexLost: part(c.readIndex && c.maxRestarts > 0, integer(0, c.maxLogLength)),
});

export type Read = ViewOf<ReturnType<typeof readSchema>>;

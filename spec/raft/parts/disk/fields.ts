import { bag, type DraftOf, id, integer, option, part, record, sequence, type ViewOf } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";
import { entrySchema, messageSchema } from "../../messages.ts";
import { persistentFields } from "../../persistent-state.ts";
import { snapshotFields } from "../snapshots/fields.ts";

const waiting = (c: Constants) => bag(messageSchema(c), { copies: c.maxInFlight + c.maxDuplicates });

/** A write under way: what the server was when it began, as far as the disk will differ, and what waits for it. */
const writeSchema = (c: Constants) =>
  record({
    term: integer(0, c.maxTerm),
    votedFor: option(id(c.Server)),
    /** The log is cut before this index, and then continued by `entries`. */
    from: integer(1, c.maxLogLength + 1),
    entries: sequence(entrySchema(c), c.maxLogLength),
    /** The snapshot is on the disk after all else of its write. */
    ...snapshotFields(c),
    /** The messages that promise what this write makes durable. */
    messages: waiting(c),
  });

const durableSchema = (c: Constants) => record(persistentFields(c));

/** What a server has besides, where its disk is a part of the model. */
export const diskFields = (c: Constants) => ({
  /** What has reached the disk. */
  durable: part(c.writeQueue, durableSchema(c)),
  /** The writes under way, the oldest first. */
  writes: part(c.writeQueue, sequence(writeSchema(c), c.maxWrites)),
  /** Messages that wait for a write that has not begun. */
  outbox: part(c.writeQueue, waiting(c)),
});

export type Write = ViewOf<ReturnType<typeof writeSchema>>;
export type DurableDraft = DraftOf<ReturnType<typeof durableSchema>>;

import { bag, part, record } from "../../../lang/index.ts";
import type { Constants } from "../../constants.ts";
import { messageSchema } from "../../messages.ts";
import { persistentFields } from "../../persistent-state.ts";

/** What a server has besides, where its disk is a part of the model. */
export const diskFields = (c: Constants) => ({
  /** What has reached the disk. */
  durable: part(c.splitDurability, record(persistentFields(c))),
  /** Messages that wait until what they promise is on disk. */
  outbox: part(c.splitDurability, bag(messageSchema(c), { copies: c.maxInFlight + c.maxDuplicates })),
});

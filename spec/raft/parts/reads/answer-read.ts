import { id } from "../../../lang/index.ts";
import { raft } from "../../protocol.ts";
import type { State } from "../../state.ts";

/** Entries are applied as they are committed, so the commit index says what is applied. */
export const answerRead = raft.action("AnswerRead", {
  says: "A leader answers a read, once a majority has confirmed that it leads and it has applied up to the index of the read.",
  source: "thesis §6.4, steps 3 to 5; etcd-io/raft, ReadState",
  part: (c) => c.readIndex,
  fair: "weak",
  params: (c) => ({
    i: id(c.Server),
    read: raft.found((s: State, { i }: { i: (typeof c.Server)[number] }) => s.servers.get(i).reads),
  }),
  guard: (s, { i, read }, c) => s.servers.get(i).commitIndex >= read.index && c.rules.isReadConfirmed(read, c),
  effect: (s, { i, read }) => {
    s.servers.get(i).reads.remove(read);
  },
});

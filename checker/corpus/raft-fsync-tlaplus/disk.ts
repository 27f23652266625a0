/**
 * What RaftFsync.tla adds to Raft: entries of a log reach the disk one by one, and a restart loses the others. Terms and
 * votes reach it at once.
 */
import {
  type ConstantsOf,
  type DraftOf,
  flag,
  id,
  integer,
  map,
  protocol,
  record,
  type ViewOf,
} from "../../../spec/lang/index.ts";
import { rules } from "../raft-sent-once/protocol.ts";
import { commonFields, commonServerFields, constants } from "../raft-tlaplus/state.ts";

const fsyncConstants = {
  ...constants,
  LeaderFsyncBeforeAppendEntries: flag({
    default: false,
    says: "a leader sends entries only after they have reached its disk",
  }),
  LeaderFsyncBeforeIncludeInQuorum: flag({
    default: true,
    says: "a leader counts itself among those that have an entry only after the entry has reached its disk",
  }),
  FollowerFsyncBeforeReply: flag({
    default: true,
    says: "a follower brings its log to its disk before it acknowledges an entry",
  }),
};

type FsyncConstants = ConstantsOf<typeof fsyncConstants>;

function serverOf(c: FsyncConstants) {
  return record({
    ...commonServerFields(c),
    /**
     * The last entry on the disk. It stays where it is when a conflicting entry shortens the log, and may then be past the
     * end of the log.
     */
    fsyncIndex: integer(0, c.Value.length),
  });
}

function stateOf(c: FsyncConstants) {
  return record({ servers: map(id(c.Server), serverOf(c)), ...commonFields(c, { copies: 1 }) });
}

type Server = ViewOf<ReturnType<typeof serverOf>>;
type ServerDraft = DraftOf<ReturnType<typeof serverOf>>;

export const raftFsync = protocol("RaftFsync", {
  constants: fsyncConstants,
  state: stateOf,
  rules: {
    ...rules,
    maySend: (leader: Server, index: number, c: FsyncConstants) =>
      !c.LeaderFsyncBeforeAppendEntries || leader.fsyncIndex >= index,
    countsItself: (leader: Server, index: number, c: FsyncConstants) =>
      !c.LeaderFsyncBeforeIncludeInQuorum || leader.fsyncIndex >= index,
    beforeReply: (follower: ServerDraft, c: FsyncConstants) => {
      if (c.FollowerFsyncBeforeReply) follower.fsyncIndex = follower.log.length;
    },
    recover: ({ log, fsyncIndex }: ServerDraft) => {
      if (log.length > fsyncIndex) log.truncate(fsyncIndex);
    },
  },
});

export const advanceFsyncIndex = raftFsync.action("AdvanceFsyncIndex", {
  says: "One more entry of a log reaches the disk.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => s.servers.get(i).fsyncIndex < s.servers.get(i).log.length,
  effect: (s, { i }) => {
    s.servers.get(i).fsyncIndex += 1;
  },
});

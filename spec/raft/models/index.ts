/** The named, bounded models of Raft. Verdicts and counts are recorded; a test runs every one of them. */
import type { ModelDeclaration } from "../../lang/index.ts";
import { raftSpec } from "../raft.ts";

const file = "spec/raft/raft.ts";

export const raftModels: readonly ModelDeclaration[] = [
  {
    name: "raft",
    spec: raftSpec,
    file,
    says: "The default: three servers, two terms, one entry, two messages in flight.",
    deadlock: false,
  },
];

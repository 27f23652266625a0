import type { Settings } from "../lang/index.ts";
import type { rules } from "../raft/index.ts";
type Raft = typeof rules;
type Replacement = { readonly [K in keyof Raft]: { readonly rule: K; readonly by: Raft[K] } }[keyof Raft];
export type Mutant = Replacement & {
  readonly id: string; readonly says: string; readonly seen: string; readonly file: string; readonly caught: readonly Settings[];
};

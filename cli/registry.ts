/** Every model that Lockstep brings along. A room that has models of its own adds one line here. */
import { corpus } from "../checker/index.ts";
import type { ModelDeclaration } from "../spec/lang/index.ts";
import { mutantModels } from "../spec/mutants/index.ts";
import { raftModels } from "../spec/raft/index.ts";

export interface ModelGroup {
  readonly title: string;
  readonly models: readonly ModelDeclaration[];
}

export const modelGroups: readonly ModelGroup[] = [
  { title: "Raft", models: raftModels },
  { title: "Raft with one rule broken, and unbroken at the same bounds", models: mutantModels },
  { title: "Published models, with the counts that others have published", models: corpus },
];

export const builtInModels: readonly ModelDeclaration[] = modelGroups.flatMap(({ models }) => models);

/** What `explore` explores when nothing is named. */
export const defaultModelName = "raft";

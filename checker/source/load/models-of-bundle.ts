import type { ModelDeclaration } from "../../../spec/lang/index.ts";
import type { Bundle } from "./bundle.ts";
import { evaluateBundle } from "./evaluate.ts";
import { exportedModels } from "./exported-models.ts";
import type { Loading } from "./loading.ts";

/** A spec that was checked and bundled, as data that can be sent to another thread. */
export interface SpecBundle {
  readonly bundle: Bundle;
  /** The absolute path of the spec. */
  readonly file: string;
}

/** The models of a spec that was checked before. */
export async function modelsOfBundle(
  { bundle, file }: SpecBundle,
  loading: Loading,
): Promise<readonly ModelDeclaration[]> {
  const evaluation = await evaluateBundle(bundle, file, {}, loading);
  if (!evaluation.ok) throw evaluation.error;
  return exportedModels(evaluation.value.exports[0] ?? {}, file);
}

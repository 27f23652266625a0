/** What tests turn to reach what only large models reach. */
export interface Tuning {
  /** Words of trees at most. */
  readonly trieWordsMax: number;
  /** States that are expanded before code is made of the trees. */
  readonly emitsAfter: number;
}

/** Trees of 512 MiB. */
export const usual: Tuning = { trieWordsMax: 2 ** 27, emitsAfter: 50_000 };

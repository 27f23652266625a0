/** What tests turn to reach what only large models reach. */
export interface Tuning {
  /** Words of trees at most. */
  readonly trieWordsMax: number;
  /** States that are expanded before code is made of the trees. */
  readonly emitsAfter: number;
  /** Of what each part of a state contributes to its fingerprint, the bits that are taken. */
  readonly fingerprintMask: number;
}

/** Trees of 512 MiB. */
export const usual: Tuning = { trieWordsMax: 2 ** 27, emitsAfter: 50_000, fingerprintMask: -1 };

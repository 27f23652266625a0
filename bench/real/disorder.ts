/** What is wrong with the disk and the clock of a process, beside what the operating system can do to it. */
export interface Disorder {
  readonly disk:
    | { readonly kind: "sound" }
    /** Every write and every sync is reported so much later. */
    | { readonly kind: "slow"; readonly delayMs: number }
    | { readonly kind: "full"; readonly bytesLeft: number }
    | { readonly kind: "broken" };
  /** Of the clock that never goes back: 1.1 gains a tenth. */
  readonly clockRate: number;
  /** How far the clock of the day is off. */
  readonly clockJumpMs: number;
}

export const noDisorder: Disorder = { disk: { kind: "sound" }, clockRate: 1, clockJumpMs: 0 };

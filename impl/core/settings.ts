/** Time is in ticks, sizes are in bytes. */
export interface Settings {
  /** An election timeout is drawn from this to twice this, less one. */
  readonly electionTicks: number;
  readonly heartbeatTicks: number;
  /** Of one append request. */
  readonly messageEntriesMax: number;
  readonly messageBytesMax: number;
  /** Sent to one follower and not acknowledged. */
  readonly windowEntriesMax: number;
  readonly windowBytesMax: number;
  /** Proposals that are not committed. Beyond it they are refused. */
  readonly uncommittedBytesMax: number;
  readonly proposalBytesMax: number;
  /** Reads that wait for their confirmation. */
  readonly readsWaitingMax: number;
  readonly chunkBytesMax: number;
  /** Snapshot bytes that a leader sends in a tick, to all followers together. */
  readonly snapshotBytesPerTick: number;
  /** Entries that stay in the log when a snapshot is taken, for followers that lag a little. */
  readonly trailingEntries: number;
  /** A leader with a write that is under way for so many ticks steps down. */
  readonly stallTicksMax: number;
  /**
   * Reads by lease are allowed if this is set: clocks of two servers run at rates that differ by no more than this part
   * of the slower one. 0.01 means that one may gain a hundredth on another. All servers of a cluster must have it set,
   * and the same `electionTicks`, because the lease of one is what the others promise.
   */
  readonly clockDriftMax: number | null;
  /** Whoever has this many committed entries to go, or fewer, has caught up. */
  readonly promotionLagMax: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const defaultSettings: Settings = {
  electionTicks: 10,
  heartbeatTicks: 2,
  messageEntriesMax: 4096,
  messageBytesMax: 512 * KIB,
  windowEntriesMax: 32_768,
  windowBytesMax: 8 * MIB,
  uncommittedBytesMax: 64 * MIB,
  proposalBytesMax: MIB,
  readsWaitingMax: 65_536,
  chunkBytesMax: 256 * KIB,
  snapshotBytesPerTick: 4 * MIB,
  trailingEntries: 4096,
  stallTicksMax: 50,
  clockDriftMax: null,
  promotionLagMax: 64,
};

/** What is wrong with the settings, one sentence each. */
export function settingsProblems(settings: Settings): string[] {
  const problems: string[] = [];
  const { clockDriftMax, ...counts } = settings;
  for (const [name, value] of Object.entries(counts)) {
    const least = name === "trailingEntries" || name === "promotionLagMax" ? 0 : 1;
    if (!Number.isSafeInteger(value) || value < least) {
      problems.push(`${name} must be a whole number of at least ${least}, and is ${value}`);
    }
  }
  if (settings.electionTicks < 3 * settings.heartbeatTicks) {
    problems.push(
      `electionTicks must be at least three times heartbeatTicks, so that one lost heartbeat starts no election; they are ${settings.electionTicks} and ${settings.heartbeatTicks}`,
    );
  }
  if (settings.proposalBytesMax > settings.uncommittedBytesMax) {
    problems.push(
      "proposalBytesMax must not exceed uncommittedBytesMax, or the largest proposals are refused for ever",
    );
  }
  if (clockDriftMax !== null && !(clockDriftMax >= 0 && clockDriftMax < 1)) {
    problems.push(`clockDriftMax must be null or at least 0 and less than 1, and is ${clockDriftMax}`);
  }
  return problems;
}

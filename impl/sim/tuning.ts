import { defaultSettings, type Settings } from "../core/index.ts";
import type { NetworkTuning } from "./network.ts";
import type { Random } from "./random.ts";

/**
 * What kind of world a seed gives. Limits are small and differ from seed to seed, because a world of one kind finds
 * the faults of one kind: windows that fill, snapshots in many pieces, logs that are compacted to nothing.
 */
export interface Tuning {
  readonly settings: Settings;
  /** Microseconds between two ticks of a clock that is right. */
  readonly tickPeriod: number;
  /** Clocks run slower than that by up to so many thousandths, each by its own. */
  readonly driftPermille: number;
  readonly network: NetworkTuning;
  readonly syncFloor: number;
  readonly syncMean: number;
  /** The state machine's image is taken after so many entries. */
  readonly snapshotEvery: number;
  readonly clients: number;
  readonly thinkMean: number;
  /** How long a client waits for an answer before it asks another server. */
  readonly patience: number;
  /** Microseconds between two faults, and how long they last, on average. */
  readonly faultGapMean: number;
  readonly faultLengthMean: number;
  /** Clocks keep what the settings promise, so that reads by lease are checked like any other. */
  readonly leases: boolean;
}

export const TICK_PERIOD = 10_000;

export function tuningFrom(random: Random): Tuning {
  const leases = random.chance(500_000);
  const driftPermille = random.pick([0, 10, 100]);
  const electionTicks = random.pick([10, 10, 15, 20]);
  const chunkBytesMax = random.pick([64, 256, 1024, 4096]);
  const delayMean = random.pick([200, 1000, 4000]);
  const syncMean = random.pick([100, 1000, 5000]);
  const busy = random.pick([1, 1, 4]);
  return {
    settings: {
      ...defaultSettings,
      electionTicks,
      heartbeatTicks: random.pick([1, 2, 3]),
      messageEntriesMax: random.pick([1, 2, 8, 64]),
      messageBytesMax: random.pick([128, 1024, 65_536]),
      windowEntriesMax: random.pick([1, 4, 64, 1024]),
      windowBytesMax: random.pick([256, 4096, 1_048_576]),
      uncommittedBytesMax: random.pick([4096, 65_536, 1_048_576]),
      proposalBytesMax: 4096,
      readsWaitingMax: random.pick([2, 64, 1024]),
      chunkBytesMax,
      snapshotBytesPerTick: chunkBytesMax * random.pick([8, 64, 256]),
      trailingEntries: random.pick([0, 3, 20, 200]),
      stallTicksMax: random.pick([20, 50]),
      clockDriftMax: leases ? Math.max(driftPermille, 10) / 1000 : null,
      promotionLagMax: random.pick([0, 4, 64]),
    },
    tickPeriod: TICK_PERIOD,
    driftPermille,
    network: {
      delayFloor: random.pick([50, 300]),
      delayMean,
      loss: random.pick([0, 0, 2_000, 20_000]),
      duplication: random.pick([0, 5_000, 50_000]),
      reordering: random.pick([0, 5_000, 30_000]),
      keepsOrder: random.chance(600_000),
    },
    syncFloor: 50,
    syncMean,
    snapshotEvery: random.pick([10, 40, 150, 1000]),
    clients: random.between(3, 8),
    thinkMean: random.pick([2_000, 10_000, 40_000]) / busy,
    patience: random.pick([60_000, 200_000]),
    faultGapMean: random.pick([60_000, 200_000, 500_000]),
    faultLengthMean: random.pick([60_000, 200_000, 600_000]),
    leases,
  };
}

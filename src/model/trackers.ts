import type { Address } from './address.ts';
import type { Origin } from './origin.ts';

/** A thing whose state may change the priority of instances. What is undefined has keepalived's default. */
interface Tracker {
  readonly name: string;
  readonly origin: Origin;
  readonly weight?: number | undefined;
  readonly reverse?: boolean | undefined;
}

/** Durations are seconds. */
export interface TrackScript extends Tracker {
  readonly command: string;
  readonly interval?: number | undefined;
  readonly timeout?: number | undefined;
  readonly rise?: number | undefined;
  readonly fall?: number | undefined;
  /** `user` or `user group`. */
  readonly user?: string | undefined;
  readonly initFail?: boolean | undefined;
}

/** Durations are seconds. */
export interface TrackProcess extends Tracker {
  readonly process: string;
  readonly paramMatch?: 'initial' | 'partial' | undefined;
  readonly fullCommand?: boolean | undefined;
  readonly quorum?: number | undefined;
  readonly quorumMax?: number | undefined;
  readonly delay?: number | undefined;
  readonly forkDelay?: number | undefined;
  readonly terminateDelay?: number | undefined;
}

export interface TrackFile extends Tracker {
  readonly path: string;
  readonly initial?: number | undefined;
  readonly overwrite?: boolean | undefined;
}

/** Times are milliseconds. */
export interface Bfd extends Tracker {
  readonly neighbor: Address;
  readonly source?: Address | undefined;
  readonly minRx?: number | undefined;
  readonly minTx?: number | undefined;
  readonly idleTx?: number | undefined;
  readonly multiplier?: number | undefined;
  readonly passive?: boolean | undefined;
  readonly ttl?: number | undefined;
  readonly maxHops?: number | undefined;
  readonly multihop?: boolean | undefined;
}

/** Each kind sorted by name. */
export interface Trackers {
  readonly scripts: readonly TrackScript[];
  readonly processes: readonly TrackProcess[];
  readonly files: readonly TrackFile[];
  readonly bfd: readonly Bfd[];
}

import type { ConfChange } from '../model/conf-change.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { State } from '../model/state.ts';
import type { GuardName, Hazard, PlannedChange } from './plan.ts';
import { disruptiveReload } from './guards/disruptive-reload.ts';
import { emptyService } from './guards/empty-service.ts';
import { emptySpec } from './guards/empty-spec.ts';
import { foreignConf } from './guards/foreign-conf.ts';
import { maxRemove } from './guards/max-remove.ts';
import { maxRemoveServices } from './guards/max-remove-services.ts';
import { olderSpec } from './guards/older-spec.ts';
import { rejectedSpec } from './guards/rejected-spec.ts';
import { takeover } from './guards/takeover.ts';
import { vipNotHeld } from './guards/vip-not-held.ts';

/** What the person who runs this plan said is meant. Every guard has its own word; there is no word for all. */
export interface Permissions {
  /** `--allow-empty`: an empty spec, and services without a server that takes connections. */
  readonly empty: boolean;
  /** `--max-remove`, a share of a service's weight (0..1); null: as the spec says. */
  readonly maxRemove: number | null;
  /** `--max-remove-services`, a share of the managed services (0..1); null: as the spec says. */
  readonly maxRemoveServices: number | null;
  /** `--adopt`: keys or names of services to take over, or all of the spec's. */
  readonly adopt: 'all' | readonly string[];
  /** `--prune`: keys of foreign services that are to be ours, and so to go. */
  readonly prune: readonly string[];
  /** `--allow-older`: a spec older than the one applied last. */
  readonly older: boolean;
  /** `--allow-rejected`: the spec that was rolled back from. */
  readonly rejected: boolean;
  /** `--allow-unheld-vip`. */
  readonly unheldVip: boolean;
  /** `--allow-disruptive`: a reload of keepalived that costs connections or moves VIPs. */
  readonly disruptive: boolean;
}

export const NO_PERMISSIONS: Permissions = {
  empty: false,
  maxRemove: null,
  maxRemoveServices: null,
  adopt: [],
  prune: [],
  older: false,
  rejected: false,
  unheldVip: false,
  disruptive: false,
};

/** What a guard may look at. */
export interface GuardInput {
  readonly live: LiveTable;
  readonly desired: Desired;
  /** The desired services that lvsctl writes. */
  readonly mine: readonly DesiredService[];
  readonly state: State;
  readonly changes: readonly PlannedChange[];
  readonly permissions: Permissions;
  /** Git commit time of the spec, in seconds; null where it is in no repository. */
  readonly specTime?: number | null;
  /** Null where no spec is planned for. */
  readonly specDigest?: string | null;
  readonly conf?: ConfChange | null;
}

export type Guard = (input: GuardInput) => Hazard[];

const GUARDS = {
  'empty-spec': emptySpec,
  'empty-service': emptyService,
  'max-remove': maxRemove,
  'max-remove-services': maxRemoveServices,
  'vip-not-held': vipNotHeld,
  takeover,
  'older-spec': olderSpec,
  'rejected-spec': rejectedSpec,
  'foreign-conf': foreignConf,
  'disruptive-reload': disruptiveReload,
} as const satisfies Record<GuardName, Guard>;

/**
 * Danger is data: every guard looks at the planned changes and says what it saw, against which limit, and which option
 * says that it is meant. A hazard that nobody allowed stops the plan.
 */
export function findHazards(input: GuardInput): Hazard[] {
  return Object.values(GUARDS).flatMap((guard) => guard(input));
}

export function refusals(hazards: readonly Hazard[]): Hazard[] {
  return hazards.filter((hazard) => !hazard.allowed);
}

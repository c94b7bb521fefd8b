import type { Address, Family } from './address.ts';
import type { Origin } from './origin.ts';

/** An address that moves with an instance. */
export interface Vip {
  readonly address: Address;
  /** Explicit: 32 or 128 where the spec says none. */
  readonly prefixLength: number;
  /** Null: that of the instance. */
  readonly interface: string | null;
  readonly label: string | null;
  readonly scope: string | null;
  readonly noTrack: boolean;
}

/** A director's part in an instance. */
export interface VrrpMember {
  readonly director: string;
  /** Null where neither the instance nor the director names one. */
  readonly interface: string | null;
  /** 1 to 254; 255 owns the address itself. */
  readonly priority: number;
  /** Source of adverts; null: keepalived's choice. With unicast always known. */
  readonly source: Address | null;
}

export interface Unicast {
  /** Beside the other members. */
  readonly peers: readonly Address[];
  readonly ttl: number | null;
  readonly checkSource: boolean;
  readonly faultWithoutPeer: boolean;
}

export interface Vmac {
  readonly interface: string | null;
  readonly xmitBase: boolean;
  readonly addresses: boolean;
}

/** Null: keepalived's default. Seconds and counts. */
export interface Garp {
  readonly delay?: number | undefined;
  readonly repeat?: number | undefined;
  readonly refresh?: number | undefined;
  readonly refreshRepeat?: number | undefined;
  readonly lowerPrioDelay?: number | undefined;
  readonly lowerPrioRepeat?: number | undefined;
  readonly lowerPrioNoAdvert?: boolean | undefined;
  readonly higherPrioSendAdvert?: boolean | undefined;
}

/** Commands by the change of state that they run at. */
export interface Notify {
  readonly master?: string | undefined;
  readonly backup?: string | undefined;
  readonly fault?: string | undefined;
  readonly stop?: string | undefined;
  readonly deleted?: string | undefined;
  readonly any?: string | undefined;
  /** `user` or `user group`. */
  readonly user?: string | undefined;
}

/** One thing that is followed; null: as its definition says. */
export interface TrackUse {
  readonly name: string;
  readonly weight: number | null;
  readonly reverse: boolean | null;
}

/** What an instance or a sync group follows, each kind sorted by name. */
export interface Tracking {
  readonly interfaces: readonly TrackUse[];
  readonly scripts: readonly TrackUse[];
  readonly processes: readonly TrackUse[];
  readonly files: readonly TrackUse[];
  readonly bfd: readonly TrackUse[];
}

export interface VrrpInstance {
  readonly name: string;
  readonly origin: Origin;
  readonly virtualRouterId: number;
  /** Of its adverts. IPv4 where any VIP is; the others move with it, outside the adverts. */
  readonly family: Family;
  /** Those in the adverts, all of `family`. */
  readonly vips: readonly Vip[];
  readonly excludedVips: readonly Vip[];
  /** In the order of the directors' names. */
  readonly members: readonly VrrpMember[];
  readonly advertSeconds: number | null;
  /** 2 or 3, explicit: with IPv6 always 3. */
  readonly version: 2 | 3;
  readonly preempt: boolean;
  readonly preemptDelaySeconds: number | null;
  readonly unicast: Unicast | null;
  readonly multicastGroup: Address | null;
  readonly checksumAsV2: boolean;
  readonly vmac: Vmac | null;
  readonly tracking: Tracking;
  readonly trackPrimary: boolean;
  /** In the words of ip-route(8) and ip-rule(8). */
  readonly routes: readonly string[];
  readonly rules: readonly string[];
  readonly garp: Garp;
  readonly accept: boolean;
  /** Null: as the settings of keepalived say. */
  readonly strict: boolean | null;
  readonly downTimerAdverts: number | null;
  readonly promoteSecondaries: boolean;
  readonly authentication: { readonly type: 'pass' | 'ah'; readonly password: string } | null;
  readonly notify: Notify;
  readonly smtpAlert: boolean | null;
  readonly extra: readonly string[];
}

/** Instances that change state together. */
export interface SyncGroup {
  readonly name: string;
  readonly origin: Origin;
  readonly instances: readonly string[];
  readonly tracking: Tracking;
  readonly trackingWeight: boolean;
  readonly notify: Notify;
  readonly smtpAlert: boolean | null;
  readonly extra: readonly string[];
}

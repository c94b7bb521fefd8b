import type { Address } from './address.ts';
import type { Origin } from './origin.ts';
import type { Trackers } from './trackers.ts';
import type { Garp, SyncGroup, VrrpInstance } from './vrrp.ts';

export interface MailSettings {
  readonly to?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly server?: Address | undefined;
  readonly port?: number | undefined;
  readonly helo?: string | undefined;
  readonly timeout?: number | undefined;
  readonly vrrp?: boolean | undefined;
  readonly checks?: boolean | undefined;
}

/** keepalived as a whole. What is undefined has keepalived's default; durations are seconds. */
export interface KeepalivedSettings {
  readonly origin: Origin | null;
  readonly enableScriptSecurity: boolean;
  readonly scriptUser?: string | undefined;
  readonly defaultInterface?: string | undefined;
  readonly dynamicInterfaces?: boolean | undefined;
  readonly vrrpVersion?: number | undefined;
  readonly vrrpStrict?: boolean | undefined;
  readonly vrrpStartupDelay?: number | undefined;
  readonly vrrpSkipCheckAdvAddr?: boolean | undefined;
  readonly maxAutoPriority?: number | undefined;
  readonly vrrpPriority?: number | undefined;
  readonly checkerPriority?: number | undefined;
  readonly noSwap?: boolean | undefined;
  readonly garp: Garp;
  readonly garpInterval?: number | undefined;
  readonly mail: MailSettings | null;
  readonly notifyFifo: { readonly path: string; readonly script?: string | undefined } | null;
  readonly snmp?: boolean | undefined;
  readonly extra: readonly string[];
}

/** Connection sync that keepalived starts and stops by the state of an instance (`role: vrrp`). */
export interface VrrpSyncDaemon {
  readonly origin: Origin;
  readonly interface: string;
  readonly instance: string;
  readonly syncId?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly group?: Address | undefined;
  readonly port?: number | undefined;
  readonly ttl?: number | undefined;
}

/** What of a spec goes into keepalived.conf, apart from services. */
export interface KeepalivedDesired {
  /** Version on the directors: that of Debian 12 where the spec names none. */
  readonly version: string;
  readonly settings: KeepalivedSettings;
  readonly trackers: Trackers;
  /** Sorted by name. */
  readonly instances: readonly VrrpInstance[];
  readonly syncGroups: readonly SyncGroup[];
  readonly syncDaemon: VrrpSyncDaemon | null;
}

/** That of a spec that says nothing of keepalived. */
export const NO_KEEPALIVED: KeepalivedDesired = {
  version: '2.2.7',
  settings: { origin: null, enableScriptSecurity: true, garp: {}, mail: null, notifyFifo: null, extra: [] },
  trackers: { scripts: [], processes: [], files: [], bfd: [] },
  instances: [],
  syncGroups: [],
  syncDaemon: null,
};

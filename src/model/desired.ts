import type { Availability } from './availability.ts';
import type { Check } from './check.ts';
import type { Director } from './director.ts';
import type { KeepalivedDesired } from './keepalived.ts';
import type { Origin } from './origin.ts';
import type { RealServer, SyncDaemon, Timeouts, VirtualService } from './table.ts';

/** Who writes the kernel entry: lvsctl, or keepalived by its virtual_server block. Never both. */
export type Owner = 'lvsctl' | 'keepalived';

export interface DesiredServer extends RealServer {
  readonly name: string;
  readonly origin: Origin;
  /** Where a single attribute was written, when not at `origin`: by the attribute's name in `ServerAttributes`. */
  readonly fieldOrigins: Readonly<Record<string, Origin>>;
  /** Null: none, by its own word or since nothing was said. */
  readonly check: Check | null;
  /** Raw lines for its block in keepalived.conf. */
  readonly extra: readonly string[];
}

export interface DesiredService extends VirtualService {
  readonly name: string;
  readonly owner: Owner;
  readonly origin: Origin;
  /** As for a server: by the attribute's name in `ServiceAttributes`. */
  readonly fieldOrigins: Readonly<Record<string, Origin>>;
  /** The pool its servers come from; null: a list of its own. */
  readonly pool: string | null;
  /** Sorted by `serverSortKey`. */
  readonly servers: readonly DesiredServer[];
  /** How long a server that leaves waits for its active connections, at most. 0: not at all. */
  readonly drainSeconds: number;
  readonly availability: Availability;
  /** Raw lines for its block in keepalived.conf. */
  readonly extra: readonly string[];
}

/** What stops a plan until somebody says it is meant. Shares are 0..1. */
export interface GuardLimits {
  /** Share of a service's servers, and of its weight, that one plan may take away; one server is always allowed. */
  readonly maxRemove: number;
  /** Share of the managed services that one plan may remove; one is always allowed. */
  readonly maxRemoveServices: number;
}

/** What a spec means once defaults are filled, pools expanded and everything is canonical and sorted. */
export interface Desired {
  readonly cluster: string | null;
  /** Grows with every release of the spec; a lower one than the one applied is refused. */
  readonly generation: number | null;
  /** Sorted by `serviceSortKey`; services of both owners. */
  readonly services: readonly DesiredService[];
  readonly timeouts: Partial<Timeouts> | null;
  readonly syncDaemons: readonly SyncDaemon[] | null;
  readonly guards: GuardLimits;
  /** VIPs that some VRRP instance holds; null when the spec has no VRRP and somebody else holds them. */
  readonly heldVips: readonly string[] | null;
  /** Sorted by name. */
  readonly directors: readonly Director[];
  readonly keepalived: KeepalivedDesired;
}

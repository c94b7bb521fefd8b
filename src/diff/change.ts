import type { Origin } from '../model/origin.ts';
import type { Standing } from '../model/standing.ts';
import type { RealServer, ServiceAddress, SyncDaemon, Timeouts, VirtualService } from '../model/table.ts';

/** A service to be had, and where somebody wrote that; a kept foreign service has no name and no origin. */
export interface WantedService extends VirtualService {
  readonly name?: string;
  readonly origin?: Origin;
  readonly fieldOrigins?: Readonly<Record<string, Origin>>;
  readonly drainSeconds?: number;
  readonly servers: readonly WantedServer[];
  /** Real servers that are not to be there just now, though they belong to it. */
  readonly withdrawn?: readonly WantedServer[];
}

export interface WantedServer extends RealServer {
  readonly name?: string;
  readonly origin?: Origin;
  readonly fieldOrigins?: Readonly<Record<string, Origin>>;
  /** Why it has its weight, where checks have a say. */
  readonly standing?: Standing;
}

/** The attributes of a service or a server that can differ. */
export type ServiceField = 'scheduler' | 'schedulerFlags' | 'persistence' | 'persistenceEngine' | 'onePacket';
export type ServerField = 'forwarding' | 'weight' | 'upperThreshold' | 'lowerThreshold';

/** One difference between what is live and what is wanted. */
export type Change =
  | {
      readonly kind: 'service';
      readonly action: 'create';
      readonly after: WantedService;
      readonly reason: 'absent-in-kernel';
    }
  | {
      readonly kind: 'service';
      readonly action: 'update';
      readonly before: VirtualService;
      readonly after: WantedService;
      readonly fields: readonly ServiceField[];
      readonly reason: 'differs';
    }
  | {
      readonly kind: 'service';
      readonly action: 'delete';
      readonly before: VirtualService;
      readonly reason: 'absent-in-spec';
    }
  | ServerChange
  | {
      readonly kind: 'timeouts';
      readonly action: 'update';
      readonly before: Timeouts;
      readonly after: Timeouts;
      readonly reason: 'differs';
    }
  | {
      readonly kind: 'daemon';
      readonly action: 'create';
      readonly after: SyncDaemon;
      readonly reason: 'absent-in-kernel';
    }
  | {
      readonly kind: 'daemon';
      readonly action: 'update';
      readonly before: SyncDaemon;
      readonly after: SyncDaemon;
      readonly reason: 'differs';
    }
  | {
      readonly kind: 'daemon';
      readonly action: 'delete';
      readonly before: SyncDaemon;
      readonly reason: 'absent-in-spec';
    };

export type ServerChange =
  | {
      readonly kind: 'server';
      readonly action: 'create';
      readonly service: WantedService;
      readonly after: WantedServer;
      readonly reason: 'absent-in-kernel';
    }
  | {
      readonly kind: 'server';
      readonly action: 'update';
      readonly service: WantedService;
      readonly before: RealServer;
      readonly after: WantedServer;
      readonly fields: readonly ServerField[];
      readonly reason: 'differs';
    }
  | {
      readonly kind: 'server';
      readonly action: 'delete';
      /** The service it leaves; a live one when that leaves too. */
      readonly service: WantedService;
      readonly before: RealServer;
      readonly reason: 'absent-in-spec';
    };

export function changedService(change: Change): ServiceAddress | null {
  if (change.kind === 'server') return change.service.address;
  if (change.kind !== 'service') return null;
  return change.action === 'create' ? change.after.address : change.before.address;
}

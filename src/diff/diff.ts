import {
  serverKey,
  serviceKey,
  sortServices,
  type SyncDaemon,
  type Timeouts,
  type VirtualService,
} from '../model/table.ts';
import type { Change, WantedService } from './change.ts';
import { differingServerFields, differingServiceFields, sameSyncDaemon } from './same.ts';

/**
 * The differences between the live services and the wanted ones, in the order of their keys.
 *
 * Both sides are whole tables of the same shape; what is to be kept is wanted (diff/keep.ts), so nothing is filtered
 * afterwards. Whether and when a difference becomes a step is the plan's business, not the diff's.
 */
export function diffServices(live: readonly VirtualService[], wanted: readonly WantedService[]): Change[] {
  const before = new Map(live.map((service) => [serviceKey(service.address), service]));
  const after = new Map(wanted.map((service) => [serviceKey(service.address), service]));
  const all = sortServices([...after.values(), ...live.filter((service) => !after.has(serviceKey(service.address)))]);
  return all.flatMap((service) => {
    const key = serviceKey(service.address);
    return serviceChanges(before.get(key), after.get(key));
  });
}

function serviceChanges(before: VirtualService | undefined, after: WantedService | undefined): Change[] {
  if (after === undefined) return before === undefined ? [] : leavingService(before);
  if (before === undefined) return newService(after);
  const fields = differingServiceFields(before, after);
  const update: Change[] =
    fields.length > 0 ? [{ kind: 'service', action: 'update', before, after, fields, reason: 'differs' }] : [];
  return [...update, ...serverChanges(before, after)];
}

function newService(after: WantedService): Change[] {
  const servers = after.servers.map(
    (server): Change => ({
      kind: 'server',
      action: 'create',
      service: after,
      after: server,
      reason: 'absent-in-kernel',
    }),
  );
  return [{ kind: 'service', action: 'create', after, reason: 'absent-in-kernel' }, ...servers];
}

function leavingService(before: VirtualService): Change[] {
  const servers = before.servers.map(
    (server): Change => ({
      kind: 'server',
      action: 'delete',
      service: before,
      before: server,
      reason: 'absent-in-spec',
    }),
  );
  return [{ kind: 'service', action: 'delete', before, reason: 'absent-in-spec' }, ...servers];
}

function serverChanges(before: VirtualService, after: WantedService): Change[] {
  const live = new Map(before.servers.map((server) => [serverKey(server), server]));
  const wanted = new Set(after.servers.map(serverKey));
  const changed = after.servers.flatMap((server): Change[] => {
    const known = live.get(serverKey(server));
    if (known === undefined)
      return [{ kind: 'server', action: 'create', service: after, after: server, reason: 'absent-in-kernel' }];
    const fields = differingServerFields(known, server);
    if (fields.length === 0) return [];
    return [
      { kind: 'server', action: 'update', service: after, before: known, after: server, fields, reason: 'differs' },
    ];
  });
  const leaving = before.servers
    .filter((server) => !wanted.has(serverKey(server)))
    .map(
      (server): Change => ({
        kind: 'server',
        action: 'delete',
        service: after,
        before: server,
        reason: 'absent-in-spec',
      }),
    );
  return [...changed, ...leaving];
}

/** Time-outs the spec is silent about stay as they are. */
export function diffTimeouts(live: Timeouts | null, wanted: Partial<Timeouts> | null): Change[] {
  if (live === null || wanted === null) return [];
  const after = { ...live, ...wanted };
  const same = after.tcp === live.tcp && after.tcpFin === live.tcpFin && after.udp === live.udp;
  return same ? [] : [{ kind: 'timeouts', action: 'update', before: live, after, reason: 'differs' }];
}

/** A spec without connection_sync leaves the daemons to whoever runs them (keepalived, as a rule). */
export function diffSyncDaemons(live: readonly SyncDaemon[] | null, wanted: readonly SyncDaemon[] | null): Change[] {
  if (live === null || wanted === null) return [];
  const byRole = (daemons: readonly SyncDaemon[], role: string) => daemons.find((daemon) => daemon.role === role);
  return (['master', 'backup'] as const).flatMap((role): Change[] => {
    const before = byRole(live, role);
    const after = byRole(wanted, role);
    if (before === undefined && after === undefined) return [];
    if (before === undefined && after) return [{ kind: 'daemon', action: 'create', after, reason: 'absent-in-kernel' }];
    if (after === undefined && before) return [{ kind: 'daemon', action: 'delete', before, reason: 'absent-in-spec' }];
    if (before && after && !sameSyncDaemon(before, after))
      return [{ kind: 'daemon', action: 'update', before, after, reason: 'differs' }];
    return [];
  });
}

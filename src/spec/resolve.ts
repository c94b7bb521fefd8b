import type { Desired, GuardLimits } from '../model/desired.ts';
import type { Origin } from '../model/origin.ts';
import { compareText, type SyncDaemon, sortBy, sortServices, type Timeouts } from '../model/table.ts';
import type { Path } from './place.ts';
import { resolveDirectors, resolveKeepalived } from './resolve-keepalived.ts';
import { resolveService } from './resolve-service.ts';
import type { Spec } from './schema.ts';

/** Where the key at a path of the spec is written. */
export type OriginAt = (path: Path) => Origin;

/** What a spec means: defaults filled, pools expanded, everything canonical and sorted. */
export function resolve(spec: Spec, originAt: OriginAt): Desired {
  const services = Object.keys(spec.services ?? {}).flatMap((name) => resolveService(name, { spec, originAt }) ?? []);
  return {
    cluster: spec.cluster ?? null,
    generation: spec.generation ?? null,
    // Two services of one address are an error, but their order must not depend on that of the files.
    services: sortServices(sortBy(services, (service) => service.name)),
    timeouts: resolveTimeouts(spec),
    syncDaemons: resolveSyncDaemons(spec),
    guards: resolveGuards(spec),
    heldVips: resolveHeldVips(spec),
    directors: resolveDirectors({ spec, originAt }),
    keepalived: resolveKeepalived({ spec, originAt }),
  };
}

function resolveTimeouts({ timeouts }: Spec): Partial<Timeouts> | null {
  if (timeouts === undefined) return null;
  return {
    ...(timeouts.tcp === undefined ? {} : { tcp: timeouts.tcp }),
    ...(timeouts.tcp_fin === undefined ? {} : { tcpFin: timeouts.tcp_fin }),
    ...(timeouts.udp === undefined ? {} : { udp: timeouts.udp }),
  };
}

/** Null with role vrrp too: then keepalived starts the daemon by the state of an instance. */
function resolveSyncDaemons({ connection_sync: sync }: Spec): readonly SyncDaemon[] | null {
  if (sync === undefined || sync.role === 'vrrp') return null;
  const roles = sync.role === undefined || sync.role === 'both' ? (['master', 'backup'] as const) : [sync.role];
  // The kernel fills in these when it is not told (ip_vs_sync.c); written out, so that reading back compares equal. The
  // length it derives from the interface's MTU, which nobody knows here.
  return roles.map((role) => ({
    role,
    interface: sync.interface,
    syncId: sync.sync_id ?? 0,
    maxLength: sync.max_length ?? 0,
    group: sync.group?.text ?? '224.0.0.81',
    port: sync.port ?? 8848,
    ttl: sync.ttl ?? 1,
  }));
}

function resolveGuards({ guards }: Spec): GuardLimits {
  return { maxRemove: guards?.max_remove ?? 0.3, maxRemoveServices: guards?.max_remove_services ?? 0.3 };
}

function resolveHeldVips({ vrrp }: Spec): readonly string[] | null {
  if (vrrp === undefined) return null;
  const vips = Object.values(vrrp).flatMap((instance) => [...(instance.vips ?? []), ...(instance.excluded_vips ?? [])]);
  const texts = vips.map((vip) => ('prefixLength' in vip ? vip.address.text : vip.address.address.text));
  return [...new Set(texts)].sort(compareText);
}

import { compareText, sortBy } from '../model/table.ts';
import type {
  Notify,
  SyncGroup,
  TrackUse,
  Tracking,
  Unicast,
  Vip,
  Vmac,
  VrrpInstance,
  VrrpMember,
} from '../model/vrrp.ts';
import { camel } from './camel.ts';
import type { ResolveContext } from './resolve-service.ts';
import type { Spec } from './schema.ts';
import type { InstanceSpec, VipSpec } from './schema/vrrp.ts';
import type { TrackingSpec } from './schema/track.ts';

/** Every VRRP instance, with the directors that take part in it. */
export function resolveInstances(context: ResolveContext): VrrpInstance[] {
  const instances = Object.entries(context.spec.vrrp ?? {});
  return sortBy(
    instances.map(([name, instance]) => resolveInstance(name, { instance, context })),
    ({ name }) => name,
  );
}

function resolveInstance(
  name: string,
  { instance, context }: { instance: InstanceSpec; context: ResolveContext },
): VrrpInstance {
  const { spec, originAt } = context;
  const vips = (instance.vips ?? []).map(resolveVip);
  const family = vips.length === 0 || vips.some(({ address }) => address.family === 'ipv4') ? 'ipv4' : 'ipv6';
  const unicast = resolveUnicast(instance.unicast);
  return {
    name,
    origin: originAt(['vrrp', name]),
    virtualRouterId: instance.virtual_router_id,
    family,
    vips: vips.filter(({ address }) => address.family === family),
    // An advert holds one family (RFC 5798 §5.2.9); keepalived moves the rest along without saying so.
    excludedVips: [
      ...vips.filter(({ address }) => address.family !== family),
      ...(instance.excluded_vips ?? []).map(resolveVip),
    ],
    members: resolveMembers({ instance, spec, isUnicast: unicast !== null }),
    advertSeconds: instance.advert_interval ?? null,
    version: family === 'ipv6' ? 3 : versionOf(instance.version ?? spec.keepalived?.vrrp_version),
    preempt: instance.preempt ?? true,
    preemptDelaySeconds: instance.preempt_delay ?? null,
    unicast,
    multicastGroup: instance.multicast_group ?? null,
    checksumAsV2: instance.checksum_as_v2 ?? false,
    vmac: resolveVmac(instance.vmac),
    tracking: resolveTracking(instance.track),
    trackPrimary: instance.track_primary ?? true,
    routes: instance.routes ?? [],
    rules: instance.rules ?? [],
    garp: camel(instance.garp ?? {}),
    accept: instance.accept ?? true,
    strict: instance.strict ?? null,
    downTimerAdverts: instance.down_timer_adverts ?? null,
    promoteSecondaries: instance.promote_secondaries ?? false,
    authentication: instance.authentication ?? null,
    notify: resolveNotify(instance.notify),
    smtpAlert: instance.smtp_alert ?? null,
    extra: instance.extra ?? [],
  };
}

function versionOf(version: number | undefined): 2 | 3 {
  return version === 3 ? 3 : 2;
}

/** Both forms of a VIP as one. */
function resolveVip(vip: VipSpec): Vip {
  const details = 'prefixLength' in vip ? { address: vip } : vip;
  const { address, prefixLength } = details.address;
  return {
    address,
    prefixLength: prefixLength ?? (address.family === 'ipv4' ? 32 : 128),
    interface: details.interface ?? null,
    label: details.label ?? null,
    scope: details.scope ?? null,
    noTrack: details.no_track ?? false,
  };
}

/** The directors that the priorities name; where there are none, all. */
function resolveMembers({
  instance,
  spec,
  isUnicast,
}: {
  instance: InstanceSpec;
  spec: Spec;
  isUnicast: boolean;
}): VrrpMember[] {
  const { priority, source, interface: device } = instance;
  const names = Object.keys(spec.directors ?? {}).filter((name) => priority === undefined || name in priority);
  return names.sort(compareText).map((name) => {
    const director = spec.directors?.[name];
    return {
      director: name,
      interface: (typeof device === 'string' ? device : device?.[name]) ?? director?.interface ?? null,
      priority: priority?.[name] ?? 100,
      source: source?.[name] ?? (isUnicast ? (director?.address ?? null) : null),
    };
  });
}

function resolveUnicast(unicast: InstanceSpec['unicast']): Unicast | null {
  if (unicast === undefined || unicast === false) return null;
  const { peers, ttl, check_source, fault_without_peer } = unicast === true ? {} : unicast;
  return {
    peers: peers ?? [],
    ttl: ttl ?? null,
    checkSource: check_source ?? false,
    faultWithoutPeer: fault_without_peer ?? true,
  };
}

function resolveVmac(vmac: InstanceSpec['vmac']): Vmac | null {
  if (vmac === undefined || vmac === false) return null;
  const { interface: device, xmit_base, addresses } = vmac === true ? {} : vmac;
  return { interface: device ?? null, xmitBase: xmit_base ?? false, addresses: addresses ?? false };
}

function resolveTracking(tracking: TrackingSpec | undefined): Tracking {
  const uses = (kind: keyof TrackingSpec): TrackUse[] =>
    sortBy(
      Object.entries(tracking?.[kind] ?? {}).map(([name, use]) => ({
        name,
        weight: use.weight ?? null,
        reverse: use.reverse ?? null,
      })),
      ({ name }) => name,
    );
  return {
    interfaces: uses('interfaces'),
    scripts: uses('scripts'),
    processes: uses('processes'),
    files: uses('files'),
    bfd: uses('bfd'),
  };
}

function resolveNotify(notify: InstanceSpec['notify']): Notify {
  return notify ?? {};
}

export function resolveSyncGroups({ spec, originAt }: ResolveContext): SyncGroup[] {
  const groups = Object.entries(spec.sync_groups ?? {}).map(([name, group]) => ({
    name,
    origin: originAt(['sync_groups', name]),
    instances: group.instances,
    tracking: resolveTracking(group.track),
    trackingWeight: group.tracking_weight ?? false,
    notify: resolveNotify(group.notify),
    smtpAlert: group.smtp_alert ?? null,
    extra: group.extra ?? [],
  }));
  return sortBy(groups, ({ name }) => name);
}

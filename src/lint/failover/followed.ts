import type { Trackers } from '../../model/trackers.ts';
import type { Tracking, TrackUse, VrrpInstance, VrrpMember } from '../../model/vrrp.ts';
import { TRACKER_KINDS } from '../tracker-uses.ts';
import type { Membership } from './world.ts';

/** Something that a director follows for an instance, as keepalived has it in the end. */
export interface Followed {
  readonly kind: keyof Tracking;
  readonly name: string;
  /** 0: its failure is a fault. */
  readonly weight: number;
  readonly reverse: boolean;
}

/** Priority 255: master whenever it is there, and never lowered (RFC 5798 §5.2.4). */
export const OWNER_PRIORITY = 255;

type Definition = Pick<Trackers[keyof Trackers][number], 'weight' | 'reverse'>;

/** What is known of everything that may be followed. */
export type TrackersByName = ReadonlyMap<keyof Trackers, ReadonlyMap<string, Definition>>;

export function indexTrackers(trackers: Trackers): TrackersByName {
  const kinds = ['scripts', 'processes', 'files', 'bfd'] as const;
  return new Map(kinds.map((kind) => [kind, new Map(trackers[kind].map((tracker) => [tracker.name, tracker]))]));
}

/** What counts for a membership; where several things name one, what keepalived makes of them. */
export function followedBy(membership: Membership, trackers: TrackersByName): readonly Followed[] {
  const { instance, member, group } = membership;
  const own = usesOf(instance.tracking, trackers)
    .filter(({ kind, name }) => !(kind === 'interfaces' && name === member.interface))
    .flatMap((use) => whatCounts(use, membership));
  const devices = devicesOf(instance, member).map((name) => ({ ...DEVICE, name }));
  const shared = group === null ? [] : usesOf(group.meant.tracking, trackers);
  // vrrp.c sync_group_tracking_init.
  const fixed = group?.hasOwner ? shared.map((use) => ({ ...use, weight: 0 })) : shared;
  return mergeTwins([...own, ...devices, ...fixed]);
}

/**
 * What is left of a use where the priority may not move alone (vrrp.c vrrp_complete_instance): keepalived 2.2.7 drops
 * weighted scripts and BFD, and files unless they have weight 1, the default, which becomes 0. Of interfaces it says
 * so too, but follows them with their weight by then; processes it forgets.
 */
function whatCounts(use: Followed, { member, group }: Membership): Followed[] {
  if (use.weight === 0) return [use];
  if (member.priority === OWNER_PRIORITY) return [];
  if (group === null || group.meant.trackingWeight) return [use];
  switch (use.kind) {
    case 'interfaces':
    case 'processes':
      return [use];
    case 'files':
      return use.weight === 1 ? [{ ...use, weight: 0 }] : [];
    case 'scripts':
    case 'bfd':
      return [];
  }
}

/** What comes later counts, unless the failure is a fault already (vrrp.c add_vrrp_to_interface and its like). */
function mergeTwins(all: readonly Followed[]): readonly Followed[] {
  const merged = new Map<string, Followed>();
  for (const one of all) {
    const key = `${one.kind} ${one.name}`;
    if (merged.get(key)?.weight !== 0) merged.set(key, one);
  }
  return [...merged.values()];
}

const DEVICE = { kind: 'interfaces', weight: 0, reverse: false } as const;

/** Interfaces that are followed without a word: its own, and those that VIPs, routes and rules name (vrrp.c). */
function devicesOf(instance: VrrpInstance, member: VrrpMember): string[] {
  const { ofVips, ofLines } = devicesNamed(instance);
  const own = instance.trackPrimary && member.interface !== null ? [member.interface] : [];
  // VIPs alone do not make it follow the interface that it is not to follow.
  return [...own, ...ofVips.filter((device) => device !== member.interface), ...ofLines];
}

/** Interfaces that an instance follows since its VIPs, or its routes and rules, name them. */
export function devicesNamed({
  vips,
  excludedVips,
  routes,
  rules,
}: VrrpInstance): Record<'ofVips' | 'ofLines', string[]> {
  return {
    ofVips: [...vips, ...excludedVips].flatMap(({ interface: device, noTrack }) =>
      noTrack || device === null ? [] : [device],
    ),
    ofLines: [...routes, ...rules]
      .filter((line) => !/\bno_track\b/.test(line))
      .flatMap((line) => [...line.matchAll(/\b(?:dev|oif|iif)\s+(\S+)/g)].map(([, device]) => device ?? '')),
  };
}

function usesOf(tracking: Tracking, trackers: TrackersByName): readonly Followed[] {
  return TRACKER_KINDS.flatMap((kind) => tracking[kind].flatMap((use) => followed(kind, use, trackers)));
}

/** keepalived ignores a name that it does not know. */
function followed(kind: keyof Tracking, { name, weight, reverse }: TrackUse, trackers: TrackersByName): Followed[] {
  if (kind === 'interfaces') return [{ kind, name, weight: weight ?? 0, reverse: reverse ?? false }];
  const definition = trackers.get(kind)?.get(name);
  if (definition === undefined) return [];
  return [
    {
      kind,
      name,
      weight: weight ?? definition.weight ?? (kind === 'files' ? 1 : 0),
      reverse: reverse ?? definition.reverse ?? false,
    },
  ];
}

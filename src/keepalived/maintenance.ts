import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { Maintenance } from '../model/maintenance.ts';
import type { VrrpInstance } from '../model/vrrp.ts';
import { type OwnInstance, ownInstances, ownsAddress } from './own-instances.ts';
import { withoutWeights } from './tracking.ts';

/**
 * How an instance gives its VIPs up. `lower`: by the lowest priority there is, so that a peer takes over before this
 * director lets go. `leave`: it goes out of the file, at which keepalived sends an advert of priority 0, and a peer takes over
 * within its skew time (RFC 5798 §6.4.2).
 */
export type Withdrawal = 'lower' | 'leave';

const LOWEST_PRIORITY = 1;

/** What a spec means on a director as things are: in maintenance, none of its instances is one that a peer leaves VIPs to. */
export function desiredHere(desired: Desired, director: Director, maintenance: Maintenance | null): Desired {
  if (maintenance === null) return desired;
  const { instances, syncGroups, trackers } = desired.keepalived;
  const ways = new Map(
    ownInstances(desired, director).map((own) => [own.instance.name, withdrawalOf(own, { desired, director })]),
  );
  return {
    ...desired,
    keepalived: {
      ...desired.keepalived,
      instances: instances.map((instance) => {
        const way = ways.get(instance.name);
        if (way === undefined) return instance;
        const tracking = withoutWeights(instance.tracking, trackers);
        return { ...instance, tracking, members: membersAfter(instance, way, director.name) };
      }),
      // Their weights count for each instance in them.
      syncGroups: syncGroups.map((group) => ({ ...group, tracking: withoutWeights(group.tracking, trackers) })),
    },
  };
}

function membersAfter({ members }: VrrpInstance, way: Withdrawal, name: string): VrrpInstance['members'] {
  if (way === 'leave') return members.filter(({ director }) => director !== name);
  return members.map((member) => (member.director === name ? { ...member, priority: LOWEST_PRIORITY } : member));
}

/** What changes state together goes the same way. */
export function withdrawalOf(
  own: OwnInstance,
  { desired, director }: { desired: Desired; director: Director },
): Withdrawal {
  const { name } = own.instance;
  const groups = desired.keepalived.syncGroups.filter(({ instances }) => instances.includes(name));
  const tied = new Set([name, ...groups.flatMap(({ instances }) => instances)]);
  const all = ownInstances(desired, director).filter(({ instance }) => tied.has(instance.name));
  return all.every(yieldsToPriority) ? 'lower' : 'leave';
}

/** With nopreempt a peer leaves the VIPs where they are; between equals the address would decide. */
function yieldsToPriority({ instance, member }: OwnInstance): boolean {
  const others = instance.members.filter((other) => other !== member);
  return instance.preempt && !ownsAddress(member) && others.every(({ priority }) => priority > LOWEST_PRIORITY);
}

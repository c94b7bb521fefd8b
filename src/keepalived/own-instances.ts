import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { SyncGroup, VrrpInstance, VrrpMember } from '../model/vrrp.ts';

/** An instance with the part that one director has in it. */
export interface OwnInstance {
  readonly instance: VrrpInstance;
  readonly member: VrrpMember;
}

/** Those that a director takes part in. */
export function ownInstances({ keepalived }: Desired, director: Director): OwnInstance[] {
  return keepalived.instances.flatMap((instance) =>
    instance.members.filter((member) => member.director === director.name).map((member) => ({ instance, member })),
  );
}

/**
 * Those that tie two or more of a director's instances together. keepalived says of a group with one that it probably
 * isn't what you want, and drops one with none (vrrp_sync.c: vrrp_sync_set_group).
 */
export function ownSyncGroups({ keepalived }: Desired, here: ReadonlySet<string>): SyncGroup[] {
  return keepalived.syncGroups.filter(({ instances }) => instances.filter((name) => here.has(name)).length >= 2);
}

/** Priority 255 says so (RFC 5798 §5.2.4): it is master whenever it is there, and nothing lowers its priority. */
export function ownsAddress({ priority }: VrrpMember): boolean {
  return priority === 255;
}

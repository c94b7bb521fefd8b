import type { Trackers } from '../model/trackers.ts';
import type { SyncGroup } from '../model/vrrp.ts';
import { type Block, block, boolean, present, raw, statement } from './block.ts';
import { notifyStatements } from './notify.ts';
import { trackingBlocks } from './tracking.ts';

/** A sync group with those of its instances that are on this director. keepalived has no notify_deleted for it. */
export function syncGroupBlock(
  group: SyncGroup,
  { here, trackers }: { here: ReadonlySet<string>; trackers: Trackers },
): Block {
  const members = group.instances.filter((name) => here.has(name));
  return block(
    ['vrrp_sync_group', group.name],
    [
      block(
        ['group'],
        members.map((name) => statement(name)),
      ),
      ...present('sync_group_tracking_weight', group.trackingWeight),
      ...trackingBlocks(group.tracking, trackers),
      ...notifyStatements(group.notify),
      ...boolean('smtp_alert', group.smtpAlert),
      ...raw(group.extra),
    ],
    group.origin,
  );
}

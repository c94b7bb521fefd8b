import { createHash } from 'node:crypto';
import type { Change, ServerChange } from '../diff/change.ts';
import type { OwnedService } from '../model/state.ts';
import { type ServerAttributes, serverKey, type ServiceAttributes, serviceKey } from '../model/table.ts';
import type { Plan, PlannedChange } from './plan.ts';

/**
 * Fingerprint of what a plan changes. The before and after of every change are in it, so a live table that moved in
 * what we manage gives another digest; counters, clocks and the progress of a drain (its weight 0 and its time left) are
 * not, so time alone does not.
 */
export function changeDigest(
  changes: readonly PlannedChange[],
  { adopted, released, conf }: Pick<Plan, 'adopted' | 'released' | 'conf'>,
): string {
  const document = JSON.stringify([
    changes.map(essence),
    adopted.map(keyOf),
    released.map(keyOf),
    ...(conf === null ? [] : [[conf.path, conf.before, conf.after]]),
  ]);
  return `sha256:${createHash('sha256').update(document).digest('hex')}`;
}

function keyOf({ key }: OwnedService): string {
  return key;
}

function essence({ change, drainSeconds }: PlannedChange): unknown {
  switch (change.kind) {
    case 'service':
      return serviceEssence(change);
    case 'server':
      return serverEssence(change, drainSeconds === null ? 'at once' : 'drained');
    case 'timeouts':
      return [change.kind, change.before, change.after];
    case 'daemon':
      return [
        change.kind,
        change.action,
        'before' in change ? change.before : null,
        'after' in change ? change.after : null,
      ];
  }
}

function serviceEssence(change: Change & { kind: 'service' }): unknown {
  const { kind, action } = change;
  const service = action === 'create' ? change.after : change.before;
  const values =
    action === 'update'
      ? change.fields.map((field) => [field, change.before[field], change.after[field]])
      : attributes(service);
  return [kind, action, serviceKey(service.address), values];
}

function serverEssence(change: ServerChange, how: 'at once' | 'drained'): unknown {
  const { kind, action } = change;
  const about = [kind, action, serviceKey(change.service.address)];
  if (action === 'create') return [...about, serverKey(change.after), change.after.weight, allButWeight(change.after)];
  if (action === 'delete') return [...about, serverKey(change.before), how, allButWeight(change.before)];
  return [
    ...about,
    serverKey(change.after),
    change.fields.map((field) => [field, change.before[field], change.after[field]]),
  ];
}

function attributes(service: ServiceAttributes): unknown {
  return [service.scheduler, service.schedulerFlags, service.persistence, service.persistenceEngine, service.onePacket];
}

/** A drain changes the weight on its way. */
function allButWeight({ forwarding, upperThreshold, lowerThreshold }: ServerAttributes): unknown {
  return [forwarding, upperThreshold, lowerThreshold];
}

import { createHash } from 'node:crypto';
import type { OwnedService } from '../model/state.ts';
import { type ServerAttributes, serverKey, type ServiceAttributes, serviceKey } from '../model/table.ts';
import type { PlannedChange } from './plan.ts';

/**
 * Fingerprint of what a plan changes. The before and after of every change are in it, so a live table that moved in
 * what we manage gives another digest; counters, clocks and the progress of a drain are not, so time alone does not.
 */
export function changeDigest(changes: readonly PlannedChange[], adopted: readonly OwnedService[]): string {
  const document = JSON.stringify([changes.map(essence), adopted.map(({ key }) => key)]);
  return `sha256:${createHash('sha256').update(document).digest('hex')}`;
}

function essence({ change }: PlannedChange): unknown {
  switch (change.kind) {
    case 'service': {
      const { kind, action } = change;
      const service = action === 'create' ? change.after : change.before;
      const values =
        action === 'update' ? change.fields.map((field) => [field, change.before[field], change.after[field]]) : [];
      return [kind, action, serviceKey(service.address), action === 'create' ? attributes(change.after) : values];
    }
    case 'server': {
      const { kind, action } = change;
      const at = serviceKey(change.service.address);
      if (action === 'delete') return [kind, action, at, serverKey(change.before)];
      if (action === 'create') return [kind, action, at, serverKey(change.after), serverValues(change.after)];
      return [
        kind,
        action,
        at,
        serverKey(change.after),
        change.fields.map((field) => [field, change.before[field], change.after[field]]),
      ];
    }
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

function attributes(service: ServiceAttributes): unknown {
  return [service.scheduler, service.schedulerFlags, service.persistence, service.persistenceEngine, service.onePacket];
}

function serverValues(server: ServerAttributes): unknown {
  return [server.forwarding, server.weight, server.upperThreshold, server.lowerThreshold];
}

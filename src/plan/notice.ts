import type { Change, ServerChange } from '../diff/change.ts';
import type { Desired } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override } from '../model/override.ts';
import { formatTarget } from '../model/override-target.ts';
import { serviceKey } from '../model/table.ts';
import { canQuiesce } from './drain.ts';
import { idleOverrides } from './overridden.ts';
import type { Notice, PlannedChange } from './plan.ts';

/** What the kernel does with a change that the person who approves it may not expect. */
export function findNotices(changes: readonly PlannedChange[], live: LiveTable): Notice[] {
  const present = new Set(live.services.map(({ address }) => serviceKey(address)));
  const leaving = new Set(changes.flatMap(({ change }) => leavingService(change)));
  const staying = present.difference(leaving);
  return oncePerSubject(changes.flatMap((planned) => noticesOf(planned, staying)));
}

function noticesOf(planned: PlannedChange, staying: ReadonlySet<string>): Notice[] {
  const { change, label } = planned;
  if (change.kind === 'service') return serviceNotices(change, label);
  if (change.kind !== 'server') return [];
  const service = label.slice(0, label.lastIndexOf('/'));
  if (change.action === 'update') return isQuiesced(change) ? quiescentNotices(change, service) : [];
  const order = staying.has(serviceKey(change.service.address)) ? hashOrderNotices(change, service) : [];
  return [...order, ...(change.action === 'delete' ? leavingNotices(change, planned, service) : [])];
}

function leavingService(change: Change): string[] {
  return change.kind === 'service' && change.action === 'delete' ? [serviceKey(change.before.address)] : [];
}

/** The tables of sh and dh are filled in the order servers were added (ip_vs_sh.c, ip_vs_dh.c). */
function hashOrderNotices({ service: { scheduler } }: ServerChange, subject: string): Notice[] {
  if (scheduler !== 'sh' && scheduler !== 'dh') return [];
  const message = `scheduler ${scheduler} hashes by the order in which servers were added: clients move when the pool changes, and two directors may differ; mh does not have this`;
  return [{ kind: 'hash-order', subject, message }];
}

function leavingNotices(
  change: ServerChange & { action: 'delete' },
  { label, drainSeconds }: PlannedChange,
  service: string,
): Notice[] {
  if (!canQuiesce(change.before, change.service.address)) {
    const message =
      'ipvsadm cannot edit a DR or TUN server under another port than the service has: it is removed without a drain';
    return [{ kind: 'cannot-drain', subject: label, message }];
  }
  return drainSeconds === null ? [] : quiescentNotices(change, service);
}

function isQuiesced({ before, after }: ServerChange & { action: 'update' }): boolean {
  return before.weight > 0 && after.weight === 0;
}

function quiescentNotices(change: ServerChange, service: string): Notice[] {
  return [...hashDrainNotices(change, service), ...persistenceNotices(change, service)];
}

/** A quiescent server keeps its buckets: without the flag, ip_vs_sh.c and ip_vs_mh.c schedule nothing for them. */
function hashDrainNotices({ service }: ServerChange, subject: string): Notice[] {
  const { scheduler, schedulerFlags } = service;
  if ((scheduler !== 'sh' && scheduler !== 'mh') || schedulerFlags.includes(`${scheduler}-fallback`)) return [];
  const message = `while a server drains, clients hashed to it are refused, since ${scheduler}-fallback is not set`;
  return [{ kind: 'hash-drain', subject, message }];
}

/** ipvs-sysctl: expire_quiescent_template. */
function persistenceNotices({ service }: ServerChange, subject: string): Notice[] {
  if (service.persistence === null) return [];
  const seconds = service.persistence.timeoutSeconds;
  const message = `persistence ${seconds} s: known clients may still be sent to a draining server, unless net.ipv4.vs.expire_quiescent_template is 1`;
  return [{ kind: 'persistence-drain', subject, message }];
}

function serviceNotices(change: Change & { kind: 'service' }, subject: string): Notice[] {
  if (change.action !== 'update') return [];
  const before = change.before.persistence?.netmask;
  const after = change.after.persistence?.netmask;
  if (before === undefined || after === undefined || before === after) return [];
  const message =
    'with another netmask the kernel does not find its persistence templates any more: clients are scheduled anew';
  return [{ kind: 'netmask-change', subject, message }];
}

/** A decision about something that the spec has no more, or that keepalived has now, is kept: it may come back. */
export function idleNotices(desired: Desired, overrides: readonly Override[]): Notice[] {
  const message = 'lvsctl writes no real server of the spec that it means, so it comes to nothing';
  return idleOverrides(desired, overrides).map(({ id, target }) => ({
    kind: 'override-idle',
    subject: `${id} (${formatTarget(target)})`,
    message,
  }));
}

function oncePerSubject(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [`${notice.kind} ${notice.subject}`, notice])).values()];
}

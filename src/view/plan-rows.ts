import type { Change } from '../diff/change.ts';
import { formatDuration } from '../model/duration.ts';
import { formatOrigin, type Origin } from '../model/origin.ts';
import { serverKey, serviceKey, type SyncDaemon, type VirtualService } from '../model/table.ts';
import type { Plan, PlannedChange } from '../plan/plan.ts';
import { standingText } from './standing-text.ts';
import { openText, serverFieldTexts, serverTraits, serviceFieldTexts, serviceTraits } from './wording.ts';

export type Mark = '+' | '~' | '-' | ' ';

/** One line of a plan, before anybody decides how it looks. */
export interface PlanRow {
  /** 0: a service. 1: what belongs to it. */
  readonly depth: 0 | 1;
  readonly symbol: Mark;
  readonly name: string;
  readonly address: string;
  readonly what: string;
  /** `spec.lvs.yaml:9`, or what happens instead of a place to look at. */
  readonly where: string;
}

/** A plan as rows: each service once, with its own changes and its servers' under it, in the order of the keys. */
export function planRows(plan: Pick<Plan, 'changes'>): PlanRow[] {
  const groups = Map.groupBy(plan.changes, groupOf);
  return [...groups.values()].flatMap((group) => [...headRows(group), ...group.flatMap(serverRow)]);
}

function groupOf({ change }: PlannedChange): string {
  if (change.kind === 'timeouts' || change.kind === 'daemon') return change.kind;
  return serviceKey(serviceOf(change).address);
}

function serviceOf(change: Change & { kind: 'service' | 'server' }): VirtualService {
  if (change.kind === 'server') return change.service;
  return change.action === 'delete' ? change.before : change.after;
}

function headRows(group: readonly PlannedChange[]): PlanRow[] {
  const first = group[0] as PlannedChange;
  const { change, label } = first;
  if (change.kind === 'timeouts') return [timeoutsRow(change)];
  if (change.kind === 'daemon') return group.map(daemonRow);
  const service = serviceOf(change);
  const name = change.kind === 'server' ? label.slice(0, label.lastIndexOf('/')) : label;
  const symbol = change.kind === 'server' ? '~' : SYMBOLS[change.action];
  const own = change.kind === 'service' ? change : null;
  const head = {
    depth: 0 as const,
    symbol,
    name,
    address: besideName(serviceKey(service.address), name),
    what: own?.action === 'create' ? serviceTraits(service).join('  ') : '',
    where: own?.action === 'create' ? place(own.after.origin) : own?.action === 'delete' ? leavingText(first) : '',
  };
  return [head, ...(own?.action === 'update' ? fieldRows(own) : [])];
}

const SYMBOLS = { create: '+', update: '~', delete: '-' } as const satisfies Record<Change['action'], Mark>;

function fieldRows(change: Change & { kind: 'service'; action: 'update' }): PlanRow[] {
  return change.fields.map((field) => {
    const [name, before, after] = serviceFieldTexts(field, change.before, change.after);
    const where = place(change.after.fieldOrigins?.[field] ?? change.after.origin);
    return { depth: 1, symbol: ' ', name, address: '', what: `${before} -> ${after}`, where };
  });
}

function serverRow(planned: PlannedChange): PlanRow[] {
  const { change, label } = planned;
  if (change.kind !== 'server') return [];
  const server = change.action === 'create' ? change.after : change.before;
  const name = label.slice(label.lastIndexOf('/') + 1);
  const address = besideName(serverKey(server), name);
  const row = { depth: 1 as const, symbol: SYMBOLS[change.action], name, address };
  if (change.action === 'create')
    return [{ ...row, what: serverTraits(server).join('  '), where: reason(planned, change.after.origin) }];
  if (change.action === 'delete')
    return [
      {
        ...row,
        what: `weight ${server.weight}  ${openText({ active: planned.active, closing: planned.manner === 'wait' ? planned.closing : 0 })}`,
        where: leavingText(planned),
      },
    ];
  const what = change.fields
    .map((field) => serverFieldTexts(field, change.before, change.after))
    .map(([name, before, after]) => `${name} ${before} -> ${after}`);
  const only = change.fields.length === 1 ? change.fields[0] : undefined;
  const origin = (only && change.after.fieldOrigins?.[only]) ?? change.after.origin;
  return [{ ...row, what: what.join('  '), where: reason(planned, origin) }];
}

/** What nobody gave a name is called by its address, which is said once. */
function besideName(address: string, name: string): string {
  return address === name ? '' : address;
}

function leavingText({ change, manner, drainSeconds, cause }: PlannedChange): string {
  if (cause !== null) return `remove, ${standingText(cause)}`;
  if (change.kind === 'service') return manner === 'wait' ? 'remove when its servers have drained' : 'remove';
  if (drainSeconds === null || manner === 'remove') return 'remove';
  return manner === 'wait'
    ? `draining, ${formatDuration(drainSeconds)} left, then remove`
    : `drain up to ${formatDuration(drainSeconds)}, then remove`;
}

function timeoutsRow({ before, after }: Change & { kind: 'timeouts' }): PlanRow {
  const what = (['tcp', 'tcpFin', 'udp'] as const)
    .filter((name) => before[name] !== after[name])
    .map((name) => `${TIMEOUT_WORDS[name]} ${formatDuration(before[name])} -> ${formatDuration(after[name])}`);
  return { depth: 0, symbol: '~', name: 'timeouts', address: '', what: what.join('  '), where: '' };
}

const TIMEOUT_WORDS = { tcp: 'tcp', tcpFin: 'tcp_fin', udp: 'udp' } as const;

function daemonRow({ change }: PlannedChange): PlanRow {
  const daemon = change as Change & { kind: 'daemon' };
  const { role, interface: device, syncId } = daemon.action === 'delete' ? daemon.before : daemon.after;
  const what =
    daemon.action === 'update' ? changedWords(daemon.before, daemon.after) : `interface ${device}  sync_id ${syncId}`;
  return { depth: 0, symbol: SYMBOLS[daemon.action], name: `sync daemon ${role}`, address: '', what, where: '' };
}

const DAEMON_WORDS = {
  interface: 'interface',
  syncId: 'sync_id',
  maxLength: 'max_length',
  group: 'group',
  port: 'port',
  ttl: 'ttl',
} as const;

function changedWords(before: SyncDaemon, after: SyncDaemon): string {
  return (Object.keys(DAEMON_WORDS) as (keyof typeof DAEMON_WORDS)[])
    .filter((key) => before[key] !== after[key] && !(key === 'maxLength' && after.maxLength === 0))
    .map((key) => `${DAEMON_WORDS[key]} ${before[key]} -> ${after[key]}`)
    .join('  ');
}

/** Where the spec says so; else what checks have to do with it. */
function reason({ cause }: PlannedChange, origin: Origin | undefined): string {
  return cause === null ? place(origin) : standingText(cause);
}

function place(origin: Origin | undefined): string {
  return origin === undefined ? '' : formatOrigin(origin);
}

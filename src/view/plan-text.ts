import { formatOrigin } from '../model/origin.ts';
import type { OwnedService } from '../model/state.ts';
import { serviceKey } from '../model/table.ts';
import type { Counts, Hazard, Plan } from '../plan/plan.ts';
import { isEmpty } from '../plan/is-empty.ts';
import { widest } from './columns.ts';
import { confRows } from './conf-text.ts';
import { oneLine } from './one-line.ts';
import { byHandText } from './override-text.ts';
import type { Paint } from './paint.ts';
import { type PlanRow, planRows, type Mark } from './plan-rows.ts';
import { standingText } from './standing-text.ts';
import { plural } from './wording.ts';

/** What a plan was made of, for its first line. */
export interface PlanSources {
  /** `lb/prod.lvs.yaml @ 4f1c2ab (clean)` */
  readonly desired: string;
  /** `IPVS on lb-a, 2026-11-22 14:02:11Z` */
  readonly live: string;
}

/** A plan for people: one line per object, what is left alone, the guards' verdict, the summary and the digest last. */
export function planText(plan: Plan, { sources, paint }: { sources: PlanSources; paint: Paint }): string {
  const sections = [
    `desired  ${sources.desired}        live  ${sources.live}`,
    rowLines(planRows(plan), paint).join('\n'),
    (plan.conf === null ? [] : confRows(plan.conf, paint)).join('\n'),
    [
      ...standingLines(plan),
      ...noticeLines(plan, paint),
      ...plan.overrides.map(byHandText),
      ...leftAloneLines(plan),
      ...guardLines(plan, paint),
    ].join('\n'),
    summaryLines(plan, paint).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const STYLES = { '+': 'add', '~': 'change', '-': 'remove', ' ': 'dim' } as const satisfies Record<Mark, string>;

function rowLines(rows: readonly PlanRow[], paint: Paint): string[] {
  const nameWidth = widest(rows.map((row) => '  '.repeat(row.depth) + row.name));
  const addressWidth = widest(rows.map((row) => row.address));
  const lines = rows.map((row) => {
    const indent = '  '.repeat(row.depth);
    const name = row.name.padEnd(nameWidth - indent.length);
    return { row, text: `${indent}${row.symbol} ${name}  ${row.address.padEnd(addressWidth)}  ${row.what}`.trimEnd() };
  });
  const width = Math.min(100, widest(lines.filter(({ row }) => row.where !== '').map(({ text }) => text)));
  return lines.map(({ row, text }) => {
    if (row.where === '') return paint(STYLES[row.symbol], text);
    return `${paint(STYLES[row.symbol], `${text.padEnd(width)}  `)}${paint('dim', row.where)}`;
  });
}

function standingLines({ standings }: Plan): string[] {
  return standings.map(({ label, standing }) => `Checks: ${label} ${standingText(standing)}`);
}

function noticeLines({ notices }: Plan, paint: Paint): string[] {
  return notices.map(({ subject, message }) => `${paint('warning', 'Note:')} ${subject}: ${message}`);
}

function leftAloneLines({ kept, unread }: Plan): string[] {
  const services = kept.map(
    ({ address, servers }) => `${serviceKey(address)} (${plural(servers.length, 'real server')})`,
  );
  const rows = unread.map(({ text, reason }) => `Left alone (not understood): ${oneLine(text)}   ${oneLine(reason)}`);
  return [...(services.length > 0 ? [`Left alone (not managed): ${services.join(', ')}`] : []), ...rows];
}

function guardLines(plan: Plan, paint: Paint): string[] {
  const { hazards } = plan;
  if (hazards.length === 0) return isEmpty(plan) ? [] : ['Guards: ok'];
  return hazards.map((hazard) => hazardLine(hazard, paint));
}

/** Names the guard, the value, the limit, the place, and the option that says it is meant. */
export function hazardLine({ guard, subject, message, override, origin, allowed }: Hazard, paint: Paint): string {
  const where = origin === null ? '' : `, ${formatOrigin(origin)}`;
  const text = `${subject} ${message} (guard ${guard}${where})`;
  if (allowed) return `Guards: ${text}: allowed by ${override.split(' ')[0]}`;
  return `${paint('error', 'Refused:')} ${text}\n  If this is intended: ${override}`;
}

function summaryLines(plan: Plan, paint: Paint): string[] {
  const but = plan.overrides.length === 0 ? '' : ', but for what was decided by hand';
  if (isEmpty(plan)) return [`No changes. The live table is as the spec wants it${but}.`, ...adoptedLines(plan)];
  const { services, servers, unchangedServices } = plan.summary;
  const parts = [
    `services ${countsText(services)}`,
    `real servers ${countsText(servers)}`,
    `${plural(unchangedServices, 'service')} unchanged`,
    ...(plan.conf === null ? [] : [`keepalived.conf ${CONF_COUNTS[plan.conf.action]}`]),
  ];
  return [...adoptedLines(plan), `${paint('bold', 'Plan:')} ${parts.join(' · ')}`, `Checksum ${plan.digest}`];
}

const CONF_COUNTS = {
  create: 'to add',
  update: 'to change',
  comments: 'to change',
  reload: 'to load',
  remove: 'to remove',
} as const satisfies Record<NonNullable<Plan['conf']>['action'], string>;

function adoptedLines({ adopted, released }: Plan): string[] {
  const names = (services: readonly OwnedService[]) => services.map(({ name }) => name).join(', ');
  return [
    ...(adopted.length > 0 ? [`Managed from the next apply on: ${names(adopted)}`] : []),
    ...(released.length > 0 ? [`Left to keepalived from the next apply on: ${names(released)}`] : []),
  ];
}

function countsText({ create, update, delete: remove }: Counts): string {
  return `${create} to add, ${update} to change, ${remove} to remove`;
}

import type { Owner } from '../../../src/model/desired.ts';
import { DEATHS, healthBounds } from '../../kernel/health-site.ts';
import type { Fault } from '../../lab/failing-servers.ts';
import { type FaultRun, GIVE_UP_SECONDS } from './fault-run.ts';

/** What came of every fault, under each who checked. */
export type Runs = Readonly<Record<Owner, ReadonlyMap<Fault, readonly FaultRun[]>>>;

const OWNERS: readonly Owner[] = ['lvsctl', 'keepalived'];
const HEADINGS: Readonly<Record<Owner, readonly string[]>> = {
  lvsctl: ['bounds', 'verdict after', 'out after', 'lost', 'back after'],
  // Its log has whole seconds.
  keepalived: ['bounds', 'out after', 'lost', 'back after'],
};

/** One table in Markdown, a line for each fault. The bounds are those of `explain check`: of a failure, and of a recovery. */
export function comparisonTable(runs: Runs): string {
  const headings = OWNERS.flatMap((owner) => HEADINGS[owner].map((heading) => `${owner}: ${heading}`));
  const rows = DEATHS.filter(([fault]) => OWNERS.every((owner) => runs[owner].has(fault))).map(([fault, service]) => [
    `${fault} (${service})`,
    ...OWNERS.flatMap((owner) => cells(owner, runs[owner].get(fault) ?? [], healthBounds(service, owner))),
  ]);
  const head = ['fault', ...headings];
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function cells(
  owner: Owner,
  runs: readonly FaultRun[],
  bounds: { readonly found: number; readonly back: number },
): string[] {
  const lost = runs.reduce((sum, run) => sum + run.lost, 0);
  const requests = runs.reduce((sum, run) => sum + run.requests, 0);
  return [
    `${bounds.found} s, ${bounds.back} s`,
    ...(owner === 'lvsctl' ? [range(runs.map(({ saidSeconds }) => saidSeconds)) ?? 'never'] : []),
    range(runs.map(({ foundSeconds }) => foundSeconds)) ?? `not noticed in ${GIVE_UP_SECONDS} s`,
    `${lost} of ${requests}`,
    range(runs.map(({ backSeconds }) => backSeconds)) ?? 'never left',
  ];
}

/** `3.1 s`, or of several `3.1 to 4.0 s`; undefined where it never happened. */
function range(times: readonly (number | null)[]): string | undefined {
  const seen = times.filter((time) => time !== null);
  if (seen.length === 0) return undefined;
  const ends = [...new Set([Math.min(...seen), Math.max(...seen)].map((time) => time.toFixed(1)))];
  const missed = times.length - seen.length;
  return `${ends.join(' to ')} s${missed === 0 ? '' : `, ${missed} times not`}`;
}

function line(row: readonly string[]): string {
  return `| ${row.join(' | ')} |`;
}

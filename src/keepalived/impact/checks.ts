import type { ReadBlock, ReadItem } from '../read-conf.ts';
import { wordOf, wordsOf } from './in-block.ts';
import type { Server, Service } from './service.ts';

interface Checked {
  readonly former: Server;
  readonly server: Server;
  readonly was: Service;
  readonly is: Service;
}

/**
 * Whether a real server that has failed counts as up after a reload: a check takes its state along only where one of the
 * same kind has the same parameters (ipwrapper.c: migrate_checkers). With alpha it begins as failed again.
 */
export function forgetsFailure({ former, server, was, is }: Checked): boolean {
  const checks = checksOf(server.items);
  const known = new Set(checks.map((check) => checkText(check, [server.items, is.items])));
  const lost = checksOf(former.items).filter((check) => !known.has(checkText(check, [former.items, was.items])));
  const isAlpha = checks.length > 0 && checks.every((check) => hasAlpha(check, { server, service: is }));
  return lost.length > 0 && !isAlpha;
}

const CONNECTION = [
  'connect_ip',
  'connect_port',
  'bindto',
  'bind_if',
  'bind_port',
  'connect_timeout',
  'fwmark',
] as const;

/** What keepalived compares of each kind; times and counts of tries are not among it. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  TCP_CHECK: CONNECTION,
  HTTP_GET: [...CONNECTION, 'virtualhost'],
  SSL_GET: [...CONNECTION, 'virtualhost'],
  SMTP_CHECK: [...CONNECTION, 'helo_name'],
  DNS_CHECK: [...CONNECTION, 'type', 'name'],
  MISC_CHECK: ['misc_path', 'misc_dynamic', 'user'],
  BFD_CHECK: ['name'],
  UDP_CHECK: CONNECTION,
  PING_CHECK: CONNECTION,
  FILE_CHECK: ['track_file', 'weight'],
};

/** What a check takes from its real server and its service. */
const INHERITED: ReadonlySet<string> = new Set(['connect_timeout', 'virtualhost']);

function checksOf(items: readonly ReadItem[]): readonly ReadBlock[] {
  return items
    .filter((item) => item.kind === 'block')
    .filter(({ words: [kind = ''] }) => Object.hasOwn(COMPARED, kind));
}

function checkText({ words: [kind = ''], items }: ReadBlock, around: readonly (readonly ReadItem[])[]): string {
  const settings = (COMPARED[kind] ?? []).map((keyword) => {
    const places = INHERITED.has(keyword) ? [items, ...around] : [items];
    return places.map((place) => wordsOf(place, keyword)).find((words) => words !== undefined) ?? null;
  });
  const urls = items.filter((item) => item.kind === 'block').map(({ items: own }) => own.map(({ words }) => words));
  return JSON.stringify([kind, settings, urls]);
}

/** The nearest word counts. A service takes no `off`: the word alone turns it on. */
function hasAlpha({ items }: ReadBlock, { server, service }: { server: Server; service: Service }): boolean {
  const own = [items, server.items].find((place) => wordsOf(place, 'alpha') !== undefined);
  return own === undefined
    ? wordsOf(service.items, 'alpha') !== undefined
    : !['off', 'no', 'false'].includes(wordOf(own, 'alpha') ?? '');
}

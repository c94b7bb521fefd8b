import type { UnreadRow } from '../model/live.ts';
import { type RealServer, serverKey, serviceKey, sortServices, type VirtualService } from '../model/table.ts';
import { type Rule, readRule } from './rule-line.ts';
import type { BareTunnel } from './rule-server.ts';

/** What `ipvsadm -Sn` says. Thresholds are 0 there: it does not print them. */
export interface SaveListing {
  /** Sorted by `sortServices`. */
  readonly services: readonly VirtualService[];
  readonly unread: readonly (UnreadRow & { readonly line: number })[];
  /** The identities of all rows, the unread ones that have one included: by `serviceKey`, then `serverKey`. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many rows have no identity that can be read. */
  readonly nameless: number;
  /** Identities that stand there twice with different attributes: two moments in one listing. */
  readonly conflicts: readonly string[];
}

interface Row {
  readonly rule: Rule;
  readonly text: string;
  readonly line: number;
}

interface Table {
  readonly services: Map<string, { row: Row; servers: Map<string, RealServer> }>;
  readonly unread: (UnreadRow & { line: number })[];
  readonly conflicts: string[];
}

/** Reads the output of `ipvsadm -Sn`, or a text of that form. A row is never skipped: what cannot be read is listed. */
export function parseSave(text: string, { bareTunnel = 'unread' }: { bareTunnel?: BareTunnel } = {}): SaveListing {
  const rows = readRows(text, bareTunnel);
  const table: Table = { services: new Map(), unread: [], conflicts: [] };
  for (const row of rows) if (row.rule.kind === 'service') addService(table, row);
  // By key, never by position: a row belongs to the service that it names.
  for (const row of rows) if (row.rule.kind === 'server') addServer(table, row);
  for (const row of rows) if (row.rule.kind === 'unread') addUnread(table, row, row.rule.reason);
  return {
    services: sortServices([...table.services.values()].flatMap(toService)),
    unread: table.unread.sort((a, b) => a.line - b.line),
    named: identities(rows),
    nameless: rows.filter(({ rule }) => rule.service === undefined).length,
    conflicts: table.conflicts,
  };
}

function readRows(text: string, bareTunnel: BareTunnel): Row[] {
  return text
    .split('\n')
    .map((line, index) => ({ text: line.trimEnd(), line: index + 1 }))
    .filter((row) => row.text.trim() !== '')
    .map((row) => ({ ...row, rule: readRule(row.text, bareTunnel) }));
}

function addService(table: Table, row: Row): void {
  if (row.rule.kind !== 'service') return;
  const key = serviceKey(row.rule.service);
  const first = table.services.get(key);
  if (first === undefined) table.services.set(key, { row, servers: new Map() });
  // A service that is added while the kernel dumps the table can come twice; the same row twice is one.
  else if (JSON.stringify(first.row.rule) !== JSON.stringify(row.rule)) addConflict(table, row, key);
}

function addServer(table: Table, row: Row): void {
  if (row.rule.kind !== 'server') return;
  const service = table.services.get(serviceKey(row.rule.service));
  const { server } = row.rule;
  const key = serverKey(server);
  const first = service?.servers.get(key);
  if (service === undefined) addUnread(table, row, 'Its service is not listed, or cannot be read');
  else if (first === undefined) service.servers.set(key, server);
  else if (JSON.stringify(first) !== JSON.stringify(server)) {
    addConflict(table, row, `${serviceKey(row.rule.service)} ${key}`);
  }
}

function addConflict(table: Table, row: Row, key: string): void {
  table.conflicts.push(key);
  addUnread(table, row, `${key} is listed before with other attributes`);
}

function addUnread(table: Table, row: Row, reason: string): void {
  table.unread.push({ text: row.text, reason, line: row.line });
}

function toService({ row, servers }: { row: Row; servers: Map<string, RealServer> }): VirtualService[] {
  if (row.rule.kind !== 'service') return [];
  return [{ address: row.rule.service, ...row.rule.attributes, servers: [...servers.values()] }];
}

function identities(rows: readonly Row[]): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const { rule } of rows) {
    if (rule.service === undefined) continue;
    const key = serviceKey(rule.service);
    const servers = named.get(key) ?? new Set();
    named.set(key, servers);
    if (rule.kind !== 'service' && rule.server !== undefined) servers.add(serverKey(rule.server));
  }
  return named;
}

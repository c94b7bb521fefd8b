import { type Change, changedService } from '../diff/change.ts';
import type { DesiredService } from '../model/desired.ts';
import type { ConnectionCount, LiveTable, Rate, Rates } from '../model/live.ts';
import type { Override } from '../model/override.ts';
import type { Standing } from '../model/standing.ts';
import type { State } from '../model/state.ts';
import { type RealServer, serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import { formerNames } from '../plan/label.ts';
import type { Plan, PlannedChange, ServerStanding } from '../plan/plan.ts';
import { standingText } from './standing-text.ts';
import { forwardingText } from './wording.ts';

/** What checks have to do with it. `failed`: out, or quiesced; `kept`: failed, and in rotation all the same. */
export type CheckWord = 'failed' | 'kept' | 'aside' | 'not checked yet' | 'slow start' | 'weighed';

/**
 * `managed`: ours, but there is no spec to compare with. `missing`: in the spec, not in the kernel. `by hand`: as an
 * operator decided.
 */
export type StatusWord = 'ok' | 'by hand' | CheckWord | 'draining' | 'drifted' | 'missing' | 'managed' | 'not managed';

export interface ServerStatus {
  readonly name: string | null;
  readonly address: string;
  readonly forwarding: string;
  readonly weight: number;
  readonly connections: ConnectionCount;
  readonly rate: Rate;
  readonly state: StatusWord;
  /** The id of what was decided about it. */
  readonly override: string | null;
  /** What its checks have to do with it. */
  readonly check: string | null;
}

export interface ServiceStatus {
  readonly name: string | null;
  readonly address: string;
  readonly scheduler: string;
  readonly connections: ConnectionCount;
  readonly rate: Rate;
  readonly state: StatusWord;
  readonly servers: readonly ServerStatus[];
}

export interface Seen {
  readonly live: LiveTable;
  readonly rates: Rates;
  readonly state: State;
  /** Null without a spec. */
  readonly plan: Plan | null;
  /** Names of the spec: `serviceKey`, or that and `serverKey` with a blank between. */
  readonly names: ReadonlyMap<string, string>;
  /** What operators decided, by the key of the real server: those of the spec. */
  readonly held: ReadonlyMap<string, Override>;
  /** Services of the spec that keepalived writes. */
  readonly theirs: readonly DesiredService[];
}

const NO_RATE: Rate = { connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 };

/** What the kernel does now, service by service, and whether that is what the spec wants. */
export function serviceStatuses(seen: Seen): ServiceStatus[] {
  const changes = Map.groupBy(seen.plan?.changes ?? [], ({ change }) => {
    const address = changedService(change);
    return address === null ? '' : serviceKey(address);
  });
  const present = seen.live.services.map((service) =>
    liveService(service, { seen, changes: changes.get(serviceKey(service.address)) ?? [] }),
  );
  return [...present, ...missingServices(seen.plan), ...missingTheirs(seen)];
}

function liveService(
  service: VirtualService,
  { seen, changes }: { seen: Seen; changes: readonly PlannedChange[] },
): ServiceStatus {
  const key = serviceKey(service.address);
  const word = managedWord(key, seen);
  const servers = service.servers.map((server) => liveServer(server, { key, seen, changes, word }));
  const absent = [...changes.flatMap(missingServer), ...withdrawnServers(key, { seen, present: service })];
  const isDrifted = changes.some((planned) => isDrift(planned));
  const isDraining = changes.some((planned) => isDrain(planned));
  return {
    name: nameOf(key, seen),
    address: key,
    scheduler: service.scheduler,
    connections: sum(servers.map((server) => server.connections)),
    rate: seen.rates.get(key)?.service ?? NO_RATE,
    state: word !== 'ok' ? word : isDrifted ? 'drifted' : isDraining ? 'draining' : 'ok',
    servers: [...servers, ...absent],
  };
}

function liveServer(
  server: RealServer,
  { key, seen, changes, word }: { key: string; seen: Seen; changes: readonly PlannedChange[]; word: StatusWord },
): ServerStatus {
  const address = serverKey(server);
  const own = changes.find(
    ({ change }) => change.kind === 'server' && change.action !== 'create' && serverKey(change.before) === address,
  );
  const override = seen.held.get(`${key} ${address}`)?.id ?? null;
  const standing = standingsOf(key, seen).get(address)?.standing;
  const drains = seen.state.drains.some((drain) => drain.service === key && drain.server === address);
  return {
    name: seen.names.get(`${key} ${address}`) ?? formerNames(seen.state.owned).server(key, address) ?? null,
    address,
    forwarding: forwardingText(server.forwarding),
    weight: server.weight,
    connections: seen.live.connections.get(key)?.get(address) ?? { active: 0, inactive: 0 },
    rate: seen.rates.get(key)?.servers.get(address) ?? NO_RATE,
    state: serverWord(word, {
      ...{ isDraining: drains && server.weight === 0, isDrifted: own !== undefined, override },
      standing: standing ?? null,
    }),
    override,
    check: standing === undefined ? null : standingText(standing),
  };
}

function serverWord(
  word: StatusWord,
  {
    isDraining,
    isDrifted,
    override,
    standing,
  }: { isDraining: boolean; isDrifted: boolean; override: string | null; standing: Standing | null },
): StatusWord {
  if (word === 'not managed') return word;
  if (isDraining) return 'draining';
  if (isDrifted) return 'drifted';
  if (override !== null) return 'by hand';
  return standing === null || standing.kind === 'in' ? word : CHECK_WORDS[standing.kind];
}

const CHECK_WORDS = {
  failed: 'failed',
  kept: 'kept',
  aside: 'aside',
  held: 'not checked yet',
  ramping: 'slow start',
  weighed: 'weighed',
} as const satisfies Record<Exclude<Standing['kind'], 'in'>, CheckWord>;

function standingsOf(key: string, { plan }: Seen): ReadonlyMap<string, ServerStanding> {
  const standings = plan?.standings.filter(({ service }) => service === key) ?? [];
  return new Map(standings.map((standing) => [standing.server, standing]));
}

/** Real servers of the spec that are not there, as their checks want it. */
function withdrawnServers(key: string, { seen, present }: { seen: Seen; present: VirtualService }): ServerStatus[] {
  const there = new Set(present.servers.map(serverKey));
  return [...standingsOf(key, seen).values()].flatMap(({ server, label, standing }) => {
    if (there.has(server) || standing.kind === 'in') return [];
    const name = label.slice(label.lastIndexOf('/') + 1);
    const rest = { forwarding: '', weight: 0, override: null, check: standingText(standing) };
    return [{ ...absent(name, server), ...rest, state: CHECK_WORDS[standing.kind] }];
  });
}

function managedWord(key: string, { state, plan, names, theirs }: Seen): StatusWord {
  const ofKeepalived = theirs.find(({ address }) => serviceKey(address) === key);
  if (ofKeepalived !== undefined) return isDriftOf(ofKeepalived, plan) ? 'drifted' : 'ok';
  const isOurs = state.owned.some((service) => service.key === key);
  if (!isOurs && !names.has(key)) return 'not managed';
  if (plan === null) return 'managed';
  // The spec wants it, and it is otherwise: that needs somebody, whoever made it.
  return isOurs || plan.changes.some(({ change }) => touches(change, key)) ? 'ok' : 'not managed';
}

function touches(change: Change, key: string): boolean {
  const address = changedService(change);
  return address !== null && serviceKey(address) === key;
}

function nameOf(key: string, { names, state }: Seen): string | null {
  return names.get(key) ?? formerNames(state.owned).service(key) ?? null;
}

function isDrain({ change, manner }: PlannedChange): boolean {
  return change.kind === 'server' && change.action === 'delete' && manner !== 'quiesce' && change.before.weight === 0;
}

function isDrift(planned: PlannedChange): boolean {
  return !isDrain(planned) && !(planned.change.kind === 'service' && planned.manner === 'wait');
}

function missingServer({ change, label }: PlannedChange): ServerStatus[] {
  if (change.kind !== 'server' || change.action !== 'create') return [];
  const { after } = change;
  const name = label.slice(label.lastIndexOf('/') + 1);
  const { forwarding, weight } = after;
  return [
    { ...absent(name, serverKey(after)), forwarding: forwardingText(forwarding), weight, override: null, check: null },
  ];
}

function missingServices(plan: Plan | null): ServiceStatus[] {
  return (plan?.changes ?? []).flatMap(({ change, label }) => {
    if (change.kind !== 'service' || change.action !== 'create') return [];
    return [{ ...absent(label, serviceKey(change.after.address)), scheduler: change.after.scheduler, servers: [] }];
  });
}

/** keepalived does not mend it, and we do not: it is said all the same. */
function isDriftOf({ name }: DesiredService, plan: Plan | null): boolean {
  return plan?.notices.some(({ kind, subject }) => kind === 'keepalived-drift' && subject === name) ?? false;
}

function missingTheirs({ live, theirs }: Seen): ServiceStatus[] {
  const present = new Set(live.services.map(({ address }) => serviceKey(address)));
  return theirs
    .filter(({ address }) => !present.has(serviceKey(address)))
    .map(({ name, address, scheduler }) => ({ ...absent(name, serviceKey(address)), scheduler, servers: [] }));
}

function absent(name: string, address: string) {
  return { name, address, connections: { active: 0, inactive: 0 }, rate: NO_RATE, state: 'missing' as const };
}

function sum(counts: readonly ConnectionCount[]): ConnectionCount {
  return counts.reduce((a, b) => ({ active: a.active + b.active, inactive: a.inactive + b.inactive }), {
    active: 0,
    inactive: 0,
  });
}

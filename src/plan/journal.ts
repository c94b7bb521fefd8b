import type { LiveTable } from '../model/live.ts';
import type { DrainIntent, OwnedService, State } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import { findIntent, waitedSeconds } from './drain.ts';
import type { Plan, PlannedChange } from './plan.ts';
import { subjectOf } from './subject.ts';

/**
 * The state to write before a plan's first step, so that a death at any instant loses nothing: what is about to be
 * created or removed is recorded as ours, and every drain with the weight it came from.
 *
 * Drains that are on go on in `whole`, the plan of which `plan` is a part, even where the part leaves them out.
 */
export function stateBefore(
  state: State,
  plan: Plan,
  { now, whole = plan }: { now: number; whole?: Pick<Plan, 'changes'> },
): State {
  const released = new Set(plan.released.map(({ key }) => key));
  const known = new Set(state.owned.map(({ key }) => key));
  const written = plan.changes.flatMap(writtenService).filter(({ key }) => !known.has(key));
  const owned = [...state.owned, ...written, ...plan.adopted].filter(({ key }) => !released.has(key));
  const part = new Set(plan.changes.map(subjectOf));
  const drains = whole.changes.flatMap((planned) =>
    drainIntent(planned, { state, now, isPart: part.has(subjectOf(planned)) }),
  );
  return { ...state, owned, drains };
}

/** The state to write once the table was read again: services that are gone are nobody's, ended drains are ended. */
export function stateAfter(state: State, live: LiveTable, wanted: readonly OwnedService[]): State {
  const present = new Set(live.services.map((service) => serviceKey(service.address)));
  const named = new Map(wanted.map((service) => [service.key, service]));
  const owned = state.owned
    .filter(({ key }) => present.has(key) || named.has(key))
    .map((service) => rename(service, { named: named.get(service.key), live }));
  const drains = state.drains.filter((drain) => isOn(drain, live));
  return { ...state, owned, drains };
}

/** Over when its server is gone, and when it has weight again: a drain that failed to begin begins anew. */
function isOn({ service, server }: DrainIntent, live: LiveTable): boolean {
  const pool = live.services.find(({ address }) => serviceKey(address) === service);
  return pool?.servers.some((one) => serverKey(one) === server && one.weight === 0) ?? false;
}

/** The names of the spec, and the former ones of servers that are still there. */
function rename(
  service: OwnedService,
  { named, live }: { named: OwnedService | undefined; live: LiveTable },
): OwnedService {
  const present = live.connections.get(service.key);
  const former = Object.entries(service.servers ?? {}).filter(([server]) => present?.has(server));
  const servers = { ...Object.fromEntries(former), ...named?.servers };
  return {
    key: service.key,
    name: named?.name ?? service.name,
    ...poolOf(named ?? service),
    ...(Object.keys(servers).length > 0 ? { servers } : {}),
  };
}

function poolOf({ pool }: OwnedService): { readonly pool?: string } {
  return pool === undefined ? {} : { pool };
}

/** A foreign service that is to go (`--prune`) may drain for long, and must be known by whoever goes on after us. */
function writtenService({ change, label }: PlannedChange): OwnedService[] {
  if (change.kind !== 'service' || change.action === 'update') return [];
  return [{ key: serviceKey((change.action === 'create' ? change.after : change.before).address), name: label }];
}

interface Moment {
  readonly state: State;
  readonly now: number;
  readonly isPart: boolean;
}

/**
 * A drain that is on keeps its start until its server is gone; one whose server was raised meanwhile, or is new, starts
 * now.
 */
function drainIntent(planned: PlannedChange, { state, now, isPart }: Moment): DrainIntent[] {
  const { change, manner, drainSeconds } = planned;
  if (change.kind !== 'server' || change.action === 'create') return [];
  const server = serverKey(change.before);
  const known = findIntent(state.drains, change.service.address, server);
  // Until the table shows its weight again, a server that comes back is one that somebody quiesced.
  if (change.action === 'update') return known === undefined ? [] : [known];
  if (known !== undefined && manner !== 'quiesce') return [isPart ? withLimit(known, drainSeconds, now) : known];
  if (!isPart || manner === 'remove') return [];
  const service = serviceKey(change.service.address);
  const weight = change.before.weight || (known?.weight ?? 0);
  return [{ service, server, startedAt: now, drainSeconds: drainSeconds ?? 0, weight }];
}

/** Another `--drain` than the one it began with holds for whoever goes on after us. */
function withLimit(known: DrainIntent, left: number | null, now: number): DrainIntent {
  const waited = waitedSeconds(known, now);
  if (left === null || left === Math.max(0, known.drainSeconds - waited)) return known;
  return { ...known, drainSeconds: Math.round((left + waited) * 1000) / 1000 };
}

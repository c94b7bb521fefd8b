import type { LiveTable } from '../model/live.ts';
import type { DrainIntent, OwnedService, State } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import { findIntent } from './drain.ts';
import type { Plan, PlannedChange } from './plan.ts';

/**
 * The state to write before a plan's first step, so that a death at any instant loses nothing: what is about to be
 * created is recorded as ours, and every drain with the weight it came from.
 */
export function stateBefore(state: State, plan: Plan, now: number): State {
  const created = plan.changes.flatMap(createdService);
  const drains = plan.changes.flatMap((planned) => drainIntent(planned, { state, now }));
  return { ...state, owned: mergeOwned([...state.owned, ...created, ...plan.adopted]), drains };
}

/** The state to write once the table was read again: services that are gone are nobody's, ended drains are ended. */
export function stateAfter(state: State, live: LiveTable, wanted: readonly OwnedService[]): State {
  const present = new Set(live.services.map((service) => serviceKey(service.address)));
  const names = new Map(wanted.map(({ key, name }) => [key, name]));
  const owned = state.owned
    .filter(({ key }) => present.has(key) || names.has(key))
    .map(({ key, name }) => ({ key, name: names.get(key) ?? name }));
  const drains = state.drains.filter(({ service, server }) => live.connections.get(service)?.has(server));
  return { ...state, owned, drains };
}

function createdService({ change, label }: PlannedChange): OwnedService[] {
  if (change.kind !== 'service' || change.action !== 'create') return [];
  return [{ key: serviceKey(change.after.address), name: label }];
}

/** A drain that runs keeps its start; one whose server was raised meanwhile, or is new, starts now. */
function drainIntent(planned: PlannedChange, { state, now }: { state: State; now: number }): DrainIntent[] {
  const { change, manner, drainSeconds } = planned;
  if (change.kind !== 'server' || change.action !== 'delete' || manner === 'remove') return [];
  const server = serverKey(change.before);
  const known = findIntent(state.drains, change.service.address, server);
  if (known !== undefined && manner === 'wait') return [known];
  const service = serviceKey(change.service.address);
  const weight = change.before.weight || (known?.weight ?? 0);
  return [{ service, server, startedAt: now, drainSeconds: drainSeconds ?? 0, weight }];
}

function mergeOwned(services: readonly OwnedService[]): OwnedService[] {
  return [...new Map(services.map((service) => [service.key, service])).values()];
}

import type { LiveTable } from '../model/live.ts';
import type { DrainIntent, OwnedService, State } from '../model/state.ts';
import { emptyState } from '../model/state.ts';
import { serviceKey } from '../model/table.ts';
import type { Permissions } from '../plan/guard.ts';
import { makePlan } from '../plan/make-plan.ts';
import { ownedService } from '../plan/owned.ts';
import type { Plan } from '../plan/plan.ts';
import type { CaseInput } from './case.ts';
import { givenVerdicts } from './given-verdicts.ts';
import { knownServers, serviceNames } from './known-servers.ts';
import { liveServices } from './live-services.ts';

/** Any time will do, as long as it is always the same. */
const NOW = Date.UTC(2026, 0, 1);

/** What the planner makes of a case: the same one that plan, apply and watch use. */
export function planCase(input: CaseInput): Plan {
  const { given, loaded } = input;
  return makePlan({
    live: liveTable(input),
    desired: loaded.desired,
    state: stateOf(input),
    now: NOW,
    permissions: permissionsOf(input),
    ...(given.health === undefined ? {} : { verdicts: givenVerdicts(given, loaded.desired) }),
    ...(given.drain === undefined ? {} : { drainSeconds: given.drain }),
  });
}

function liveTable(input: CaseInput): LiveTable {
  const known = knownServers(input);
  const connections = new Map<string, Map<string, { active: number; inactive: number }>>();
  for (const [label, active] of Object.entries(input.given.connections ?? {})) {
    const server = known.get(label);
    if (server === undefined) continue;
    const counts = connections.get(server.service) ?? new Map();
    connections.set(server.service, counts.set(server.server, { active, inactive: 0 }));
  }
  return { services: liveServices(input), connections, unread: [], timeouts: null, syncDaemons: null };
}

function stateOf(input: CaseInput): State {
  return {
    ...emptyState,
    owned: ownedServices(input),
    drains: drains(input),
    generation: input.given.generation ?? null,
  };
}

/** Who wrote a listing it does not say: so the services that the spec has are taken for ours, as `plan --against` does. */
function ownedServices(input: CaseInput): OwnedService[] {
  const { given, loaded, before } = input;
  const names = serviceNames(input);
  const wanted = new Set(loaded.desired.services.map(({ address }) => serviceKey(address)));
  const managed = given.managed ?? (before === null ? [...wanted] : 'all');
  return liveServices(input).flatMap((service) => {
    const key = serviceKey(service.address);
    const name = names.get(key) ?? key;
    const isOurs = managed === 'all' || (managed !== 'none' && (managed.includes(name) || managed.includes(key)));
    const applied = before?.services.find(({ address }) => serviceKey(address) === key);
    if (!isOurs || applied?.owner === 'keepalived') return [];
    return [applied === undefined ? { key, name } : ownedService(applied)];
  });
}

function drains(input: CaseInput): DrainIntent[] {
  const known = knownServers(input);
  return Object.entries(input.given.draining ?? {}).flatMap(([label, seconds]) => {
    const server = known.get(label);
    if (server === undefined) return [];
    const { drainSeconds = 300 } =
      input.loaded.desired.services.find((one) => serviceKey(one.address) === server.service) ?? {};
    return [{ ...server, startedAt: NOW - seconds * 1000, drainSeconds, weight: Math.max(1, server.weight) }];
  });
}

function permissionsOf({ given }: CaseInput): Permissions {
  const { allow = {} } = given;
  return {
    empty: allow.empty ?? false,
    maxRemove: allow.max_remove ?? null,
    maxRemoveServices: allow.max_remove_services ?? null,
    adopt: allow.adopt ?? [],
    prune: allow.prune ?? [],
    older: allow.older ?? false,
    unheldVip: allow.unheld_vip ?? false,
    rejected: false,
    disruptive: false,
  };
}

import type { DrainIntent, State } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { MeantServer } from './overridden.ts';

/** The drains of some real servers: the part of the journal that a plan about them alone goes by. */
export function drainsIn(state: State, servers: readonly MeantServer[]): readonly DrainIntent[] {
  const isPart = partOf(servers);
  return state.drains.filter(isPart);
}

/** The state with that part replaced, and everything else as it was. */
export function withDrains(state: State, drains: readonly DrainIntent[], servers: readonly MeantServer[]): State {
  const isPart = partOf(servers);
  return { ...state, drains: [...state.drains.filter((drain) => !isPart(drain)), ...drains] };
}

function partOf(servers: readonly MeantServer[]): (drain: DrainIntent) => boolean {
  const keys = new Set(servers.map(({ service, server }) => `${serviceKey(service.address)} ${serverKey(server)}`));
  return ({ service, server }) => keys.has(`${service} ${server}`);
}

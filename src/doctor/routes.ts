import { isInNetwork } from '../needs/network.ts';
import type { Family } from '../model/address.ts';
import type { Route } from './facts.ts';

/** The route that packets to an address take, by the main table alone. */
export function routeTo(address: string, family: Family, routes: readonly Route[]): Route | undefined {
  return routes
    .filter((route) => route.family === family && leadsTo(address, route))
    .sort((a, b) => length(b) - length(a) || a.metric - b.metric)[0];
}

/** The default route that is taken. */
export function defaultRoute(family: Family, routes: readonly Route[]): Route | undefined {
  return routes
    .filter((route) => route.family === family && route.destination === null)
    .sort((a, b) => a.metric - b.metric)[0];
}

function leadsTo(address: string, { destination }: Route): boolean {
  return destination === null || isInNetwork(address, { address: destination, prefixLength: destination.prefixLength });
}

function length({ destination }: Route): number {
  return destination?.prefixLength ?? -1;
}

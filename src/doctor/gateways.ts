import type { Address, Family } from '../model/address.ts';
import { isInNetwork } from '../needs/network.ts';
import type { Interface, Route } from './facts.ts';
import { vipsOf } from './part.ts';
import { defaultRoute } from './routes.ts';
import type { ServingHost } from './rule.ts';

/** A default gateway past the director, where answers by nat must go through it. */
export interface WrongGateway {
  readonly family: Family;
  /** Null: there is none. */
  readonly gateway: string | null;
  /** The address of the director to go through; null where it has none in a network of this host. */
  readonly better: string | null;
}

export function wrongGateways(
  host: ServingHost,
  { routes, interfaces }: { routes: readonly Route[]; interfaces: readonly Interface[] },
): readonly WrongGateway[] {
  const directors = directorAddresses(host);
  // Who they are is known only where the spec names them.
  if (directors.length === 0) return [];
  return natFamilies(host).flatMap((family) => {
    const gateway = defaultRoute(family, routes)?.gateway ?? null;
    if (directors.some(({ text }) => text === gateway)) return [];
    const near = directors.find((one) => one.family === family && isNear(one, interfaces));
    return [{ family, gateway, better: near?.text ?? null }];
  });
}

export function natFamilies({ server: { uses } }: ServingHost): readonly Family[] {
  const behind = uses.filter(({ server }) => server.forwarding.method === 'nat');
  return [...new Set(behind.map(({ server }) => server.family))];
}

/** Those that move first: the director that has one is the one that is master. */
function directorAddresses({ desired, server }: ServingHost): readonly Address[] {
  const vips = desired.keepalived.instances.flatMap((instance) => vipsOf(instance).map(({ address }) => address));
  return [...vips, ...desired.directors.map(({ address }) => address)].filter(
    ({ text }) => !server.addresses.includes(text),
  );
}

function isNear({ text }: Address, interfaces: readonly Interface[]): boolean {
  return interfaces.some(
    ({ isLoopback, isUp, addresses }) =>
      isUp &&
      !isLoopback &&
      addresses.some((own) => isInNetwork(text, { address: own, prefixLength: own.prefixLength })),
  );
}

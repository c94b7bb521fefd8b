import type { Desired } from '../model/desired.ts';
import { type RealServerHost, realServerHosts } from '../needs/real-server-hosts.ts';
import { realServerNeeds, type RealServerNeeds } from '../needs/real-server-needs.ts';
import type { TunnelDevice } from '../needs/tunnels.ts';
import type { Interface } from './facts.ts';
import type { ServingHost } from './rule.ts';

/** The real server that a host with these addresses is; undefined where it is none of the spec. */
export function thisServer(desired: Desired, addresses: readonly string[]): RealServerHost | undefined {
  const own = realServerHosts(desired).filter((host) => host.addresses.some((address) => addresses.includes(address)));
  if (own.length === 0) return undefined;
  return {
    names: [...new Set(own.flatMap(({ names }) => names))],
    addresses: own.flatMap((host) => host.addresses),
    uses: own.flatMap(({ uses }) => uses),
  };
}

export function needsOf({ desired, server }: ServingHost): RealServerNeeds {
  return realServerNeeds(desired, server);
}

/** The devices that unwrap what `wanted` is for: it, or the kernel's own that takes what is left over, as tunl0. */
export function tunnelEnds(wanted: TunnelDevice, interfaces: readonly Interface[]): readonly Interface[] {
  return interfaces.filter(
    ({ kind, tunnelLocal }) => kind === wanted.kind && (tunnelLocal === null || tunnelLocal === wanted.local),
  );
}

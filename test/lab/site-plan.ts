import type { Family } from '../../src/model/address.ts';

export type ForwardingMethod = 'nat' | 'dr' | 'tun';

/** A real server of the site. */
export interface SiteServer {
  /** `nat-1`: also what it answers. */
  readonly name: string;
  readonly method: ForwardingMethod;
  readonly addresses: Readonly<Record<Family, string>>;
  readonly port: number;
}

/** What one forwarding method has: the VIPs on the director and the real servers behind them. */
export interface SiteGroup {
  readonly vips: Readonly<Record<Family, string>>;
  readonly servers: readonly SiteServer[];
}

/**
 * An LVS site on two networks. All names are those of network namespaces, before the site's prefix.
 *
 *     10.1.0.0/24, fd00:1::/64   client .10   director .1   dr-1 .21 dr-2 .22 dr-3 .23   tun-1 .31 tun-2 .32 tun-3 .33
 *     10.2.0.0/24, fd00:2::/64                director .1   nat-1 .11 nat-2 .12 nat-3 .13
 *
 * The director holds the VIPs .101 (nat), .102 (dr) and .103 (tun) of the first network, in both families. Services are
 * on port 80; NAT real servers listen on 8080, so that a port that is not translated is seen. The IPv6 address of a host
 * ends in the same digits as its IPv4 address: `fd00:1::21`.
 */
export const SITE_GROUPS: Readonly<Record<ForwardingMethod, SiteGroup>> = {
  nat: { vips: addressPair(1, 101), servers: serversOf('nat', { network: 2, first: 11, port: 8080 }) },
  dr: { vips: addressPair(1, 102), servers: serversOf('dr', { network: 1, first: 21, port: 80 }) },
  tun: { vips: addressPair(1, 103), servers: serversOf('tun', { network: 1, first: 31, port: 80 }) },
};

/** Every real server of the site. */
export const SITE_SERVERS: readonly SiteServer[] = Object.values(SITE_GROUPS).flatMap((group) => group.servers);

/** IPv4 and IPv6 address of host `host` on network `network`. */
export function addressPair(network: 1 | 2, host: number): Record<Family, string> {
  return { ipv4: `10.${network}.0.${host}`, ipv6: `fd00:${network}::${host}` };
}

function serversOf(
  method: ForwardingMethod,
  at: { readonly network: 1 | 2; readonly first: number; readonly port: number },
): SiteServer[] {
  return [0, 1, 2].map((index) => ({
    name: `${method}-${index + 1}`,
    method,
    addresses: addressPair(at.network, at.first + index),
    port: at.port,
  }));
}

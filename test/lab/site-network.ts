import type { Host, Link } from './network-script.ts';
import { addressPair, SITE_GROUPS, SITE_SERVERS, type SiteServer } from './site-plan.ts';

/**
 * A real server that holds the VIP must not answer for it (ip-sysctl.rst: arp_ignore, arp_announce). IPv6 needs nothing:
 * the kernel answers a neighbour solicitation only for addresses of the interface that it came in by.
 */
export const QUIET_ABOUT_VIP: Host['sysctls'] = { 'ipv4/conf/all/arp_ignore': 1, 'ipv4/conf/all/arp_announce': 2 };

/** A host that hands on packets that are not for itself. */
export const ROUTER: Host['sysctls'] = { 'ipv4/ip_forward': 1, 'ipv6/conf/all/forwarding': 1 };

/** The hosts of the site with one director. */
export function siteHosts(): Host[] {
  return [client(), director(), ...SITE_SERVERS.map(realServer)];
}

/** A host that only asks. */
export function client(): Host {
  return { name: 'client', links: [link('eth0', 1, 10)], setup: [], sysctls: {} };
}

/** A link with the addresses of host `host` on network `network`. */
export function link(device: string, network: 1 | 2, host: number): Link {
  const { ipv4, ipv6 } = addressPair(network, host);
  return { device, bridge: `lan${network}`, addresses: [`${ipv4}/24`, `${ipv6}/64`] };
}

/** Replies of NAT must come back through the director, which alone knows the VIP they were sent to. */
export function defaultGateway(host: number): string[] {
  const { ipv4, ipv6 } = addressPair(2, host);
  return [`route add default via ${ipv4}`, `route add default via ${ipv6}`];
}

function director(): Host {
  const { nat, dr, tun } = SITE_GROUPS;
  const vips = [nat, dr, tun].flatMap(({ vips }) => [`${vips.ipv4}/32`, `${vips.ipv6}/128`]);
  const front = link('eth0', 1, 1);
  return {
    name: 'director',
    links: [{ ...front, addresses: [...front.addresses, ...vips] }, link('eth1', 2, 1)],
    setup: [],
    sysctls: ROUTER,
  };
}

function realServer(server: SiteServer): Host {
  const host = Number(server.addresses.ipv4.split('.')[3]);
  const vips = SITE_GROUPS[server.method].vips;
  const base = { name: server.name, links: [link('eth0', server.method === 'nat' ? 2 : 1, host)] };
  if (server.method === 'nat') return { ...base, setup: defaultGateway(1), sysctls: {} };
  const [device, device6] = server.method === 'dr' ? ['lo', 'lo'] : ['tunl0', 'ip6tnl0'];
  return {
    ...base,
    setup: [
      `link set ${device} up`,
      `link set ${device6} up`,
      `addr add ${vips.ipv4}/32 dev ${device}`,
      `addr add ${vips.ipv6}/128 dev ${device6} nodad`,
    ],
    sysctls: {
      ...QUIET_ABOUT_VIP,
      // What comes out of the tunnel has a source that is not reached by the tunnel.
      ...(server.method === 'tun' ? { 'ipv4/conf/all/rp_filter': 0, 'ipv4/conf/tunl0/rp_filter': 0 } : {}),
    },
  };
}

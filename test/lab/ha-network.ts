import { directorNames, GATEWAY_HOST, HA_SERVERS, HA_VIPS, type HaServer } from './ha-plan.ts';
import type { Host } from './network-script.ts';
import { client, defaultGateway, link, QUIET_ABOUT_VIP, ROUTER } from './site-network.ts';

/** The hosts of a site with that many directors. */
export function haHosts(directors: 2 | 3): Host[] {
  return [client(), ...directorNames(directors).map(director), ...HA_SERVERS.map(realServer)];
}

function director(name: string, index: number): Host {
  const links = [link('eth0', 1, index + 1), link('eth1', 2, index + 1)];
  return { name, links, setup: [], sysctls: ROUTER };
}

function realServer({ name, network, host }: HaServer): Host {
  const base = { name, links: [link('eth0', network, host)] };
  if (network === 2) return { ...base, setup: defaultGateway(GATEWAY_HOST), sysctls: {} };
  const vips = [HA_VIPS.dr, HA_VIPS.drOther].flatMap(({ ipv4, ipv6 }) => [
    `addr add ${ipv4}/32 dev lo`,
    `addr add ${ipv6}/128 dev lo nodad`,
  ]);
  return { ...base, setup: vips, sysctls: QUIET_ABOUT_VIP };
}

import { addressPair } from './site-plan.ts';

/**
 * A site with two or three directors on two networks. All names are those of network namespaces, before the site's prefix.
 *
 *     10.1.0.0/24, fd00:1::/64   client .10   lb1 .1 lb2 .2 lb3 .3   dr-1 .21 dr-2 .22
 *     10.2.0.0/24, fd00:2::/64                lb1 .1 lb2 .2 lb3 .3   nat-1 .11 nat-2 .12
 *
 * A director speaks to the first network by eth0 and to the second by eth1. Nobody holds the VIPs until keepalived does.
 * Real servers answer with their names, on port 80 or, by NAT, on 8080.
 */
export const HA_VIPS = {
  nat: addressPair(1, 101),
  dr: addressPair(1, 102),
  /** A second one with the same real servers as `dr`. */
  drOther: addressPair(1, 103),
  /** On the second network: the default gateway of the real servers behind NAT. */
  gateway: addressPair(2, 100),
} as const;

/** Those of both families. */
export const ALL_VIPS: readonly string[] = Object.values(HA_VIPS).flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);

export const GATEWAY_HOST = 100;

export const HA_SERVERS = [
  realServer('dr-1', 1, { host: 21, port: 80 }),
  realServer('dr-2', 1, { host: 22, port: 80 }),
  realServer('nat-1', 2, { host: 11, port: 8080 }),
  realServer('nat-2', 2, { host: 12, port: 8080 }),
] as const;

export type HaServer = (typeof HA_SERVERS)[number];

/** `['lb1', 'lb2']` */
export function directorNames(count: 2 | 3): string[] {
  return ['lb1', 'lb2', 'lb3'].slice(0, count);
}

function realServer(name: string, network: 1 | 2, { host, port }: { host: number; port: number }) {
  return { name, network, host, port, addresses: addressPair(network, host) };
}

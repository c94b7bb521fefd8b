import type { Family } from '../../src/model/address.ts';
import type { Host } from '../lab/network-script.ts';
import { link } from '../lab/site-network.ts';
import { addressPair } from '../lab/site-plan.ts';

/** Real servers, by name. */
export const REAL_SERVERS = ['dr-1', 'dr-2', 'far'] as const;

/**
 * The hosts on one network: client .10, director .1, dr-1 .21, dr-2 .22, and far .31, which serves by every kind of tunnel.
 * The director hands nothing on (ip_forward 0), and far filters strictly, as some distributions do.
 */
export function realServerHosts(): Host[] {
  const vips = SERVICES.map(
    ({ vip }) => `addr add ${vip}${vip.includes(':') ? VIP_FLAGS.ipv6 : VIP_FLAGS.ipv4} dev eth0`,
  );
  return [
    host('client', 10),
    { ...host('director', 1), setup: vips },
    host('dr-1', 21),
    host('dr-2', 22),
    { ...host('far', 31), sysctls: { 'ipv4/conf/all/rp_filter': 1, 'ipv4/conf/default/rp_filter': 1 } },
  ];
}

// Deprecated as keepalived makes them: else ip_vs would tunnel from the VIP, and a real server drops what is from itself.
const VIP_FLAGS: Readonly<Record<Family, string>> = { ipv4: '/32', ipv6: '/128 nodad preferred_lft 0' };

function host(name: string, number: number): Host {
  return { name, links: [link('eth0', 1, number)], setup: [], sysctls: {} };
}

export interface SiteService {
  readonly name: string;
  readonly vip: string;
  /** As the spec writes it. */
  readonly forwarding: string;
  /** Name and address of each real server. */
  readonly servers: Readonly<Record<string, string>>;
}

const far = addressPair(1, 31);
const GUE_REMCSUM = '{ tun: { type: gue, port: 6080, checksum: remcsum } }';
const GRE = '{ tun: { type: gre } }';

/** Every way in which a packet can reach a real server other than by nat. */
export const SERVICES: readonly SiteService[] = [
  ...inBothFamilies('dr', 'dr', 111, { 'dr-1': addressPair(1, 21), 'dr-2': addressPair(1, 22) }),
  ...inBothFamilies('ipip', 'tun', 112, { far }),
  ...inBothFamilies('gre', GRE, 113, { far }),
  ...inBothFamilies('gue', '{ tun: { type: gue, port: 6080 } }', 114, { far }),
  ...inBothFamilies('gue-csum', '{ tun: { type: gue, port: 6081, checksum: csum } }', 115, { far }),
  { name: 'gue-remcsum', forwarding: GUE_REMCSUM, vip: addressPair(1, 116).ipv4, servers: { far: far.ipv4 } },
  { name: 'ipip-6in4', forwarding: 'tun', vip: addressPair(1, 117).ipv6, servers: { far: far.ipv4 } },
  { name: 'gre-4in6', forwarding: GRE, vip: addressPair(1, 117).ipv4, servers: { far: far.ipv6 } },
];

function inBothFamilies(
  name: string,
  forwarding: string,
  vip: number,
  servers: Readonly<Record<string, Readonly<Record<Family, string>>>>,
): SiteService[] {
  return (['ipv4', 'ipv6'] as const).map((family) => ({
    name: `${name}-${family}`,
    forwarding,
    vip: addressPair(1, vip)[family],
    servers: Object.fromEntries(Object.entries(servers).map(([server, pair]) => [server, pair[family]])),
  }));
}

/** The VIP of a service. */
export function vipOf(name: string): string {
  return SERVICES.find((service) => service.name === name)?.vip ?? '';
}

/** The spec of these services. */
export function specText(services: readonly SiteService[] = SERVICES): string {
  const lines = services.map(({ name, vip, forwarding, servers }) => {
    const written = Object.entries(servers).map(([server, address]) => `${server}: "${address}"`);
    return `  ${name}: { vip: "${vip}", port: 80, forwarding: ${forwarding}, servers: { ${written.join(', ')} } }\n`;
  });
  return `version: 1\ndefaults: { check: none, scheduler: rr }\nservices:\n${lines.join('')}`;
}

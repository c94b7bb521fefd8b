import { detectionOf, recoveryOf } from '../../src/health/bounds.ts';
import type { Check } from '../../src/model/check.ts';
import type { Owner } from '../../src/model/desired.ts';
import { FAILING_PORTS } from '../lab/failing-plan.ts';
import type { Fault } from '../lab/failing-servers.ts';
import { SITE_GROUPS } from '../lab/site-plan.ts';
import { loadText } from '../spec/load-text.ts';

/** Three services on two real servers of a site that fail as they are told, one for each protocol. */
export type HealthService = 'web' | 'tls' | 'dns';

export const HEALTH_VIP = SITE_GROUPS.nat.vips.ipv4;
export const HEALTH_SERVERS = { 'nat-1': '10.2.0.11', 'nat-2': '10.2.0.12' } as const;
export const HEALTH_AUTHORITY = new URL('../fixtures/tls/authority.pem', import.meta.url).pathname;
export const HEALTH_NAME = 'www.example.com';

/** How a real server dies, in which service that shows, and what lvsctl says of it. */
export const DEATHS: readonly (readonly [fault: Fault, service: HealthService, detail: RegExp])[] = [
  ['killed', 'web', /refused/],
  ['closed', 'web', /refused/],
  ['unreachable', 'web', /no connection|unreachable/],
  ['silent', 'web', /no answer/],
  ['drip', 'web', /no answer/],
  ['error', 'web', /status 500/],
  ['wrong', 'web', /body/],
  ['expired', 'tls', /expired/],
  ['servfail', 'dns', /SERVFAIL/],
];

/** Under these, requests that are out when the server leaves fail only when their client gives them up. */
export const HANGING: readonly Fault[] = ['unreachable', 'silent', 'drip'];

const PORTS = { web: ['-t', 80], tls: ['-t', 443], dns: ['-u', 53] } as const;

interface HealthSpec {
  readonly onFailure?: 'remove' | 'quiesce';
  readonly weight?: number;
  readonly slowStart?: string;
  readonly owner?: Owner;
}

/**
 * The spec, for the owner that checks. A director of the spec has a keepalived.conf; and keepalived verifies no
 * certificate, so that lint refuses to let it be told to.
 */
export function healthSpec({ onFailure = 'remove', weight = 1, slowStart = '', owner = 'lvsctl' }: HealthSpec = {}) {
  const timing = 'interval: 2s, timeout: 2s, fall: 2';
  const servers = (port: number) => {
    const each = Object.entries(HEALTH_SERVERS).map(
      ([name, address]) => `${name}: { address: ${address}, port: ${port} }`,
    );
    return `{ ${each.join(', ')} }`;
  };
  const slow = slowStart === '' ? '' : `\n    slow_start: ${slowStart}`;
  const directors = owner === 'lvsctl' ? '' : '\ndirectors: { director: { address: 10.1.0.1, interface: eth0 } }';
  const authority = owner === 'lvsctl' ? `, ca: ${HEALTH_AUTHORITY}` : '';
  return `version: 1${directors}
defaults: { owner: ${owner}, forwarding: nat, scheduler: rr, weight: ${weight}, drain: 0 }
services:
  web:
    vip: ${HEALTH_VIP}
    port: 80${slow}
    servers: ${servers(FAILING_PORTS.http)}
    check: { http: { body: "nat-" }, on_failure: ${onFailure}, ${timing} }
  tls:
    vip: ${HEALTH_VIP}
    port: 443
    servers: ${servers(FAILING_PORTS.https)}
    check: { https: { host: ${HEALTH_NAME}${authority} }, ${timing} }
  dns:
    vip: ${HEALTH_VIP}
    port: 53
    protocol: udp
    servers: ${servers(FAILING_PORTS.dns)}
    check: { dns: { name: ${HEALTH_NAME}, type: A }, ${timing} }
`;
}

/** By the sums that lint and `explain` show, too. */
export function healthBounds(name: HealthService, owner: Owner): { readonly found: number; readonly back: number } {
  const check = checkOf(name);
  return { found: detectionOf(check, owner).seconds, back: recoveryOf(check, owner).seconds };
}

function checkOf(name: HealthService): Check {
  const service = loadText(healthSpec()).desired.services.find((one) => one.name === name);
  const check = service?.servers[0]?.check;
  if (!check) throw new Error(`${name} has no check`);
  return check;
}

/** `10.2.0.11 1`: the real servers of a service with their weights, in what `ipvsadm -Sn` prints. */
export function weightsIn(listing: string, service: HealthService): string[] {
  const [kind, port] = PORTS[service];
  const lines = listing.split('\n').filter((line) => line.startsWith(`-a ${kind} ${HEALTH_VIP}:${port} `));
  return lines.map((line) => line.replace(/^.* -r ([\d.]+):\d+ .* -w (\d+).*$/, '$1 $2')).sort();
}

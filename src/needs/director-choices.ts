import type { Desired } from '../model/desired.ts';
import { hasServerBy, usesSync } from './director-sysctls.ts';
import { IP_SYSCTL, IPVS_SYSCTL } from './sysctl.ts';

/** `[5, 10]` for Linux 5.10 and everything that is called 5.10.x. */
export type KernelVersion = readonly [major: number, minor: number];

/** A kernel parameter that depends on what no spec says, such as the rest of a firewall. */
export interface Choice {
  readonly name: string;
  readonly value: string;
  /** Where it is right: begins with `Where`. */
  readonly condition: string;
  readonly source: string;
}

/** What an administrator has to decide for the directors of a spec; for every kernel where none is given. */
export function directorChoices(desired: Desired, kernel: KernelVersion | null = null): readonly Choice[] {
  const has = (...methods: readonly string[]) => desired.services.some((service) => hasServerBy(service, methods));
  return [
    ...(has('nat') ? [CONNTRACK, ...portReuse(kernel)] : []),
    ...(has('tun') ? [FRAGMENTS] : []),
    ...(has('dr', 'tun') ? [ASYMMETRIC] : []),
    ...(usesSync(desired) ? EVERY_CONNECTION : []),
    ...(usesSync(desired) && desired.services.some(({ persistence }) => persistence !== null) ? [TEMPLATES_ONLY] : []),
  ];
}

const CONNTRACK: Choice = {
  name: 'net.ipv4.vs.conntrack',
  value: '1',
  condition: 'Where nftables or iptables here follow the state of balanced connections, or masquerade them',
  source: IPVS_SYSCTL,
};

/** Linux 5.9 no longer drops the first packet of such a connection (kubernetes/kubernetes issue 93297). */
function portReuse(kernel: KernelVersion | null): Choice[] {
  if (kernel !== null && !isBefore(kernel, [5, 9])) return [];
  const old = kernel === null ? 'the kernel is older than 5.9 and conntrack is 1' : 'conntrack is 1';
  return [
    {
      name: 'net.ipv4.vs.conn_reuse_mode',
      value: '0',
      condition: `Where ${old}: otherwise a connection from a port that was just in use begins a second late`,
      source: 'net/netfilter/ipvs/ip_vs_core.c; kubernetes/kubernetes issue 93297',
    },
  ];
}

const FRAGMENTS: Choice = {
  name: 'net.ipv4.vs.pmtu_disc',
  value: '0',
  condition:
    'Where clients do not get the ICMP of the director: requests too long for a tunnel are then sent in fragments',
  source: IPVS_SYSCTL,
};

const ASYMMETRIC: Choice = {
  name: 'net.ipv4.conf.all.rp_filter',
  value: '2',
  condition: 'Where requests come in by another interface than the route to the client: 1 drops them',
  source: IP_SYSCTL,
};

/** The kernel's own `3 50` tells of a connection after three packets, and then every 50 (ip_vs_sync.c: ip_vs_sync_conn_needed). */
const EVERY_CONNECTION: readonly Choice[] = [
  {
    name: 'net.ipv4.vs.sync_threshold',
    value: '0 0',
    condition:
      'Where connections that say little must go on after a failover too: the other directors hear of each at once',
    source: IPVS_SYSCTL,
  },
  {
    name: 'net.ipv4.vs.sync_refresh_period',
    value: '2',
    condition: 'Where sync_threshold is 0 0: they hear of it again before they would forget it, every two seconds',
    source: IPVS_SYSCTL,
  },
  {
    name: 'net.ipv4.vs.sync_retries',
    value: '1',
    condition: 'Where sync_threshold is 0 0: twice, since a message may get lost',
    source: IPVS_SYSCTL,
  },
];

const TEMPLATES_ONLY: Choice = {
  name: 'net.ipv4.vs.sync_persist_mode',
  value: '1',
  condition:
    'Where connection sync is too much traffic: of persistent services it then carries the templates alone, and connections go on after a failover by sloppy_tcp',
  source: IPVS_SYSCTL,
};

function isBefore([major, minor]: KernelVersion, [otherMajor, otherMinor]: KernelVersion): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

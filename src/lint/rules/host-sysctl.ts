import { yaml } from '../example.ts';
import { isOlder } from '../../model/version-order.ts';
import { directorSysctls } from '../../needs/director-sysctls.ts';
import { realServerHosts } from '../../needs/real-server-hosts.ts';
import { realServerNeeds } from '../../needs/real-server-needs.ts';
import type { Sysctl } from '../../needs/sysctl.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { type DeclaredDirector, declaredDirectors, declaredServers } from '../declared-hosts.ts';
import type { Report, Rule } from '../rule.ts';

export const hostSysctl: Rule = {
  id: 'LVS252',
  name: 'host-sysctl',
  severity: 'warning',
  why: 'IPVS needs kernel parameters that are not the default, and without them packets are lost in silence',
  harm: 'The kernel takes the service and its real servers whatever its parameters are. Without ip_forward a director passes on no answer of a real server by nat; with other defaults a real server answers ARP for the VIP, or packets go to a real server that is gone until their connection expires. Nothing is logged: packets are only missing.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { sysctls: { net.ipv4.ip_forward: 1 } } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { sysctls: { net.ipv4.ip_forward: 0 } } }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { sysctls: { net.ipv4.ip_forward: 1 } } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { sysctls: { net.ipv4.ip_forward: 1 } } }
    `,
  },
  source: 'Documentation/networking/ipvs-sysctl.rst, ip-sysctl.rst; what lvsctl render sysctl and realserver write',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const director of declaredDirectors(loaded)) {
    const { name, path, host } = director;
    yield* compare(directorSysctls(loaded.desired, name), { path, name, declared: host.sysctls ?? {} });
    yield* portReuse(director);
  }
  const servers = declaredServers(loaded).filter(({ host }) => host.sysctls !== undefined);
  const hosts = servers.length === 0 ? [] : realServerHosts(loaded.desired);
  for (const { name, address, path, host } of servers) {
    const served = hosts.find(({ addresses }) => addresses.includes(address));
    const needs = served === undefined ? undefined : realServerNeeds(loaded.desired, served);
    yield* compare([...(needs?.sysctls ?? []), ...(needs?.deviceSysctls ?? [])], {
      path,
      name,
      declared: host.sysctls ?? {},
    });
  }
}

function* compare(
  needed: readonly Sysctl[],
  { path, name, declared }: { path: Path; name: string; declared: Readonly<Record<string, number>> },
): Iterable<Report> {
  for (const { name: sysctl, value, alsoFine, reason } of needed) {
    const seen = declared[sysctl];
    if (seen === undefined || [value, ...alsoFine].includes(String(seen))) continue;
    yield {
      path: [...path, 'sysctls', sysctl],
      message: `${name} has ${sysctl}=${seen}, and needs ${value}: ${reason}`,
      hint: `sysctl -w ${sysctl}=${value}`,
    };
  }
}

const CONNTRACK = 'net.ipv4.vs.conntrack';
const REUSE = 'net.ipv4.vs.conn_reuse_mode';

/** Before 5.9 the first packet of a port used again is dropped, and sent again a second later. */
function* portReuse({ name, path, host: { kernel, sysctls } }: DeclaredDirector): Iterable<Report> {
  if (kernel === undefined || !isOlder(kernel, '5.9') || sysctls?.[CONNTRACK] !== 1 || sysctls[REUSE] !== 1) return;
  yield {
    path: [...path, 'sysctls', REUSE],
    message: `With Linux ${kernel} and ${CONNTRACK}=1, ${name} delays clients that use a port again by a second`,
    hint: `sysctl -w ${REUSE}=0, or run Linux 5.9`,
  };
}

import { yaml } from '../example.ts';
import type { Probe } from '../../model/check.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { differentChecksIn } from '../written-checks.ts';

export const checkProtocol: Rule = {
  id: 'LVS247',
  name: 'check-protocol',
  severity: 'warning',
  why: 'That something answers by TCP says nothing of the UDP port of the same number: the check fails for ever, or asks another program',
  harm: 'A TCP connection to the port of a UDP service reaches another program or none at all. If none listens there, the check fails on every real server and the service has none, though all answer by UDP. If one does, the check succeeds for as long as that other program runs, whatever happens to the one that clients use.',
  examples: {
    bad: yaml`
      services:
        log: { vip: 203.0.113.10, port: 514, protocol: udp, pool: web, check: { tcp: {} } }
    `,
    good: yaml`
      services:
        log: { vip: 203.0.113.10, port: 514, protocol: udp, pool: web, check: { tcp: {}, port: 8080 } }
    `,
  },
  source: 'acassen/keepalived#765; keepalived check_tcp.c',
  check,
};

const BY_TCP: readonly Probe['kind'][] = ['tcp', 'http', 'https', 'smtp', 'ldap', 'mysql', 'redis', 'grpc'];

/** DNS, Kerberos, LDAP, kpasswd, SIP: one program answers by UDP and by TCP. 0 stands for all ports. */
const BY_BOTH: readonly number[] = [0, 53, 88, 389, 464, 5060];

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const { name, address } = service;
    if (address.kind !== 'address' || address.protocol !== 'udp' || BY_BOTH.includes(address.port)) continue;
    if (loaded.incomplete(['services', name])) continue;
    for (const { path, server } of differentChecksIn(loaded, service)) {
      const checks = server.check?.checks ?? [];
      const [first] = checks;
      // A port of its own says that another program is meant.
      const isOther = checks.some(({ probe, port }) => !BY_TCP.includes(probe.kind) || port !== null);
      if (first === undefined || isOther || loaded.damaged(path)) continue;
      yield {
        path,
        side: 'key',
        message: `${name} is UDP, and its check speaks ${first.probe.kind === 'tcp' ? 'TCP' : `${first.probe.kind} by TCP`} to the same port`,
        hint: 'use dns, udp, ping or script, or name the port that answers by TCP',
      };
    }
  }
}

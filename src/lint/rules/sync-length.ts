import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { declaredDirectors } from '../declared-hosts.ts';
import type { Report, Rule } from '../rule.ts';

export const syncLength: Rule = {
  id: 'LVS253',
  name: 'sync-length',
  severity: 'warning',
  why: 'A sync message longer than a packet goes out in fragments, and is lost when one of them is',
  harm: 'A sync message carries many connections, and has 28 bytes of headers around it. What is longer than the MTU goes out in fragments, and when one fragment is lost the whole message is. UDP does not send it again, so after a failover some connections are unknown, and nobody can tell which ones and why.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { mtu: 1500 } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { mtu: 1500 } }
      connection_sync: { interface: eth0, max_length: 8972 }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { mtu: 1500 } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { mtu: 1500 } }
      connection_sync: { interface: eth0, max_length: 1472 }
    `,
  },
  source: 'ip_vs_sync.c: MTU less 20 for IP and 8 for UDP; acassen/keepalived#1966',
  check,
};

const HEADERS = 28;

function* check(loaded: LoadedSpec): Iterable<Report> {
  const length = loaded.spec.connection_sync?.max_length;
  if (length === undefined) return;
  const narrow = declaredDirectors(loaded).find(({ host: { mtu } }) => mtu !== undefined && length > mtu - HEADERS);
  if (narrow?.host.mtu === undefined) return;
  yield {
    path: ['connection_sync', 'max_length'],
    message: `${narrow.name} has an MTU of ${narrow.host.mtu}, and ${length} bytes do not fit one packet`,
    hint: `use ${narrow.host.mtu - HEADERS} at most, or leave it to the kernel`,
    related: [{ path: [...narrow.path, 'mtu'], message: `the MTU of ${narrow.name}` }],
  };
}

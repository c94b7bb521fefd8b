import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { everySingle } from '../every-check.ts';
import type { Report, Rule } from '../rule.ts';

export const udpWithoutReply: Rule = {
  id: 'LVS248',
  name: 'udp-without-reply',
  severity: 'warning',
  why: 'Without a reply only an ICMP message shows that nobody listens; a host that is off, or a firewall, sends none, and counts as well',
  harm: 'keepalived sends a packet and takes silence for success; only an ICMP message that the port is unreachable is a failure. A host that is off sends none, and a firewall may drop it. So a real server that is gone keeps its share of the clients, and the check stays green.',
  examples: {
    bad: yaml`
      services:
        time: { vip: 203.0.113.10, port: 123, protocol: udp, pool: web, check: { udp: {} } }
    `,
    good: yaml`
      services:
        time: { vip: 203.0.113.10, port: 123, protocol: udp, pool: web, check: { udp: { payload: "e3", reply: "24" } } }
    `,
  },
  source: 'keepalived check_udp.c udp_check_thread; keepalived.conf(5) UDP_CHECK require_reply',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, single } of everySingle(loaded)) {
    if (single.udp === undefined || single.udp.reply !== undefined || loaded.damaged([...path, 'udp'])) continue;
    yield {
      path: [...path, 'udp'],
      side: 'key',
      message: 'Silence is a success for this check',
      hint: 'add a payload that is answered, and the reply',
    };
  }
}

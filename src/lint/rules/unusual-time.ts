import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const unusualTime: Rule = {
  id: 'LVS235',
  name: 'unusual-time',
  severity: 'info',
  why: 'keepalived takes it, but finds it too long to be meant: its unit is often mistaken',
  harm: 'keepalived finds BFD times above 10 seconds, or more than 10 lost packets, "larger than max sensible", and takes them: these are milliseconds, which are easily taken for something else. A second between two gratuitous ARP packets makes a director with many VIPs slow to announce them.',
  examples: {
    bad: yaml`
      track:
        bfd: { peer: { neighbor: 192.0.2.1, min_tx: 50000 } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { bfd: { peer: { weight: -60 } } }
    `,
    good: yaml`
      track:
        bfd: { peer: { neighbor: 192.0.2.1, min_tx: 50 } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { bfd: { peer: { weight: -60 } } }
    `,
  },
  source: 'keepalived bfd_parser.c, global_parser.c: "larger than max sensible", "is very large"',
  check,
};

function* check({ spec }: LoadedSpec): Iterable<Report> {
  for (const [name, session] of Object.entries(spec.track?.bfd ?? {})) {
    const path = ['track', 'bfd', name];
    for (const key of ['min_rx', 'min_tx', 'idle_tx'] as const)
      if ((session[key] ?? 0) > 10000)
        yield { path: [...path, key], message: `${key} of ${name} is ${session[key]} milliseconds, more than 10 s` };
    if ((session.multiplier ?? 0) > 10)
      yield { path: [...path, 'multiplier'], message: `${name} may lose ${session.multiplier} packets, more than 10` };
  }
  if ((spec.keepalived?.garp_interval ?? 0) >= 1)
    yield {
      path: ['keepalived', 'garp_interval'],
      message: 'Between two gratuitous ARP packets is a second or more, so many VIPs take long to move',
    };
}

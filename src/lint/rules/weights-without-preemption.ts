import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { trackerUses } from '../tracker-uses.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const weightsWithoutPreemption: Rule = {
  id: 'LVS232',
  name: 'weights-without-preemption',
  severity: 'info',
  why: 'With preempt: false a director with the higher priority does not take over from a master that works, whatever lowered its priority',
  harm: 'With preempt: false no director takes over from a master that still sends adverts, whatever its priority has become. A tracker that only lowers the priority therefore never moves the VIP away from the broken director. A weight of 0 does: the failure is a fault, and the master steps down.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, weight: -60 } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt: false
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, weight: 0 } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt: false
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'RFC 5798 §6.4.3; acassen/keepalived#2103, #2108',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant } of writtenInstances(loaded)) {
    const [first] = meant.preempt ? [] : trackerUses(loaded, path).filter(({ weight }) => weight !== 0);
    if (first === undefined) continue;
    yield {
      path: [...path, 'preempt'],
      message: `The weight of ${first.name} does not move ${name}, which has preempt: false`,
      hint: 'give it weight: 0, which makes a failure a fault',
      related: [{ path: first.path, side: 'key', message: 'followed here' }],
    };
  }
}

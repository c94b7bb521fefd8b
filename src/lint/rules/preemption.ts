import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const preemption: Rule = {
  id: 'LVS183',
  name: 'preemption',
  severity: 'error',
  why: 'Who never takes over does not wait before it either; keepalived resets the delay',
  harm: 'preempt_delay is the wait before a director with the higher priority takes over again; with preempt: false it never does. keepalived clears the delay, so one of the two lines is not what happens.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt: false
          preempt_delay: 60s
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt_delay: 60s
    `,
  },
  source: 'keepalived vrrp.c vrrp_complete_instance: "preempt_delay is incompatible with nopreempt mode"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant } of writtenInstances(loaded)) {
    if (meant.preempt || (meant.preemptDelaySeconds ?? 0) === 0) continue;
    yield {
      path: [...path, 'preempt_delay'],
      side: 'key',
      message: `${name} has a preempt_delay, and preempt: false`,
      hint: 'remove one of the two',
      related: [{ path: [...path, 'preempt'], message: 'preempt here' }],
    };
  }
}

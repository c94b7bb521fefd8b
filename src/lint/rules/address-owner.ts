import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { trackerUses } from '../tracker-uses.ts';
import { type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const addressOwner: Rule = {
  id: 'LVS222',
  name: 'address-owner',
  severity: 'warning',
  why: 'Priority 255 says that the VIP is configured on the host itself: it is master whenever it is there, whatever it follows',
  harm: '255 is for the router that has the address anyway. keepalived makes such a director master as soon as it is there, ignores preempt: false, and drops weights that would lower its priority, so that a failure with a weight does not move the VIP. The same happens to state MASTER without a priority, which lvsctl therefore never writes.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 255, lb2: 100 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 254, lb2: 100 }
    `,
  },
  source: 'RFC 5798 §5.2.4; keepalived vrrp.c vrrp_complete_instance: "due to address owner"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded))
    for (const [director, priority] of Object.entries(instance.written.priority ?? {})) {
      if (priority !== 255) continue;
      const lost = withoutEffect(loaded, instance);
      yield {
        path: [...instance.path, 'priority', director],
        message: `255 makes ${director} the owner of the VIPs of ${instance.name}, ${lost.length === 0 ? 'whose priority nothing lowers' : `for which ${lost.join(', ')} ${lost.length === 1 ? 'has' : 'have'} no effect`}`,
        hint: 'use 254 at most',
      };
    }
}

/** What keepalived ignores for an owner, and lvsctl leaves out. */
function withoutEffect(loaded: LoadedSpec, { path, meant }: WrittenInstance): readonly string[] {
  return [
    ...(meant.preempt ? [] : ['preempt: false']),
    ...((meant.preemptDelaySeconds ?? 0) === 0 ? [] : ['preempt_delay']),
    ...trackerUses(loaded, path).flatMap(({ name, weight }) => (weight === 0 ? [] : [`the weight of ${name}`])),
  ];
}

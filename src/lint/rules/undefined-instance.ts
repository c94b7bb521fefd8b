import type { LoadedSpec } from '../../spec/load.ts';
import { absence } from '../known-names.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const undefinedInstance: Rule = {
  id: 'LVS162',
  name: 'undefined-instance',
  severity: 'error',
  why: 'keepalived ignores a name that it does not know: the group would be smaller, and no connection would be synced',
  harm: 'A sync group without one of its members moves the others alone, and connection sync that follows an instance nobody knows is not started. keepalived says so at most in its log: the instance of the sync daemon is looked up after the place where keepalived -t stops.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt_delay: 60s
      connection_sync: { interface: eth0, role: vrrp, instance: wbe }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt_delay: 60s
      connection_sync: { interface: eth0, role: vrrp, instance: web }
    `,
  },
  source: 'keepalived vrrp_sync.c vrrp_sync_set_group; vrrp.c: "Unable to find vrrp instance %s for lvs_syncd"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { sync_groups, connection_sync } = loaded.spec;
  const places = Object.entries(sync_groups ?? {}).flatMap(([group, { instances }]) =>
    instances.map((name, index) => ({ name, path: ['sync_groups', group, 'instances', index] })),
  );
  const followed = connection_sync?.instance;
  if (followed !== undefined) places.push({ name: followed, path: ['connection_sync', 'instance'] });
  for (const { name, path } of places) {
    const absent = absence(loaded, { noun: 'VRRP instance', name, section: ['vrrp'] });
    if (absent !== undefined) yield { path, ...absent };
  }
}

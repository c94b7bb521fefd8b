import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const preemptionBeforeSync: Rule = {
  id: 'LVS233',
  name: 'preemption-before-sync',
  severity: 'warning',
  why: 'A director that comes back takes over before it has heard of the connections there are, and these break',
  harm: 'Connection sync tells a director of connections as they change, not of those that were there before it came back. When it takes over at once it does not know them, and they break. A delay gives it time to hear of them.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
      connection_sync: { interface: eth0, role: vrrp, instance: web }
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
  source: 'acassen/keepalived#1076, #237, #98; keepalived.conf(5) lvs_sync_daemon, preempt_delay',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const followed = loaded.desired.keepalived.syncDaemon?.instance;
  for (const { name, path, meant } of writtenInstances(loaded)) {
    if (name !== followed || !meant.preempt || meant.members.length < 2 || loaded.incomplete(path)) continue;
    if ((meant.preemptDelaySeconds ?? 0) > 0) continue;
    yield {
      path,
      side: 'key',
      message: `A director that comes back takes ${name} at once, and connection_sync has told it nothing yet`,
      hint: 'add preempt_delay, such as 60s, or preempt: false',
      related: [{ path: ['connection_sync', 'instance'], message: 'connection_sync follows it' }],
    };
  }
}

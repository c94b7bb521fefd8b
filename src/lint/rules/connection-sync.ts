import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const connectionSync: Rule = {
  id: 'LVS195',
  name: 'connection-sync',
  severity: 'error',
  why: 'Only with role vrrp does keepalived start and stop the daemons, and then by the state of one instance',
  harm: 'With role vrrp keepalived runs the master daemon while one instance is master, and the backup daemon otherwise; it must know which. Without an instance both run all the time, so a name beside another role has no effect.',
  examples: {
    bad: yaml`
      connection_sync: { interface: eth0, role: vrrp }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt_delay: 60s
    `,
    good: yaml`
      connection_sync: { interface: eth0, role: vrrp, instance: web }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          preempt_delay: 60s
    `,
  },
  source: 'keepalived.conf(5) lvs_sync_daemon',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { connection_sync: sync } = loaded.spec;
  if (sync === undefined || loaded.incomplete(['connection_sync'])) return;
  if (sync.role === 'vrrp' && sync.instance === undefined)
    yield {
      path: ['connection_sync', 'role'],
      message: 'connection_sync follows VRRP, but names no instance',
      hint: 'add instance, or use another role',
    };
  if (sync.role !== 'vrrp' && sync.instance !== undefined)
    yield {
      path: ['connection_sync', 'instance'],
      side: 'key',
      message: `connection_sync names an instance, which counts with role: vrrp only, not with ${sync.role ?? 'both'}`,
      hint: 'remove it, or write role: vrrp',
    };
}

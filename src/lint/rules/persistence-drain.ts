import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const persistenceDrain: Rule = {
  id: 'LVS205',
  name: 'persistence-drain',
  severity: 'info',
  why: 'A client with a persistence template still comes to a draining server with new connections, so the drain may last its whole time',
  source: 'ip_vs_core.c ip_vs_sched_persist; Documentation/networking/ipvs-sysctl.rst: expire_quiescent_template',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, persistence, drainSeconds } of loaded.desired.services) {
    if (persistence === null || drainSeconds === 0) continue;
    yield {
      path: ['services', name, 'persistence'],
      side: 'key',
      message: `Clients known to ${name} keep coming to a draining server while their persistence lasts`,
      hint: 'set the sysctl net.ipv4.vs.expire_quiescent_template=1 to move them',
    };
  }
}

import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { allDirectorsHave } from '../declared-hosts.ts';
import type { Report, Rule } from '../rule.ts';
import { differentChecksIn } from '../written-checks.ts';

export const quiescePersistence: Rule = {
  id: 'LVS254',
  name: 'quiesce-persistence',
  severity: 'warning',
  why: 'Weight 0 keeps a client with a persistence template where it was: on the real server that has just failed its check',
  harm: 'on_failure: quiesce sets the weight of a failed real server to 0, which keeps new clients away from it. A client that it knows is found by its persistence template and goes on to it, for as long as the template lives, and each new connection renews that. The check has done its work and the weight is 0, so the tools show a failure that is dealt with.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { tcp: {}, on_failure: quiesce }
          persistence: { timeout: 5m }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { tcp: {}, on_failure: remove }
          persistence: { timeout: 5m }
    `,
  },
  source: 'ip_vs_core.c ip_vs_sched_persist; ipvs-sysctl.rst expire_quiescent_template; kubernetes#71834',
  check,
};

const SYSCTL = 'net.ipv4.vs.expire_quiescent_template';

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (allDirectorsHave(loaded, SYSCTL, 1)) return;
  for (const service of loaded.desired.services) {
    if (service.persistence === null) continue;
    for (const { path, server } of differentChecksIn(loaded, service)) {
      if (server.check?.onFailure !== 'quiesce' || loaded.damaged(path)) continue;
      yield {
        path: [...path, 'on_failure'],
        message: `Clients that ${service.name} knows stay with a real server that has failed while their persistence lasts`,
        hint: `use on_failure: remove, or set ${SYSCTL}=1 and say so under host.sysctls of the directors`,
        related: [{ path: ['services', service.name, 'persistence'], side: 'key', message: 'the persistence' }],
      };
    }
  }
}

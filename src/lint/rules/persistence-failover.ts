import { yaml } from '../example.ts';
import { usesSync } from '../../needs/director-sysctls.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const persistenceFailover: Rule = {
  id: 'LVS268',
  name: 'persistence-failover',
  severity: 'info',
  why: 'Which real server a client belongs to is known to one director; when another takes over, the client starts anew somewhere else',
  harm: 'Persistence templates are in the memory of one kernel. Without connection sync the director that takes over has none, and its scheduler chooses anew for each client, often another real server, where there is no session of the client. After the failover everything is up, and what users report is that they were logged out.',
  examples: {
    bad: {
      'site.lvs.yaml': yaml`
      version: 1
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12, interface: eth0 }
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: nat
          check: { tcp: {} }
          drain: 0
          persistence: { timeout: 5m }
          servers: { web-1: 10.0.0.21, web-2: 10.0.0.22 }
    `,
    },
    good: {
      'site.lvs.yaml': yaml`
      version: 1
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12, interface: eth0 }
      connection_sync: { interface: eth0 }
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: nat
          check: { tcp: {} }
          drain: 0
          persistence: { timeout: 5m }
          servers: { web-1: 10.0.0.21, web-2: 10.0.0.22 }
    `,
    },
  },
  source: 'ip_vs_conn.c: templates are local; ip_vs_sync.c sends them along',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { directors, services } = loaded.desired;
  if (directors.length < 2 || usesSync(loaded.desired) || loaded.damaged(['connection_sync'])) return;
  // With a hash of the client's address every director chooses the same one.
  const forgotten = services.filter(
    ({ persistence, scheduler }) => persistence !== null && !HASHING.includes(scheduler),
  );
  const [first] = forgotten;
  if (first === undefined) return;
  yield {
    path: ['services', first.name, 'persistence'],
    side: 'key',
    message: `After a failover, clients of ${forgotten.map(({ name }) => name).join(', ')} may go to another real server than before: the directors do not share what they know`,
    hint: 'add connection_sync, or use scheduler sh or mh',
  };
}

const HASHING: readonly string[] = ['sh', 'mh'];

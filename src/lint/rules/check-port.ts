import type { DesiredService } from '../../model/desired.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { SingleCheckSpec } from '../../spec/schema/checks.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { checksIn, singlesOf } from '../written-checks.ts';

export const checkPort: Rule = {
  id: 'LVS150',
  name: 'check-port',
  severity: 'error',
  why: 'A check without a port of its own goes to that of the real server; with port 0 it always fails',
  harm: 'A service on all ports, or on a mark, gives its real servers no port that a check could take. One that goes to port 0 fails always, so every real server would be taken out.',
  examples: {
    bad: yaml`
      services:
        ftp:
          vip: 203.0.113.10
          port: 0
          persistence: {}
          pool: web
          check: { tcp: {} }
    `,
    good: yaml`
      services:
        ftp:
          vip: 203.0.113.10
          port: 0
          persistence: {}
          pool: web
          check: { tcp: {}, port: 21 }
    `,
  },
  source: 'connect(2); keepalived check_api.c: queue_checker',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    if (isUnclear(service, loaded)) continue;
    for (const { path, check: group, server } of checksIn(loaded, service)) {
      if (server.port !== 0 || group.port !== undefined || loaded.incomplete(path)) continue;
      const lacking = singlesOf({ check: group, path }).find(({ single }) => needsPort(single));
      if (lacking === undefined) continue;
      yield {
        path: lacking.path,
        side: 'key',
        message: `The check of ${server.name} in ${service.name} needs a port, since the real server has none`,
        hint: 'add port to the check',
      };
    }
  }
}

/** What makes a port 0 is a finding of its own here: a mark beside a vip, or all ports without persistence. */
function isUnclear({ name, persistence }: DesiredService, { spec, incomplete }: LoadedSpec): boolean {
  const written = spec.services?.[name];
  const isMark = written?.fwmark !== undefined;
  return incomplete(['services', name]) || (written?.vip !== undefined && (isMark || persistence === null));
}

const WITHOUT_PORT = ['ping', 'script', 'file', 'bfd'] as const;

function needsPort(single: SingleCheckSpec): boolean {
  return single.port === undefined && WITHOUT_PORT.every((kind) => single[kind] === undefined);
}

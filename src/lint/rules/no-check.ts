import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost, settingPath } from '../written.ts';
import { keepalivedServices } from '../written-checks.ts';

export const noCheck: Rule = {
  id: 'LVS143',
  name: 'no-check',
  severity: 'warning',
  why: 'A real server without a check counts as up, and gets its clients while it is down',
  harm: 'keepalived takes a real server out only when a checker fails. One without a checker stays in the kernel while it is down, and with several real servers a share of all connections fails. keepalived -t says nothing. Where it is meant, check: none says so.',
  examples: {
    bad: yaml`
      defaults: { forwarding: nat, owner: keepalived }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
    good: yaml`
      defaults: { forwarding: nat, owner: keepalived }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {} } }
    `,
  },
  source: 'keepalived check_data.c: only checkers mark a real server as failed',
  check,
};

/** Reported once for a service: mostly one line is missing, there or in `defaults`. */
function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of keepalivedServices(loaded)) {
    const path = ['services', service.name];
    const places = serversIn(loaded, service);
    const lacking = places.filter(
      (place) => settingPath(loaded, place, 'check') === null && !settingLost(loaded, place, 'check'),
    );
    const first = lacking[0];
    if (first === undefined || [path, ['defaults'], first.written.path].some((at) => loaded.incomplete(at))) continue;
    const isAll = lacking.length === places.length;
    yield {
      path: isAll ? path : first.written.path,
      side: 'key',
      message: isAll
        ? `The real servers of ${service.name} have no check: each counts as up, whatever happens`
        : `${first.server.name} in ${service.name} has no check: it counts as up, whatever happens`,
      hint: 'add check, or check: none if it is meant',
    };
  }
}

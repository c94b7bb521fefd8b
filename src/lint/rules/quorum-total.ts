import type { DesiredService } from '../../model/desired.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost } from '../written.ts';

export const quorumTotal: Rule = {
  id: 'LVS144',
  name: 'quorum-total',
  severity: 'warning',
  why: 'A quorum that the real servers cannot reach is one that keepalived replaces by its own, or that is never gained',
  harm: 'keepalived lowers a quorum above the total weight to that weight, and a hysteresis that is not below the quorum to one less. lvsctl takes them as they stand: with a quorum above the total weight the sorry server serves for ever. A quorum that fits but cannot be gained again with its hysteresis keeps the service on it although every real server is healthy.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, quorum: 3 }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, quorum: 1 }
    `,
  },
  source:
    'keepalived check_data.c: validate_check_config; ipwrapper.c: update_quorum_state; on quorum and sorry server: acassen/keepalived#1816, #490, #1370',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const places = serversIn(loaded, service);
    const total = places.reduce((sum, { server }) => sum + server.weight, 0);
    const report = checkService(service, total);
    // That all weights are 0 is a finding of its own.
    if (report === undefined || total === 0 || places.some((place) => settingLost(loaded, place, 'weight'))) continue;
    const base = places[0]?.written.path.slice(0, -1);
    if (base === undefined || loaded.damaged(base) || loaded.incomplete(['services', service.name])) continue;
    yield report;
  }
}

function checkService({ name, availability }: DesiredService, total: number): Report | undefined {
  const { quorum, hysteresis } = availability;
  const path = ['services', name];
  if (quorum > total)
    return {
      path: [...path, 'quorum'],
      message: `quorum ${quorum} of ${name} is above ${total}, the weight of all its real servers`,
      hint: `use ${total} at most`,
    };
  if (hysteresis >= quorum)
    return {
      path: [...path, 'hysteresis'],
      message: `hysteresis ${hysteresis} of ${name} is not below its quorum ${quorum}`,
      hint: `use ${quorum - 1} at most`,
    };
  if (quorum + hysteresis <= total) return undefined;
  return {
    path: [...path, 'hysteresis'],
    message: `${name} never gains its quorum: quorum and hysteresis are ${quorum + hysteresis}, all its real servers ${total}`,
    hint: 'lower one of them',
  };
}

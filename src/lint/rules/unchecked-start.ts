import { yaml } from '../example.ts';
import { formatDuration } from '../../model/duration.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { differentChecksIn, keepalivedServices } from '../written-checks.ts';

export const uncheckedStart: Rule = {
  id: 'LVS262',
  name: 'unchecked-start',
  severity: 'warning',
  why: 'keepalived counts a real server as well until its check has failed, so that a dead one gets clients after every start',
  harm: 'Without alpha keepalived puts every real server into the pool when it starts, and asks it for the first time after a random part of warmup, which is the interval by default. A real server that is down gets its share of the clients until the first check has failed. It happens at a start, which is often a failover or an upgrade, when other trouble is expected anyway.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, owner: keepalived, check: { tcp: {}, warmup: 1m } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, owner: keepalived, check: { tcp: {}, warmup: 1m }, alpha: true }
    `,
  },
  source: 'keepalived check_api.c warmup, alpha; acassen/keepalived#2064',
  check,
};

/** A longer wait before the first question is worth a word. */
const MOST_SECONDS = 30;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of keepalivedServices(loaded)) {
    if (service.availability.alpha || loaded.damaged(['services', service.name, 'alpha'])) continue;
    for (const { path, check: written, server } of differentChecksIn(loaded, service)) {
      const warmup = server.check?.warmupSeconds ?? 0;
      if (warmup <= MOST_SECONDS || loaded.damaged(path)) continue;
      yield {
        path: [...path, written.warmup === undefined ? 'interval' : 'warmup'],
        message: `After a start, real servers of ${service.name} get clients for up to ${formatDuration(warmup)} before anybody has asked them`,
        hint: 'shorten warmup, or set alpha: true',
      };
    }
  }
}

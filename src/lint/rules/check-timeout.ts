import { yaml } from '../example.ts';
import { detectionOf } from '../../health/bounds.ts';
import { formatDuration } from '../../model/duration.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { differentChecksIn } from '../written-checks.ts';

export const checkTimeout: Rule = {
  id: 'LVS245',
  name: 'check-timeout',
  severity: 'warning',
  why: 'The next question waits for the answer to the last one, so a real server that hangs is asked less often than the interval says',
  harm: 'keepalived starts the timer of the next question when the last one is over. A real server that hangs is asked once per timeout and interval together, and not once per interval, so its failure is noticed later than the interval promises. lvsctl leaves out what comes due meanwhile. A real server that is well answers at once, so the interval seems to hold.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {}, interval: 2s, timeout: 5s } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {}, interval: 2s, timeout: 1s } }
    `,
  },
  source: 'keepalived check_tcp.c, check_http.c, check_misc.c: the timer starts when a check is over',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const { path, check: written, server } of differentChecksIn(loaded, service)) {
      if (server.check === null || loaded.damaged(path)) continue;
      const { timeoutSeconds, intervalSeconds } = server.check;
      if (timeoutSeconds <= intervalSeconds || detectionOf(server.check, service.owner).seconds === 0) continue;
      yield {
        path: [...path, written.timeout === undefined ? 'interval' : 'timeout'],
        message: `A check of ${service.name} may take ${formatDuration(timeoutSeconds)}${written.timeout === undefined ? ', which is the default,' : ''} and is to run every ${formatDuration(intervalSeconds)}`,
        hint:
          written.timeout === undefined ? 'add a timeout below the interval' : 'lower the timeout, or raise interval',
      };
    }
}

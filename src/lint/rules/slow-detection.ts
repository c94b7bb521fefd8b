import { yaml } from '../example.ts';
import { detectionOf } from '../../health/bounds.ts';
import { formatDuration } from '../../model/duration.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { differentChecksIn } from '../written-checks.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const slowDetection: Rule = {
  id: 'LVS244',
  name: 'slow-detection',
  severity: 'warning',
  why: 'Until a failure is noticed, clients are sent to what has failed',
  harm: 'A real server is asked again an interval after its last success, and counts as failed after as many questions as fall says, each of which may take the whole timeout. Until then the scheduler sends it its share of the clients. The parts look harmless one by one, and the sum stands nowhere in keepalived.conf.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {}, interval: 30s, timeout: 5s, fall: 3 } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {}, interval: 5s, timeout: 2s, fall: 3 } }
    `,
  },
  source: 'keepalived check_api.c, vrrp_scheduler.c; RFC 5798 §6.1 Master_Down_Interval',
  check,
};

/** More than this is rarely meant. */
const MOST_SECONDS = 60;

function* check(loaded: LoadedSpec): Iterable<Report> {
  yield* ofServers(loaded);
  yield* ofScripts(loaded);
  yield* ofDirectors(loaded);
}

function* ofServers(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const { path, server } of differentChecksIn(loaded, service)) {
      if (server.check === null || loaded.damaged(path)) continue;
      const { seconds, sum } = detectionOf(server.check, service.owner);
      if (seconds <= MOST_SECONDS) continue;
      yield {
        path,
        side: 'key',
        message: `It may take ${formatDuration(Math.ceil(seconds))} until the failure of a real server of ${service.name} is noticed: ${sum}`,
        hint: 'shorten the interval or the timeout, or lower fall',
      };
    }
}

function* ofScripts(loaded: LoadedSpec): Iterable<Report> {
  for (const [name, { interval = 1, timeout = interval, fall = 1 }] of Object.entries(
    loaded.spec.track?.scripts ?? {},
  )) {
    const path = ['track', 'scripts', name];
    const seconds = fall * interval + timeout;
    if (seconds <= MOST_SECONDS || loaded.incomplete(path)) continue;
    yield {
      path,
      side: 'key',
      message: `It may take ${formatDuration(seconds)} until ${name} counts as failed: ${fall} x interval ${formatDuration(interval)} + timeout ${formatDuration(timeout)}`,
      hint: 'shorten the interval or the timeout, or lower fall',
    };
  }
}

/** The lowest priority waits longest, nearly an interval more (the skew). */
function* ofDirectors(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant } of writtenInstances(loaded)) {
    const adverts = meant.downTimerAdverts ?? 3;
    const interval = meant.advertSeconds ?? 1;
    const lowest = Math.min(...meant.members.map(({ priority }) => priority));
    const seconds = Math.round(interval * (adverts + (256 - lowest) / 256));
    if (meant.members.length < 2 || seconds <= MOST_SECONDS) continue;
    yield {
      path: [...path, meant.advertSeconds === null ? 'down_timer_adverts' : 'advert_interval'],
      message: `It may take ${formatDuration(seconds)} until another director takes ${name} over: ${adverts} adverts of ${formatDuration(interval)}, and the skew of priority ${lowest}`,
      hint: 'shorten advert_interval',
    };
  }
}

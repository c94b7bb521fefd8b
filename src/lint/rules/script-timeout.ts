import { formatDuration } from '../../model/duration.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const scriptTimeout: Rule = {
  id: 'LVS224',
  name: 'script-timeout',
  severity: 'warning',
  why: 'keepalived does not start a script that is still running, so a slow one runs less often than its interval says',
  harm: 'keepalived does not start a script that is still running. One that may take longer than its interval skips runs, so a failure is noticed later than interval and fall say.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, interval: 2s, timeout: 5s } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, interval: 5s, timeout: 3s } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived vrrp_scheduler.c vrrp_script_thread; acassen/keepalived#535, #946',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const [name, { interval = 1, timeout }] of Object.entries(loaded.spec.track?.scripts ?? {})) {
    const path = ['track', 'scripts', name];
    if (timeout === undefined || timeout <= interval || loaded.damaged([...path, 'interval'])) continue;
    yield {
      path: [...path, 'timeout'],
      message: `${name} may take ${formatDuration(timeout)}, and is to run every ${formatDuration(interval)}`,
      hint: 'lower the timeout, or raise interval',
    };
  }
}

import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost, settingPath } from '../written.ts';

export const thresholdOrder: Rule = {
  id: 'LVS114',
  name: 'threshold-order',
  severity: 'error',
  why: 'The kernel refuses a lower threshold above the upper one, 0 (no limit) included',
  harm: 'The kernel answers with "Numerical result out of range" and does not add the real server. An upper threshold of 0 stands for no limit, but the kernel compares it as a number all the same, so a lower threshold alone is refused too.',
  examples: {
    bad: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, lower_threshold: 80 }
    `,
    good: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, upper_threshold: 100, lower_threshold: 80 }
    `,
  },
  source: 'ip_vs_ctl.c ip_vs_add_dest: ERANGE',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const place of serversIn(loaded, service)) {
      const { upperThreshold: upper, lowerThreshold: lower } = place.server;
      if (lower <= upper) continue;
      const path = settingPath(loaded, place, 'lower_threshold');
      if (path === null || settingLost(loaded, place, 'upper_threshold')) continue;
      yield {
        path,
        message: `lower_threshold ${lower} of ${place.server.name} is above its upper_threshold ${upper}${upper === 0 ? ' (no limit)' : ''}`,
        hint: 'raise upper_threshold, or lower this',
      };
    }
}

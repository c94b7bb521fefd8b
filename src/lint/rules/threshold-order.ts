import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost, settingPath } from '../written.ts';

export const thresholdOrder: Rule = {
  id: 'LVS114',
  name: 'threshold-order',
  severity: 'error',
  why: 'The kernel refuses a lower threshold above the upper one, 0 (no limit) included',
  source: 'ip_vs_ctl.c ip_vs_add_dest: ERANGE',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const place of serversIn(loaded, service)) {
      const { upperThreshold: upper, lowerThreshold: lower } = place.server;
      const path = settingPath(loaded, place, 'lower_threshold');
      if (lower <= upper || path === null || settingLost(loaded, place, 'upper_threshold')) continue;
      yield {
        path,
        message: `lower_threshold ${lower} of ${place.server.name} is above its upper_threshold ${upper}${upper === 0 ? ' (no limit)' : ''}`,
        hint: 'raise upper_threshold, or lower this',
      };
    }
}

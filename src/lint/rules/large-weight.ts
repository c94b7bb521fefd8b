import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingPath } from '../written.ts';

export const largeWeight: Rule = {
  id: 'LVS202',
  name: 'large-weight',
  severity: 'warning',
  why: 'The kernel takes weights up to 2147483647, but ipvsadm as published refuses more than 65535; Debian patches it',
  source: 'ipvsadm 1.31 parse_options; measured with Debian 12',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const place of serversIn(loaded, service)) {
      const path = settingPath(loaded, place, 'weight');
      if (place.server.weight <= 65535 || path === null) continue;
      const message = `Weight ${place.server.weight} of ${place.server.name} is above 65535, which some builds of ipvsadm refuse`;
      yield { path, message, hint: 'only the ratio of weights counts; divide them all' };
    }
}

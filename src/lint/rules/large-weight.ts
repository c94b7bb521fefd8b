import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingPath } from '../written.ts';

export const largeWeight: Rule = {
  id: 'LVS202',
  name: 'large-weight',
  severity: 'warning',
  why: 'The kernel takes weights up to 2147483647, but ipvsadm as published refuses more than 65535; Debian patches it',
  harm: 'Debian 12 patches ipvsadm 1.31 so that it takes weights up to 2147483647; as published it refuses more than 65535. A spec that works on one director then fails on another, in the middle of a change.',
  examples: {
    bad: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, weight: 100000 }
          web-2: { address: 10.0.0.22, weight: 200000 }
    `,
    good: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, weight: 1 }
          web-2: { address: 10.0.0.22, weight: 2 }
    `,
  },
  source: 'ipvsadm 1.31 parse_options; measured with Debian 12',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const place of serversIn(loaded, service)) {
      if (place.server.weight <= 65535) continue;
      const path = settingPath(loaded, place, 'weight');
      if (path === null) continue;
      const message = `Weight ${place.server.weight} of ${place.server.name} is above 65535, which some builds of ipvsadm refuse`;
      yield { path, message, hint: 'only the ratio of weights counts; divide them all' };
    }
}

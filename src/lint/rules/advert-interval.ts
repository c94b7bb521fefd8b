import { formatDuration } from '../../model/duration.ts';
import type { VrrpInstance } from '../../model/vrrp.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, writtenInstances } from '../written-vrrp.ts';

export const advertInterval: Rule = {
  id: 'LVS181',
  name: 'advert-interval',
  severity: 'error',
  why: 'An advert holds whole seconds with version 2, and hundredths with version 3; keepalived rounds what does not fit',
  harm: 'keepalived rounds an interval that the version of VRRP cannot carry: with version 2, 400 milliseconds become one second. Failover then takes longer than was planned, and with version 2 a router drops adverts whose interval is not its own.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          advert_interval: 400ms
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          version: 3
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          advert_interval: 400ms
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance; RFC 3768 §5.3.7, RFC 5798 §5.2.7; measured with 2.2.7; acassen/keepalived#1615, #2235',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, meant } = instance;
    if (isLost(loaded, instance, 'vips', 'version') || loaded.damaged(['keepalived', 'vrrp_version'])) continue;
    if (meant.advertSeconds === null || fits(meant.advertSeconds, meant.version)) continue;
    yield {
      path: [...path, 'advert_interval'],
      message: `${name} speaks VRRP version ${meant.version}, whose advert_interval is ${RANGES[meant.version]}, not ${written(meant.advertSeconds)}`,
      ...(meant.version === 2 ? { hint: 'round it, or use version: 3' } : {}),
    };
  }
}

const RANGES: Readonly<Record<VrrpInstance['version'], string>> = {
  2: '1s to 255s in whole seconds',
  3: '10ms to 40.95s in steps of 10ms',
};

function fits(seconds: number, version: VrrpInstance['version']): boolean {
  const milliseconds = Math.round(seconds * 1000);
  return version === 2 ? milliseconds % 1000 === 0 : milliseconds % 10 === 0 && milliseconds <= 40950;
}

/** formatDuration rounds to seconds. */
function written(seconds: number): string {
  return Number.isInteger(seconds) ? formatDuration(seconds) : `${Math.round(seconds * 1000)}ms`;
}

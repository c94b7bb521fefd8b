import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const trackFile: Rule = {
  id: 'LVS191',
  name: 'track-file',
  severity: 'error',
  why: 'keepalived complains of a first number that is no weight, and has nothing to set a file to without one',
  harm: 'lvsctl has keepalived put a first number into a tracked file that is not there yet. keepalived wants it from -254 to 254, as a weight is, and complains of any other; overwrite without a number has nothing to write.',
  examples: {
    bad: yaml`
      track:
        files: { load: { path: /run/load, overwrite: true } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { files: { load: {} } }
    `,
    good: yaml`
      track:
        files: { load: { path: /run/load, initial: 0, overwrite: true } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { files: { load: {} } }
    `,
  },
  source: 'keepalived track_file.c track_file_init_handler; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, initial, overwrite } of loaded.desired.keepalived.trackers.files) {
    const path = ['track', 'files', name];
    if (initial !== undefined && Math.abs(initial) > 254)
      yield { path: [...path, 'initial'], message: `initial of ${name} must be -254 to 254, not ${initial}` };
    if (overwrite && initial === undefined && !loaded.incomplete(path))
      yield {
        path: [...path, 'overwrite'],
        side: 'key',
        message: `${name} is to be overwritten with nothing`,
        hint: 'add initial, the number to write',
      };
  }
}

import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, writtenInstances } from '../written-vrrp.ts';

export const instanceWithoutDirector: Rule = {
  id: 'LVS170',
  name: 'instance-without-director',
  severity: 'error',
  why: 'Nobody would hold its VIPs',
  harm: 'An instance is written into the keepalived.conf of its directors only. Without any, no host speaks for it, and nobody holds its VIPs.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: {}
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'lvsctl: one keepalived.conf for each of the directors',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, written, meant } = instance;
    if (meant.members.length > 0 || directorsLost(loaded, instance)) continue;
    const { directors } = loaded.spec;
    // Directors that there are not are a mistake of their own: undefined-director.
    if (Object.keys(written.priority ?? {}).length > 0) continue;
    const hasNone = Object.keys(directors ?? {}).length === 0;
    yield {
      path: hasNone || written.priority === undefined ? path : [...path, 'priority'],
      side: 'key',
      message: hasNone
        ? `No director takes part in ${name}: the spec has none`
        : `The priority of ${name} names no director`,
      hint: hasNone ? 'add the directors under directors' : 'name some, or remove it for all of them',
    };
  }
}

import type { LoadedSpec } from '../../spec/load.ts';
import { absence } from '../known-names.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const undefinedDirector: Rule = {
  id: 'LVS160',
  name: 'undefined-director',
  severity: 'error',
  why: 'What is said of it would be written for nobody, and the instance would lack a director',
  harm: 'lvsctl writes one keepalived.conf for each director. What is said of a director that the spec does not have is written for none, and the instance has one director less than its author believes: no standby, perhaps.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb3: 100 }
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
  for (const { path, written } of writtenInstances(loaded))
    for (const key of ['priority', 'interface', 'source'] as const) {
      const byDirector = written[key];
      if (typeof byDirector !== 'object') continue;
      for (const name of Object.keys(byDirector)) {
        const absent = absence(loaded, { noun: 'director', name, section: ['directors'] });
        if (absent !== undefined) yield { path: [...path, key, name], side: 'key', ...absent };
      }
    }
}

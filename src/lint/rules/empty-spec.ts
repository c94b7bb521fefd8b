import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

/** Verbs with a guard of their own for this (`--allow-empty`) leave it out by its name. */
export const emptySpec: Rule = {
  id: 'LVS120',
  name: 'empty-spec',
  severity: 'error',
  why: 'A spec without services asks for the removal of every service; a truncated file looks just like it',
  harm: 'To a tool that makes the kernel look like its file, an empty file means "remove everything". That is also what a file looks like that was cut off, or that a template left empty, and keepalived -t takes it for a good one. Verbs that change something have --allow-empty for the rare day on which it is meant.',
  examples: {
    bad: yaml`
      services: {}
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'lvsctl; keepalived -t takes an empty file for a good one',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (Object.keys(loaded.spec.services ?? {}).length > 0) return;
  if (loaded.damaged(['services']) || loaded.incomplete([])) return;
  yield { path: ['services'], side: 'key', message: 'The spec has no service', hint: 'add one under services' };
}

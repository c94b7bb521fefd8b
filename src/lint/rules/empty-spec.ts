import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

/** Verbs with a guard of their own for this (`--allow-empty`) leave it out by its name. */
export const emptySpec: Rule = {
  id: 'LVS120',
  name: 'empty-spec',
  severity: 'error',
  why: 'A spec without services asks for the removal of every service; a truncated file looks just like it',
  source: 'lvsctl; keepalived -t takes an empty file for a good one',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (Object.keys(loaded.spec.services ?? {}).length > 0) return;
  if (loaded.damaged(['services']) || loaded.incomplete([])) return;
  yield { path: ['services'], side: 'key', message: 'The spec has no service', hint: 'add one under services' };
}

import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const noDirectors: Rule = {
  id: 'LVS206',
  name: 'no-directors',
  severity: 'info',
  why: 'Without directors and vrrp, lvsctl writes no keepalived.conf: somebody else must bring the VIPs to this host',
  source: 'lvsctl',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { directors, vrrp, services } = loaded.spec;
  if (directors !== undefined || vrrp !== undefined || Object.keys(services ?? {}).length === 0) return;
  if (loaded.incomplete([])) return;
  yield {
    path: ['services'],
    side: 'key',
    message: 'The spec has no directors and no vrrp: it is for one director, and somebody else holds its VIPs',
  };
}

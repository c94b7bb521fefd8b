import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const noDirectors: Rule = {
  id: 'LVS206',
  name: 'no-directors',
  severity: 'info',
  why: 'Without directors and vrrp, lvsctl writes no keepalived.conf: somebody else must bring the VIPs to this host',
  harm: 'Such a spec is complete for one director on which something else holds the VIPs. Where the VIPs are to move between hosts, nothing would move them: keepalived.conf is written for directors of the spec only.',
  examples: {
    bad: {
      'web.lvs.yaml': yaml`
        version: 1
        services:
          web: { vip: 203.0.113.10, port: 80, forwarding: nat, servers: { web-1: 10.0.0.21 } }
      `,
    },
    good: {
      'web.lvs.yaml': yaml`
        version: 1
        directors:
          lb1: { address: 192.0.2.11, interface: eth0 }
        services:
          web: { vip: 203.0.113.10, port: 80, forwarding: nat, servers: { web-1: 10.0.0.21 } }
      `,
    },
  },
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

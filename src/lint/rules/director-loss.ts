import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { type Holding, simulate } from '../failover/simulate.ts';
import type { Report, Rule } from '../rule.ts';

export const directorLoss: Rule = {
  id: 'LVS243',
  name: 'director-loss',
  severity: 'info',
  why: 'Where several directors work, the others take the VIPs of one that fails; one of them may get more than it can carry',
  harm: 'Several virtual routers share the load of several directors: each director is master of some VIPs. When one fails, the next by priority takes its VIPs, and gets more than twice what it had. While all directors run none of them is near its limit, so the first failure is also the first test.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12, interface: eth0 }
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24, 203.0.113.11/24], priority: { lb1: 150, lb2: 100 } }
        mail: { virtual_router_id: 52, vips: [203.0.113.12/24], priority: { lb1: 100, lb2: 150 } }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12, interface: eth0 }
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        mail: { virtual_router_id: 52, vips: [203.0.113.12/24], priority: { lb1: 100, lb2: 150 } }
    `,
  },
  source: 'RFC 5798 §4.2: load sharing by several virtual routers',
  check,
};

/** More than this many times what it had is worth a word. */
const MOST = 2;

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (['vrrp', 'directors', 'sync_groups', 'track'].some((section) => loaded.damaged([section]))) return;
  const usual = vipsByDirector(loaded, simulate(loaded.desired, []));
  if (usual.size < 2) return;
  for (const { name: lost } of loaded.desired.directors) {
    const after = vipsByDirector(loaded, simulate(loaded.desired, [{ kind: 'director', director: lost }]));
    for (const [director, count] of after) {
      const before = usual.get(director) ?? 0;
      if (before === 0 || count <= MOST * before) continue;
      yield {
        path: ['directors', director],
        side: 'key',
        message: `When ${lost} fails, ${director} holds ${count} VIPs instead of ${before}`,
        hint: 'see that it can carry them, or spread them over the others by their priorities',
      };
    }
  }
}

function vipsByDirector({ desired }: LoadedSpec, holdings: readonly Holding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { instance, holders } of holdings) {
    const meant = desired.keepalived.instances.find(({ name }) => name === instance);
    const vips = (meant?.vips.length ?? 0) + (meant?.excludedVips.length ?? 0);
    for (const director of holders) counts.set(director, (counts.get(director) ?? 0) + vips);
  }
  return counts;
}

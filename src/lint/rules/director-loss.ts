import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Holders } from '../failover/survey.ts';
import type { Report, Rule } from '../rule.ts';
import { surveyedWorlds } from '../surveyed.ts';

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
  const usual: Counts = new Map();
  const gains = new Map<string, Counts>();
  for (const { survey } of surveyedWorlds(loaded)) {
    // Of a part of the cluster nothing follows for the whole.
    if (survey === null) return;
    count(usual, survey.usual, 1);
    for (const { failure, holders } of survey.after) {
      if (failure.kind !== 'director') continue;
      const gained: Counts = gains.get(failure.director) ?? new Map();
      gains.set(failure.director, gained);
      count(gained, survey.usual, -1);
      count(gained, holders, 1);
    }
  }
  if (usual.size >= 2)
    for (const { name } of loaded.desired.directors) yield* overloads(name, { usual, gained: gains.get(name) });
}

/** VIPs by director. */
type Counts = Map<string, number>;

function count(counts: Counts, holders: Holders, factor: 1 | -1): void {
  for (const [{ vips, excludedVips }, directors] of holders)
    for (const director of directors)
      counts.set(director, (counts.get(director) ?? 0) + factor * (vips.length + excludedVips.length));
}

function* overloads(
  lost: string,
  { usual, gained = new Map() }: { usual: Counts; gained: Counts | undefined },
): Iterable<Report> {
  for (const [director, more] of gained) {
    const before = usual.get(director) ?? 0;
    const after = before + more;
    if (before === 0 || after <= MOST * before) continue;
    yield {
      path: ['directors', director],
      side: 'key',
      message: `When ${lost} fails, ${director} holds ${after} VIPs instead of ${before}`,
      hint: 'see that it can carry them, or spread them over the others by their priorities',
    };
  }
}

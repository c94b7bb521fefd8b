import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, isLost, writtenInstances } from '../written-vrrp.ts';

export const singleDirector: Rule = {
  id: 'LVS266',
  name: 'single-director',
  severity: 'info',
  why: 'The VIPs of an instance with one director are gone when that director fails, though there are others',
  harm: 'VRRP moves an address between the routers that take part in one virtual router. An instance with one director has nobody to move to: its VIPs are gone when that director is, while the other directors run and hold theirs. It looks highly available, since keepalived runs on all of them.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
  },
  source: 'RFC 5798 §2: VRRP is for several routers',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (loaded.desired.directors.length < 2) return;
  for (const instance of writtenInstances(loaded)) {
    const { name, path, meant } = instance;
    const [only, another] = meant.members;
    // Other routers, that are no directors of this spec, may stand in.
    const isAlone = only !== undefined && another === undefined && (meant.unicast?.peers.length ?? 0) === 0;
    // A director that is not there is a finding of its own.
    if (Object.keys(instance.written.priority ?? {}).length > 1) continue;
    if (!isAlone || directorsLost(loaded, instance) || isLost(loaded, instance, 'unicast')) continue;
    yield {
      path: [...path, 'priority'],
      side: 'key',
      message: `Nobody holds the VIPs of ${name} when ${only.director} fails: no other director takes part in it`,
      hint: 'add another one to priority',
    };
  }
}

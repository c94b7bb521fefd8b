import { yaml } from './example.ts';
import type { Impact } from '../model/conf-change.ts';
import { serviceKey } from '../model/table.ts';
import type { LoadedSpec } from '../spec/load.ts';
import { type Path, valueAt } from '../spec/place.ts';
import type { Finding } from './finding.ts';
import { headOf, type RuleInfo } from './rule.ts';
import { firstChange } from './spec-change.ts';
import { writtenVips } from './written-vips.ts';
import { writtenInstances } from './written-vrrp.ts';

/** Judged only where there is something to compare with. */
export const reloadImpactRule: RuleInfo = {
  id: 'LVS290',
  name: 'reload-impact',
  severity: 'warning',
  why: 'Some changes make keepalived take a VIP or a service away and make it anew, which breaks connections; most have a way around',
  harm: 'keepalived knows an instance by its virtual_router_id, its interface and the way of its adverts, and a service by its address. What has another identity after a reload is another thing: the old one goes, with its VIPs or its real servers, and the new one begins from nothing. An instance then waits for at least three adverts before it takes its VIPs back. keepalived -t sees only the new file, which is right.',
  examples: {
    bad: {
      before: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
      after: yaml`
      vrrp:
        site: { virtual_router_id: 52, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
    },
    good: {
      before: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
      after: yaml`
      vrrp:
        site: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
    },
  },
  source:
    'keepalived vrrp.c clear_diff_vrrp, check/ipwrapper.c clear_diff_services; acassen/keepalived#349, #2159, #2364',
};

/** What a reload of keepalived does on one director. */
export interface DirectorImpacts {
  readonly director: string;
  readonly impacts: readonly Impact[];
}

/** What the change from one spec to another costs, at the places that changed. Notes are left to plan. */
export function reloadFindings(
  loaded: LoadedSpec,
  { base, directors }: { base: LoadedSpec; directors: readonly DirectorImpacts[] },
): Finding[] {
  const costly = directors.flatMap(({ director, impacts }) =>
    impacts.filter(({ level }) => level === 'disruptive').map((impact) => ({ director, impact })),
  );
  // The directors load the same change; that each of them is told of by name does not make it another one.
  const alike = Map.groupBy(costly, ({ impact: { kind, subject } }) => `${kind}\n${subject}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { message, hint, subject } = first.impact;
    const where = group.map(({ director }) => director).join(', ');
    return {
      ...headOf(reloadImpactRule),
      message: `${message} (${where})`,
      ...placeOf(loaded, base, subject),
      ...(hint === undefined ? {} : { hint }),
    };
  });
}

/** The first thing that changed in what an impact is about; the whole of it where nothing is there any more. */
function placeOf(loaded: LoadedSpec, base: LoadedSpec, subject: string): Pick<Finding, 'range' | 'path'> {
  const about = pathOf(loaded, subject) ?? pathOf(base, subject);
  const below = about && firstChange(valueAt(base.spec, about), valueAt(loaded.spec, about));
  const path = about === undefined ? firstChange(base.spec, loaded.spec) : [...about, ...(below ?? [])];
  return { path, range: loaded.locate(path, (below ?? []).length === 0 ? 'key' : 'value') };
}

/** Where a subject stands: an instance by its name, a VIP, a service by its key, a real server with its service. */
function pathOf(loaded: LoadedSpec, subject: string): Path | undefined {
  const instances = writtenInstances(loaded);
  const instance = instances.find(({ name }) => name === subject);
  if (instance !== undefined) return instance.path;
  const address = subject.replace(/\/\d+$/, '');
  const vip = instances.flatMap(writtenVips).find((one) => one.address.text === address);
  if (vip !== undefined) return vip.path.slice(0, 2);
  const key = subject.split(' of ').at(-1);
  const service = loaded.desired.services.find((one) => serviceKey(one.address) === key);
  if (service !== undefined) return ['services', service.name];
  const group = loaded.spec.sync_groups?.[subject];
  return group === undefined ? undefined : ['sync_groups', subject];
}

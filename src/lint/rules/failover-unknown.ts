import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { MAX_WORK, surveyedWorlds } from '../surveyed.ts';
import { writtenInstances } from '../written-vrrp.ts';

const device = (index: number) => `e${index}: {}`;

export const failoverUnknown: Rule = {
  id: 'LVS269',
  name: 'failover-unknown',
  severity: 'info',
  why: 'Lint plays every single failure through to see who holds the VIPs then; here that is too much, and it looks for no mistakes of this kind',
  harm: `Everything that may fail alone is played with every director and everything that it follows, and a spec may take ${MAX_WORK.toLocaleString('en')} looks. No cluster comes near: 1,000 instances on two directors take 20,000, and 350 directors of one instance all of them. Nothing is wrong with the spec for that, but findings such as no-holder, two-masters, no-takeover and director-loss are missing.`,
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { interfaces: { ${Array.from({ length: 400 }, (_, index) => device(index)).join(', ')} } }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { interfaces: { ${device(0)}, ${device(1)}, ${device(2)} } }
    `,
  },
  source: 'lvsctl',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const unknown = surveyedWorlds(loaded).flatMap(({ survey, world }) => (survey === null ? world.instances : []));
  const isUnknown = new Set(unknown);
  const first = writtenInstances(loaded).find(({ meant }) => isUnknown.has(meant));
  if (first === undefined) return;
  const more = unknown.length === 1 ? '' : ` and ${unknown.length - 1} more`;
  yield {
    path: first.path,
    side: 'key',
    message: `What happens to the VIPs of ${first.name}${more} when something fails is not looked into: there are too many directors, or things that they follow`,
    hint: 'divide the spec, let fewer directors share an instance, or let it follow less',
  };
}

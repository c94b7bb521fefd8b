import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Failure } from '../failover/failure.ts';
import { holdersAfter } from '../failover/survey.ts';
import type { Report, Rule } from '../rule.ts';
import { type Surveyed, surveyedWorlds } from '../surveyed.ts';
import { allTrackerUses, TRACKER_NOUNS, type TrackerUse } from '../tracker-uses.ts';

export const commonFailure: Rule = {
  id: 'LVS239',
  name: 'common-failure',
  severity: 'info',
  why: 'What may fail on all directors at once, such as the gateway that they all ping, takes the VIPs away though every director works',
  harm: 'What has weight 0 puts an instance into FAULT when it fails. What all directors ask of one host outside, such as a gateway, fails on all of them in the same moment, and no director is left to hold the VIP. It takes away a service whose directors and real servers all work, and looks like an outage of the load balancer.',
  examples: {
    bad: yaml`
      track: { scripts: { gateway: { command: /usr/bin/ping -c 1 -W 1 192.0.2.1, timeout: 2s, interval: 5s } } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { gateway: {} } }
    `,
    good: yaml`
      track: { scripts: { gateway: { command: /usr/bin/ping -c 1 -W 1 192.0.2.1, timeout: 2s, interval: 5s } } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { gateway: { weight: -60 } } }
    `,
  },
  source: 'keepalived.conf(5) vrrp_script weight; vrrp_track.c down_instance',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const shared = allTrackerUses(loaded).flatMap((use) => {
    const failure = everywhere(use, loaded);
    return failure === undefined ? [] : [{ use, failure }];
  });
  if (shared.length === 0) return;
  const lost = lostByTracker(loaded, shared);
  // Several things that one instance follows are told of once.
  for (const [, uses] of Map.groupBy(shared, ({ use }) => use.path.slice(0, 2).join(' '))) {
    const fatal = uses.filter(({ use }) => lost(use).length > 0);
    const [first] = fatal;
    if (first === undefined) continue;
    const { kind, name, path } = first.use;
    const more = fatal.length === 1 ? '' : ` (or one of ${fatal.length - 1} more)`;
    yield {
      path,
      side: 'key',
      message: `When ${TRACKER_NOUNS[kind]} ${name}${more} fails on all directors, nobody holds the VIPs of ${firstOf(lost(first.use))}`,
      hint: 'if that may happen, give it a weight: priorities sink together then, and the master stays',
    };
  }
}

interface SharedUse {
  readonly use: TrackerUse;
  readonly failure: Failure;
}

/** Finds the instances that lose their VIPs with what is shared; each thing is tried once, where it is followed. */
function lostByTracker(loaded: LoadedSpec, shared: readonly SharedUse[]): (use: TrackerUse) => readonly string[] {
  const followers = new Map<string, Set<Surveyed>>();
  for (const surveyed of surveyedWorlds(loaded))
    for (const { followed } of surveyed.world.parts)
      for (const one of followed) {
        const known = followers.get(keyOf(one));
        if (known === undefined) followers.set(keyOf(one), new Set([surveyed]));
        else known.add(surveyed);
      }
  const lost = new Map<string, readonly string[]>();
  for (const { use, failure } of shared) {
    const key = keyOf(use);
    if (!lost.has(key)) lost.set(key, [...(followers.get(key) ?? [])].flatMap((one) => lostIn(one, failure)).sort());
  }
  return (use) => lost.get(keyOf(use)) ?? [];
}

function keyOf({ kind, name }: Pick<TrackerUse, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

function lostIn({ world, survey }: Surveyed, failure: Failure): readonly string[] {
  if (survey === null) return [];
  const after = holdersAfter(world, failure);
  return world.instances.flatMap((instance) => {
    const isLost = after.get(instance)?.length === 0 && survey.usual.get(instance)?.length !== 0;
    return isLost ? [instance.name] : [];
  });
}

/** A spec may have thousands that follow one gateway, and a finding for each. */
const MOST_NAMES = 5;

function firstOf(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more`;
}

/** The failure on all directors of what is outside of them: what they do not share does not fail for one reason. */
function everywhere({ kind, name, weight }: TrackerUse, { spec, desired }: LoadedSpec): Failure | undefined {
  if (weight !== 0) return undefined;
  const neighbour = spec.track?.bfd?.[name]?.neighbor;
  const isOutside =
    neighbour !== undefined && !desired.directors.some(({ address }) => address.text === neighbour.text);
  if (kind === 'bfd' && isOutside) return { kind: 'bfd', name, director: null };
  const command = spec.track?.scripts?.[name]?.command ?? '';
  return kind === 'scripts' && ASKS_ANOTHER_HOST.test(command) ? { kind: 'script', name, director: null } : undefined;
}

const ASKS_ANOTHER_HOST =
  /(?:^|[\s/])(?:f|arp)?ping6?\s|:\/\/(?!localhost|127\.|\[::1\])|\s(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}\b/;

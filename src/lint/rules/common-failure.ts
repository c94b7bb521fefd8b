import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Failure } from '../failover/failure.ts';
import { simulate } from '../failover/simulate.ts';
import type { Report, Rule } from '../rule.ts';
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
  const usual = shared.length === 0 ? [] : simulate(loaded.desired, []);
  // Several things that one instance follows are told of once.
  for (const [, uses] of Map.groupBy(shared, ({ use }) => use.path.slice(0, 2).join(' '))) {
    const fatal = uses.filter(({ failure }) => lostBy(loaded, { failure, usual }).length > 0);
    const [first] = fatal;
    if (first === undefined) continue;
    const { kind, name, path } = first.use;
    const more = fatal.length === 1 ? '' : ` (or one of ${fatal.length - 1} more)`;
    yield {
      path,
      side: 'key',
      message: `When ${TRACKER_NOUNS[kind]} ${name}${more} fails on all directors, nobody holds the VIPs of ${lostBy(loaded, { failure: first.failure, usual }).join(', ')}`,
      hint: 'if that may happen, give it a weight: priorities sink together then, and the master stays',
    };
  }
}

function lostBy(
  { desired }: LoadedSpec,
  { failure, usual }: { failure: Failure; usual: ReturnType<typeof simulate> },
): readonly string[] {
  return simulate(desired, [failure]).flatMap(({ instance, holders }, index) =>
    holders.length === 0 && (usual[index]?.holders.length ?? 0) > 0 ? [instance] : [],
  );
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

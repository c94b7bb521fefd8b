import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { describeFailure, type Failure } from '../failover/failure.ts';
import type { Standing } from '../failover/simulate.ts';
import type { Report, Rule } from '../rule.ts';
import { type Surveyed, surveyedByInstance } from '../surveyed.ts';
import { directorsLost, isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const noHolder: Rule = {
  id: 'LVS238',
  name: 'no-holder',
  severity: 'warning',
  why: 'Two directors are there so that one may fail; here one failure, or none at all, leaves the VIP with nobody',
  harm: 'A director in FAULT gives its VIPs up and takes part in no election. When one thing puts all directors of an instance into FAULT, or the only one that is left, nobody holds the VIP, though each director does what its file says. keepalived -t finds nothing, since it reads one file and knows nothing of the other directors.',
  examples: {
    bad: yaml`
      track: { scripts: { maintenance: { command: /usr/local/bin/in-maintenance, reverse: true } } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { maintenance: {} } }
    `,
    good: yaml`
      track: { scripts: { maintenance: { command: /usr/local/bin/in-service } } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { maintenance: {} } }
    `,
  },
  source: 'keepalived vrrp_scheduler.c vrrp_init_state; RFC 5798 §6.4',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (['track', 'sync_groups', 'directors'].some((section) => loaded.damaged([section]))) return;
  for (const instance of writtenInstances(loaded)) {
    if (instance.meant.members.length === 0 || directorsLost(loaded, instance)) continue;
    if (isLost(loaded, instance, 'track', 'interface', 'track_primary')) continue;
    const surveyed = surveyedByInstance(loaded).get(instance.meant);
    const message = surveyed && verdict(surveyed, instance);
    if (message !== undefined) yield { path: instance.path, side: 'key', ...message };
  }
}

function verdict(
  { survey, holding }: Surveyed,
  { name, meant }: WrittenInstance,
): Pick<Report, 'message' | 'hint'> | undefined {
  if (survey === null) return undefined;
  const standings = (failures: readonly Failure[]) => holding(name, failures)?.standings.map(describe).join('; ');
  if (survey.usual.get(meant)?.length === 0)
    return {
      message: `Nobody holds the VIPs of ${name} even while all is well: ${standings([])}`,
      hint: 'see what its directors follow',
    };
  if (meant.members.length < 2) return undefined;
  const failure = survey.after.find(({ holders }) => holders.get(meant)?.length === 0)?.failure;
  if (failure === undefined) return undefined;
  return {
    message: `Nobody holds the VIPs of ${name} when ${describeFailure(failure)} fails: ${standings([failure])}`,
    hint: 'let another director be able to take over',
  };
}

function describe({ director, state, why }: Standing): string {
  return `${director} is ${state === 'backup' ? state : `in ${state}`}${why === '' ? '' : `, since ${why}`}`;
}

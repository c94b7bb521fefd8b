import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';

export const syncNeedsIpVs: Rule<DirectorHost> = {
  id: 'DOC103',
  name: 'sync-needs-ip-vs',
  severity: 'error',
  why: 'keepalived starts connection sync from its VRRP process, which ends with a segmentation fault where ip_vs is not loaded',
  source: 'keepalived 2.2.7, measured: lvs_sync_daemon without ip_vs',
  check,
};

function* check({ facts, desired }: DirectorHost): Iterable<Report | NotSeen> {
  const state = facts.modules.get('ip_vs');
  if (state === undefined || desired.keepalived.syncDaemon === null) return;
  if (!state.known) yield* notSeen(state);
  else if (state.value === 'loadable')
    yield {
      seen: 'ip_vs is not loaded',
      wanted: 'ip_vs loaded before keepalived starts',
      fix: ['modprobe ip_vs'],
      advice: 'Put ip_vs into /etc/modules-load.d, so that it is loaded at the next boot too',
    };
}

import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';

export const ipVs: Rule<DirectorHost> = {
  id: 'DOC101',
  name: 'ip-vs',
  severity: 'error',
  why: 'Without ip_vs nothing is balanced, while VRRP goes on and draws the traffic to this host',
  source: 'keepalived: the checker process ends without ip_vs, the VRRP process does not',
  check,
};

function* check({ facts, desired }: DirectorHost): Iterable<Report | NotSeen> {
  const state = facts.modules.get('ip_vs');
  if (state === undefined || desired.services.length === 0) return;
  if (!state.known) yield* notSeen(state);
  else if (state.value === 'missing')
    yield {
      seen: `ip_vs is not loaded, and there is no module of that name for the kernel ${facts.kernelRelease}`,
      wanted: 'ip_vs, in the kernel or as a module',
      advice: 'Run a kernel with ip_vs, as the standard ones of Debian and RHEL; in a container, load it on the host',
    };
  else if (state.value === 'blocked')
    yield {
      seen: 'modprobe is told not to load ip_vs (`install ip_vs /bin/false` or the like in modprobe.d)',
      wanted: 'ip_vs loaded',
      fix: ['modprobe --ignore-install ip_vs'],
      advice: 'For good, remove that line from /etc/modprobe.d',
    };
}

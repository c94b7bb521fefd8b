import { modulesOf } from '../modules.ts';
import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';
import { isOlder } from '../../model/version-order.ts';

export const ipVsModule: Rule<DirectorHost> = {
  id: 'DOC102',
  name: 'ip-vs-module',
  severity: 'error',
  why: 'The kernel refuses a service whose scheduler or persistence engine it does not have, and all its real servers',
  source: 'net/netfilter/ipvs/ip_vs_ctl.c: ENOENT; request_module("ip_vs_%s")',
  check,
};

function* check({ facts, desired }: DirectorHost): Iterable<Report | NotSeen> {
  const ipVs = facts.modules.get('ip_vs');
  // Where ip_vs itself is missing, DOC101 says so, and that is enough.
  if (ipVs?.known && ipVs.value === 'missing') return;
  for (const { module, use, since, services } of modulesOf(desired)) {
    const state = facts.modules.get(module);
    if (state === undefined) continue;
    if (!state.known) yield* notSeen(state);
    else if (state.value === 'missing')
      yield {
        seen: `There is no module ${module} for the kernel ${facts.kernelRelease}${isOlder(facts.kernelRelease, since) ? `; it came with Linux ${since}` : ''}`,
        wanted: `The ${use}, for ${services.join(', ')}`,
        advice: 'Run a kernel that has it, or choose another one in the spec',
      };
    else if (state.value === 'blocked')
      yield {
        seen: `modprobe is told not to load ${module}`,
        wanted: `The ${use}, for ${services.join(', ')}`,
        fix: [`modprobe --ignore-install ${module}`],
        advice: 'For good, remove its line from /etc/modprobe.d',
      };
  }
}

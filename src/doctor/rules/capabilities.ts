import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';

export const capabilities: Rule<DirectorHost> = {
  id: 'DOC105',
  name: 'capabilities',
  severity: 'error',
  why: 'ip_vs is read and written with CAP_NET_ADMIN of the first user namespace; VRRP is spoken with CAP_NET_RAW',
  source: 'net/netfilter/ipvs/ip_vs_ctl.c: GENL_ADMIN_PERM; packet(7), raw(7)',
  check,
};

export const WANTED_CAPABILITIES = ['CAP_NET_ADMIN', 'CAP_NET_RAW'] as const;

function* check({ facts }: DirectorHost): Iterable<Report | NotSeen> {
  if (!facts.rights.known) return yield* notSeen(facts.rights);
  const { capabilities: own, isInitialUserNamespace } = facts.rights.value;
  const missing = WANTED_CAPABILITIES.filter((name) => !own.includes(name));
  if (missing.length > 0)
    yield {
      seen: `lvsctl runs without ${missing.join(' and ')}`,
      wanted: WANTED_CAPABILITIES.join(' and '),
      fix: ['sudo lvsctl doctor'],
      advice: `Run it as root; a unit or a container gets them by AmbientCapabilities=${WANTED_CAPABILITIES.join(' ')} or --cap-add`,
    };
  else if (!isInitialUserNamespace)
    yield {
      seen: 'lvsctl runs in a user namespace of its own',
      wanted: 'The user namespace of the host',
      advice: 'Run it outside of the container, or in one that is not rootless',
    };
}

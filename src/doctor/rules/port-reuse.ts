import { sysctlCommand } from '../commands.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { isOlder } from '../../model/version-order.ts';

export const portReuse: Rule<DirectorHost> = {
  id: 'DOC205',
  name: 'port-reuse',
  severity: 'warning',
  why: 'On kernels before 5.9 a connection from a port that was just in use begins a second late, or not at all',
  source: 'net/netfilter/ipvs/ip_vs_core.c, commit f0a5e4d7a594; kubernetes/kubernetes issue 81775',
  check,
};

const MODE = 'net.ipv4.vs.conn_reuse_mode';

function* check({ facts, desired }: DirectorHost): Iterable<Report | NotSeen> {
  if (desired.services.length === 0 || !isOlder(facts.kernelRelease, '5.9')) return;
  if (!facts.sysctls.known) return yield* notSeen(facts.sysctls);
  const mode = facts.sysctls.value.get(MODE);
  if (facts.sysctls.value.get('net.ipv4.vs.conntrack') !== '1' || mode === undefined || mode === '0') return;
  yield {
    seen: `${MODE} is ${mode} and net.ipv4.vs.conntrack is 1, with Linux ${facts.kernelRelease}`,
    wanted: `${MODE}=0`,
    fix: [sysctlCommand(facts, MODE, '0')],
  };
}

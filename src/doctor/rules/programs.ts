import { installCommand } from '../commands.ts';
import { needsKeepalived } from '../part.ts';
import type { DirectorHost, Report, Rule } from '../rule.ts';

export const programs: Rule<DirectorHost> = {
  id: 'DOC106',
  name: 'programs',
  severity: 'error',
  why: 'lvsctl speaks to the kernel and to VRRP by these programs',
  source: 'lvsctl',
  check,
};

const PACKAGES = {
  ipvsadm: { apt: 'ipvsadm', dnf: 'ipvsadm' },
  keepalived: { apt: 'keepalived', dnf: 'keepalived' },
  ip: { apt: 'iproute2', dnf: 'iproute' },
} as const;

function* check(host: DirectorHost): Iterable<Report> {
  const { facts, desired } = host;
  const wanted = {
    ipvsadm: desired.services.length > 0,
    keepalived: needsKeepalived(host),
    ip: true,
  } as const;
  for (const program of ['ip', 'ipvsadm', 'keepalived'] as const) {
    if (!wanted[program] || facts.programs.get(program) !== null) continue;
    yield {
      seen: `${program} is not on the PATH`,
      wanted: `The program ${program}`,
      fix: installCommand(facts, PACKAGES[program]),
      advice: `It is in the package ${PACKAGES[program].apt} (RHEL: ${PACKAGES[program].dnf})`,
    };
  }
}

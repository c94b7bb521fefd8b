import { directorSysctls } from '../../needs/director-sysctls.ts';
import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { sysctlReports } from '../sysctl-reports.ts';
import { FORWARDING } from './forwarding.ts';

export const directorSysctl: Rule<DirectorHost> = {
  id: 'DOC202',
  name: 'director-sysctl',
  severity: 'warning',
  why: 'The spec calls for another value of this kernel parameter',
  source: 'Documentation/networking/ipvs-sysctl.rst, ip-sysctl.rst',
  check,
};

function* check({ facts, desired, director }: DirectorHost): Iterable<Report | NotSeen> {
  const rows = directorSysctls(desired, director?.name).filter(({ name }) => !FORWARDING.includes(name));
  // Without ip_vs there are no parameters of it, and that is for DOC101.
  const ipVs = facts.modules.get('ip_vs');
  const isLoaded = ipVs === undefined || !ipVs.known || ipVs.value === 'loaded';
  yield* sysctlReports(facts, isLoaded ? rows : rows.filter(({ name }) => !name.startsWith('net.ipv4.vs.')));
}

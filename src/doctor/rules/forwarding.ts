import { sysctlReports } from '../sysctl-reports.ts';
import { directorSysctls } from '../../needs/director-sysctls.ts';
import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';

export const forwarding: Rule<DirectorHost> = {
  id: 'DOC201',
  name: 'forwarding',
  severity: 'error',
  why: 'The answers of real servers by nat pass through the director, which drops them unless it forwards',
  source: 'Documentation/networking/ip-sysctl.rst',
  check,
};

/** Without these nothing comes back; all others are for some day. */
export const FORWARDING: readonly string[] = ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'];

function* check({ facts, desired, director }: DirectorHost): Iterable<Report | NotSeen> {
  const rows = directorSysctls(desired, director?.name).filter(({ name }) => FORWARDING.includes(name));
  yield* sysctlReports(facts, rows);
}

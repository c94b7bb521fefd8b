import type { NotSeen, Report, Rule, ServingHost } from '../rule.ts';
import { needsOf } from '../serving.ts';
import { sysctlReports } from '../sysctl-reports.ts';

export const arpLeak: Rule<ServingHost> = {
  id: 'DOC504',
  name: 'arp-leak',
  severity: 'error',
  why: 'A real server that answers ARP for a VIP draws its clients past the director',
  source: 'LVS-HOWTO: the ARP problem; Documentation/networking/ip-sysctl.rst: arp_ignore, arp_announce',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  yield* sysctlReports(host.facts, needsOf(host).sysctls);
}

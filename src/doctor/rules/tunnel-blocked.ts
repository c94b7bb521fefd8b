import { expectedByServer } from '../expected-packets.ts';
import { firewallReports } from '../firewall-reports.ts';
import type { NotSeen, Report, Rule, ServingHost } from '../rule.ts';

export const tunnelBlocked: Rule<ServingHost> = {
  id: 'DOC509',
  name: 'tunnel-blocked',
  severity: 'warning',
  why: 'Every request that the director wraps and sends here is lost',
  source: 'IP protocols 4, 41 and 47 are none that a firewall lets in by itself',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  yield* firewallReports(host.facts, expectedByServer(host));
}

import { expectedByDirector } from '../expected-packets.ts';
import { firewallReports } from '../firewall-reports.ts';
import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';

export const firewallDrops: Rule<DirectorHost> = {
  id: 'DOC305',
  name: 'firewall-drops',
  severity: 'warning',
  why: 'A director that does not get the adverts of the others becomes master beside them; one without sync loses connections',
  source: 'RFC 5798 §5.1.1.4: IP protocol 112; ip_vs_sync.c: UDP port 8848',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  yield* firewallReports(host.facts, expectedByDirector(host));
}

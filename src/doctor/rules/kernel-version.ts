import { tunnelUses } from '../../needs/tunnels.ts';
import type { DirectorHost, Report, Rule } from '../rule.ts';
import { isOlder } from '../../model/version-order.ts';

export const kernelVersion: Rule<DirectorHost> = {
  id: 'DOC104',
  name: 'kernel-version',
  severity: 'error',
  why: 'An older kernel takes the real server and sends plain IP in IP to it: it does not know the attribute',
  source: 'Linux 5.2 (ipvs: allow tunneling with gue encapsulation), 5.3 (gre, checksums)',
  check,
};

const SINCE = { gue: '5.2', gre: '5.3' } as const;

function* check({ facts, desired }: DirectorHost): Iterable<Report> {
  const uses = desired.services.flatMap((service) =>
    tunnelUses(service.servers.map((server) => ({ service, server }))),
  );
  for (const type of ['gue', 'gre'] as const) {
    const names = uses.filter(({ tunnel }) => tunnel.type === type).map(({ service }) => service.name);
    if (names.length === 0 || !isOlder(facts.kernelRelease, SINCE[type])) continue;
    yield {
      seen: `The kernel is ${facts.kernelRelease}`,
      wanted: `Linux ${SINCE[type]} or later, for tunnels by ${type} of ${[...new Set(names)].join(', ')}`,
      advice: 'Run a newer kernel, or use ipip',
    };
  }
}

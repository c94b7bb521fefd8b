import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const missingPort: Rule = {
  id: 'LVS105',
  name: 'missing-port',
  severity: 'error',
  why: 'ipvsadm takes a missing port for port 0, all ports, which is hardly ever meant',
  harm: 'ipvsadm reads a service address without a port as port 0, which is all ports and needs persistence. So the mistake either fails when it is applied, or opens every port of the VIP.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, pool: web }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'ipvsadm.c parse_service',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, service } of writtenServices(loaded)) {
    if (service.vip === undefined || service.fwmark !== undefined) continue;
    if (service.port !== undefined || loaded.incomplete(path)) continue;
    yield {
      path,
      side: 'key',
      message: `${name} has no port`,
      hint: 'add port; port: 0 with persistence stands for all ports',
    };
  }
}

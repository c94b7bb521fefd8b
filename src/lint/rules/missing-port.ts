import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const missingPort: Rule = {
  id: 'LVS105',
  name: 'missing-port',
  severity: 'error',
  why: 'ipvsadm takes a missing port for port 0, all ports, which is hardly ever meant',
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

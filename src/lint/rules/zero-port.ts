import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const zeroPort: Rule = {
  id: 'LVS103',
  name: 'zero-port',
  severity: 'error',
  why: 'Port 0 stands for all ports, which works only when a client stays with one real server',
  source: 'ipvsadm.c: "Zero port specified for non-persistent service"; keepalived check_data.c forces persistence',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, service } of writtenServices(loaded)) {
    if (service.port !== 0 || service.persistence !== undefined || loaded.incomplete(path)) continue;
    yield {
      path: [...path, 'port'],
      message: `Port 0 of ${name} stands for all ports, which needs persistence`,
      hint: 'add persistence: {}, or give the port',
    };
  }
}

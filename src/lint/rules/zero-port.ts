import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const zeroPort: Rule = {
  id: 'LVS103',
  name: 'zero-port',
  severity: 'error',
  why: 'Port 0 stands for all ports, which works only when a client stays with one real server',
  harm: 'ipvsadm refuses port 0 without persistence. The kernel itself would take it, and then the connections of one client to several ports, as FTP has them, could end on different real servers. keepalived turns persistence on by itself, which nobody asked for.',
  examples: {
    bad: yaml`
      services:
        ftp: { vip: 203.0.113.10, port: 0, pool: web, check: { ping: {} } }
    `,
    good: yaml`
      services:
        ftp: { vip: 203.0.113.10, port: 0, pool: web, check: { ping: {} }, persistence: { timeout: 5m } }
    `,
  },
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

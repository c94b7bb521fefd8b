import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type WrittenService, writtenServices } from '../written.ts';

export const noServers: Rule = {
  id: 'LVS111',
  name: 'no-servers',
  severity: 'error',
  why: 'The director refuses every connection to a service without real servers',
  harm: 'The kernel answers a connection to a service without real servers with an ICMP port unreachable, so clients see "connection refused". keepalived drops a virtual server that has no real server at all.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80 }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'ip_vs_core.c: no destination, ICMP port unreachable; keepalived drops such a virtual server',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const [name, pool] of Object.entries(loaded.spec.pools ?? {}))
    if (Object.keys(pool).length === 0 && !loaded.damaged(['pools', name]))
      yield { path: ['pools', name], side: 'key', message: `Pool ${name} has no real server` };
  for (const written of writtenServices(loaded)) {
    const report = checkService(written, loaded);
    if (report !== undefined) yield report;
  }
}

function checkService({ name, path, service }: WrittenService, loaded: LoadedSpec): Report | undefined {
  if (service.servers === undefined && service.pool === undefined && !loaded.incomplete(path))
    return { path, side: 'key', message: `${name} has no real server`, hint: 'add pool or servers' };
  const empty = service.servers !== undefined && Object.keys(service.servers).length === 0;
  if (!empty || loaded.damaged([...path, 'servers'])) return undefined;
  return { path: [...path, 'servers'], side: 'key', message: `${name} has no real server` };
}

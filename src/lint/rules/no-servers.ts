import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { type WrittenService, writtenServices } from '../written.ts';

export const noServers: Rule = {
  id: 'LVS111',
  name: 'no-servers',
  severity: 'error',
  why: 'The director refuses every connection to a service without real servers',
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

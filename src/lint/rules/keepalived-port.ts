import type { DesiredServer, DesiredService } from '../../model/desired.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn } from '../written.ts';
import { keepalivedServices } from '../written-checks.ts';

export const keepalivedPort: Rule = {
  id: 'LVS148',
  name: 'keepalived-port',
  severity: 'error',
  why: 'keepalived puts another port into the kernel than the one written',
  harm: 'For a mark, keepalived clears the port of a real server unless it forwards by NAT; and port 0 of a real server becomes the port of the service. The kernel then holds something else than the spec says.',
  examples: {
    bad: yaml`
      services:
        web:
          fwmark: 7
          owner: keepalived
          servers: { web-1: { address: 10.0.0.21, port: 8080, forwarding: dr } }
    `,
    good: yaml`
      services:
        web:
          fwmark: 7
          owner: keepalived
          servers: { web-1: { address: 10.0.0.21, port: 8080, forwarding: nat } }
    `,
  },
  source: 'keepalived check_data.c: validate_check_config; ipvswrapper.c: ipvs_cmd; acassen/keepalived#1431',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of keepalivedServices(loaded)) {
    const { sorryServer } = service.availability;
    const sorry = sorryServer && { server: sorryServer, path: ['services', service.name, 'sorry_server'] };
    const places = serversIn(loaded, service).map(({ server, written }) => ({ server, path: written.path }));
    for (const { server, path } of sorry === null ? places : [...places, sorry]) {
      const report = checkServer(service, server, path);
      if (report !== undefined && !loaded.incomplete(path)) yield report;
    }
  }
}

function checkServer({ name, address }: DesiredService, server: DesiredServer, path: Path): Report | undefined {
  const { forwarding, port } = server;
  const at = [...path, 'port'];
  if (address.kind === 'fwmark' && forwarding.method !== 'nat' && port !== 0)
    return {
      path: at,
      message: `keepalived, which owns ${name}, writes no port for a real server of a mark, except with nat`,
      hint: 'remove it: packets keep their port',
    };
  if (address.kind === 'fwmark' || address.port === 0 || forwarding.method !== 'nat' || port !== 0) return undefined;
  const message = `keepalived, which owns ${name}, takes port 0 of a real server for ${address.port}, the port of the service`;
  return { path: at, message, hint: 'remove it, or give the port' };
}

import type { LoadedSpec } from '../../spec/load.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import type { Report, Rule } from '../rule.ts';
import { type ServerInService, serversIn, settingLost, settingPath } from '../written.ts';

export const drPortMismatch: Rule = {
  id: 'LVS102',
  name: 'dr-port-mismatch',
  severity: 'error',
  why: 'With dr and tun the packet arrives with the port the client used; ipvsadm and keepalived silently replace any other',
  source: 'ipvsadm.c parse_service; keepalived check_data.c: real server port forced to that of the virtual server',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services)
    for (const place of serversIn(loaded, service)) {
      const report = checkServer(place, loaded);
      if (report !== undefined) yield report;
    }
}

function checkServer(place: ServerInService, loaded: LoadedSpec): Report | undefined {
  const { service, server, written } = place;
  const port = serverDetails(written.server).port;
  const { method } = server.forwarding;
  if (port === undefined || service.address.kind !== 'address' || port === service.address.port) return undefined;
  const forwarding = settingPath(loaded, place, 'forwarding');
  if (method === 'nat' || forwarding === null || settingLost(loaded, place, 'forwarding')) return undefined;
  return {
    path: [...written.path, 'port'],
    message: `Port ${port} of ${server.name} differs from port ${service.address.port} of ${service.name}; forwarding ${method} cannot rewrite ports`,
    hint: 'remove this port, or use forwarding: nat',
    related: [{ path: ['services', service.name, 'port'], message: `the port of ${service.name}` }],
  };
}

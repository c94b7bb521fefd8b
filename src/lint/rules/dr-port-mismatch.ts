import type { LoadedSpec } from '../../spec/load.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type ServerInService, serversIn, settingLost, settingPath } from '../written.ts';

export const drPortMismatch: Rule = {
  id: 'LVS102',
  name: 'dr-port-mismatch',
  severity: 'error',
  why: 'With dr and tun the packet arrives with the port the client used; ipvsadm and keepalived put it in place of any other',
  harm: "With dr and tun the kernel passes the packet on as it came, so a real server never sees another port than the client's. ipvsadm puts the port of the service in place of the one written, without a word, and keepalived does so with a warning. The application on the written port gets nothing, while a health check may still look at that port and find it up.",
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: dr
          servers: { web-1: { address: 10.0.0.21, port: 8080 } }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: nat
          servers: { web-1: { address: 10.0.0.21, port: 8080 } }
    `,
  },
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

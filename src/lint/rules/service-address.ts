import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const serviceAddress: Rule = {
  id: 'LVS104',
  name: 'service-address',
  severity: 'error',
  why: 'A service takes packets by their destination or by their mark; one of the two says which packets are meant',
  harm: 'The kernel knows a service either by address, port and protocol, or by a firewall mark. With both it is open which packets are meant; with neither there is no service.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, fwmark: 7, pool: web }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'ipvsadm(8) -t, -u, --sctp-service, -f',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, service } of writtenServices(loaded)) {
    if (service.vip !== undefined && service.fwmark !== undefined)
      yield {
        path: [...path, 'fwmark'],
        side: 'key',
        message: `${name} has a vip and a fwmark`,
        hint: 'make it two services',
        related: [{ path: [...path, 'vip'], side: 'key', message: 'the vip' }],
      };
    if (service.vip === undefined && service.fwmark === undefined && !loaded.incomplete(path))
      yield { path, side: 'key', message: `${name} has neither a vip nor a fwmark`, hint: 'add vip and port' };
  }
}

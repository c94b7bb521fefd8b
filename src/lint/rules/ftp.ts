import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const ftp: Rule = {
  id: 'LVS258',
  name: 'ftp',
  severity: 'info',
  why: 'FTP opens a second connection for each file, to a port that no service has: logging in works, and listing hangs',
  harm: 'FTP opens a second connection for each listing and each file, to a port that the two ends agree on. No service has that port, so the director does not know where to send it. The login works and the check is green; the listing hangs. The module ip_vs_ftp finds the port, but with nat only.',
  examples: {
    bad: yaml`
      services:
        ftp: { vip: 203.0.113.10, port: 21, pool: web }
    `,
    good: yaml`
      services:
        ftp: { fwmark: 21, pool: web, check: { tcp: {}, port: 21 }, persistence: { timeout: 5m } }
    `,
  },
  source: 'ip_vs_ftp.c: for nat only; LVS-HOWTO, FTP',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, address, servers, persistence } of loaded.desired.services) {
    if (address.kind !== 'address' || address.protocol !== 'tcp' || address.port !== 21) continue;
    const isByModule = persistence === null && servers.every(({ forwarding }) => forwarding.method === 'nat');
    yield {
      path: ['services', name, 'port'],
      message: isByModule
        ? `${name} is FTP: its data connections need the module ip_vs_ftp on the directors`
        : `${name} is FTP: its data connections go to other ports, which this service does not take`,
      hint: isByModule ? 'modprobe ip_vs_ftp' : 'use a fwmark service for all of its ports, with persistence',
    };
  }
}

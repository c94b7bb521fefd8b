import { compareText, serviceKey } from '../../model/table.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const duplicateService: Rule = {
  id: 'LVS101',
  name: 'duplicate-service',
  severity: 'error',
  why: 'The kernel has one service per address, port and protocol, or per mark; the second one would overwrite the first',
  harm: 'ipvsadm refuses the second service with "Service already exists". keepalived takes that answer for success: both virtual_server blocks then feed one kernel service, and removing one of them removes the service of the other. keepalived -t (2.2.7) says nothing.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        shop: { vip: 203.0.113.10, port: 80, pool: web }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        shop: { vip: 203.0.113.10, port: 443, pool: web }
    `,
  },
  source:
    'ip_vs_ctl.c: EEXIST; acassen/keepalived#2295, #1772, PR #2691; traps of address spelling: 2001:DB8:0::1 is 2001:db8::1',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const first = new Map<string, string>();
  const written = loaded.desired.services.toSorted(
    (a, b) =>
      compareText(a.origin.file, b.origin.file) || a.origin.line - b.origin.line || a.origin.column - b.origin.column,
  );
  for (const { name, address } of written) {
    if (loaded.incomplete(['services', name])) continue;
    const key = serviceKey(address);
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    else
      yield {
        path: identityPath(name, address.kind),
        message: `${name} is the same service as ${other}: ${key}`,
        hint: 'remove one of them',
        related: [{ path: identityPath(other, address.kind), message: `${other} is here` }],
      };
  }
}

function identityPath(name: string, kind: 'address' | 'fwmark'): Path {
  return ['services', name, kind === 'address' ? 'vip' : 'fwmark'];
}

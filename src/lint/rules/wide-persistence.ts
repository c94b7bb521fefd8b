import { yaml } from '../example.ts';
import type { Persistence } from '../../model/table.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const widePersistence: Rule = {
  id: 'LVS255',
  name: 'wide-persistence',
  severity: 'warning',
  why: 'All clients of one network go to one real server, so that a wide one leaves the others idle',
  harm: 'The persistence template has the address of the client under the netmask, so that all clients of one network go where the first of them went. With a mask of 0.0.0.0 there is one template for everybody, and one real server does all the work. The others are well, have their weights, and are idle.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { netmask: 0.0.0.0 } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { netmask: 255.255.255.0 } }
    `,
  },
  source: 'ip_vs_core.c ip_vs_sched_persist: the template has the masked address; acassen/keepalived#1435',
  check,
};

/** Shorter prefixes than these are larger than any network that belongs together. */
const SHORTEST = { ipv4: 16, ipv6: 32 } as const;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, persistence, address } of loaded.desired.services) {
    const path = ['services', name, 'persistence', 'netmask'];
    const netmask = loaded.spec.services?.[name]?.persistence?.netmask;
    if (persistence === null || netmask === undefined || loaded.damaged(path)) continue;
    // A mask of the other family is a finding of its own.
    if (typeof netmask !== (address.family === 'ipv4' ? 'string' : 'number')) continue;
    const length = prefixLength(persistence);
    if (length >= SHORTEST[address.family]) continue;
    yield {
      path,
      message: `${length === 0 ? 'All clients' : `All clients of a /${length}`} of ${name} go to one real server`,
      hint: address.family === 'ipv4' ? 'use a longer mask, such as 255.255.255.0' : 'use a longer prefix, such as 64',
    };
  }
}

function prefixLength({ netmask }: Persistence): number {
  if (typeof netmask === 'number') return netmask;
  const bits = netmask.split('.').map((byte) => Number(byte).toString(2).padStart(8, '0'));
  return bits.join('').replace(/0+$/, '').length;
}

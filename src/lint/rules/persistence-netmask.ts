import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Path } from '../../spec/place.ts';
import type { Report, Rule } from '../rule.ts';

export const persistenceNetmask: Rule = {
  id: 'LVS117',
  name: 'persistence-netmask',
  severity: 'error',
  why: 'An IPv4 service takes a dotted mask, an IPv6 service a prefix length',
  harm: 'ipvsadm and keepalived read the mask by the family of the service: dotted for IPv4, a number of bits for IPv6. With one of the other family, the clients of a network are not kept together as was meant.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          persistence: { netmask: 24 }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          persistence: { netmask: 255.255.255.0 }
    `,
  },
  source: 'ipvsadm(8) -M; keepalived check_parser.c persistence_granularity',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, address } of loaded.desired.services) {
    const path = ['services', name];
    const netmask = loaded.spec.services?.[name]?.persistence?.netmask;
    if (netmask === undefined || loaded.incomplete(path)) continue;
    const wanted = address.family === 'ipv4' ? 'string' : 'number';
    if (typeof netmask === wanted) continue;
    yield {
      path: [...path, 'persistence', 'netmask'],
      message:
        wanted === 'string'
          ? `${name} is IPv4; its netmask is a mask such as 255.255.255.0, not ${netmask}`
          : `${name} is IPv6; its netmask is a prefix length such as 64, not ${netmask}`,
      ...(typeof netmask === 'number' && netmask <= 32 ? asMask([...path, 'persistence', 'netmask'], netmask) : {}),
    };
  }
}

function asMask(path: Path, netmask: number): Pick<Report, 'hint' | 'fix'> {
  const text = maskOf(netmask);
  return { hint: `write ${text}`, fix: { description: `Write ${text}`, edits: [{ action: 'write', path, text }] } };
}

function maskOf(length: number): string {
  const bits = '1'.repeat(length).padEnd(32, '0');
  return [0, 8, 16, 24].map((start) => Number.parseInt(bits.slice(start, start + 8), 2)).join('.');
}

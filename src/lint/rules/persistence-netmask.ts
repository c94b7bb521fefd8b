import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const persistenceNetmask: Rule = {
  id: 'LVS117',
  name: 'persistence-netmask',
  severity: 'error',
  why: 'An IPv4 service takes a dotted mask, an IPv6 service a prefix length',
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
      ...(typeof netmask === 'number' && netmask <= 32 ? { hint: `write ${maskOf(netmask)}` } : {}),
    };
  }
}

function maskOf(length: number): string {
  const bits = '1'.repeat(length).padEnd(32, '0');
  return [0, 8, 16, 24].map((start) => Number.parseInt(bits.slice(start, start + 8), 2)).join('.');
}

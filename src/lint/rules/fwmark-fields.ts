import { removal } from '../../spec/edit.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type WrittenService, writtenServices } from '../written.ts';

export const fwmarkFields: Rule = {
  id: 'LVS106',
  name: 'fwmark-fields',
  severity: 'error',
  why: 'A mark covers packets of any protocol and port, so these keys would have no effect',
  harm: 'A mark is set by a rule of iptables or nftables, and that rule alone decides which protocols and ports belong to it. keepalived ignores a protocol that stands beside a mark, so a reader believes in a limit that is not there.',
  examples: {
    bad: yaml`
      services:
        web: { fwmark: 7, protocol: tcp, pool: web, check: { tcp: {}, port: 80 } }
    `,
    good: yaml`
      services:
        web: { fwmark: 7, pool: web, check: { tcp: {}, port: 80 } }
    `,
  },
  source: 'ipvsadm(8) -f; keepalived check_data.c: protocol ignored for fwmark',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const written of writtenServices(loaded)) yield* checkService(written);
}

function* checkService({ name, path, service }: WrittenService): Iterable<Report> {
  if (service.vip !== undefined && service.fwmark !== undefined) return;
  if (service.fwmark !== undefined)
    for (const key of ['protocol', 'port'] as const) {
      if (service[key] === undefined) continue;
      const message = `${name} is a fwmark service, which has no ${key}`;
      yield {
        path: [...path, key],
        side: 'key',
        message,
        hint: 'remove this line; select by it in the rule that sets the mark',
        fix: removal([...path, key]),
      };
    }
  else if (service.vip !== undefined && service.family !== undefined) {
    const message = `${name} has a vip, which says its family itself`;
    yield {
      path: [...path, 'family'],
      side: 'key',
      message,
      hint: 'remove this line',
      fix: removal([...path, 'family']),
    };
  }
}

import { removal } from '../../spec/edit.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const persistenceEngine: Rule = {
  id: 'LVS116',
  name: 'persistence-engine',
  severity: 'error',
  why: 'The sip engine reads the Call-ID of UDP packets; in other services it finds none',
  harm: 'The engine ip_vs_pe_sip looks into UDP packets for a Call-ID and refuses all others. So calls over TCP are not kept together by it, though that is what was asked for.',
  examples: {
    bad: yaml`
      services:
        sip:
          vip: 203.0.113.10
          port: 5060
          pool: web
          persistence: { engine: sip }
    `,
    good: yaml`
      services:
        sip:
          vip: 203.0.113.10
          port: 5060
          protocol: udp
          pool: web
          check: { ping: {} }
          persistence: { engine: sip }
    `,
  },
  source: 'ip_vs_pe_sip.c: only UDP; ipvsadm(8) --pe',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, service } of writtenServices(loaded)) {
    const protocol = service.protocol ?? 'tcp';
    if (service.persistence?.engine === undefined || service.vip === undefined || protocol === 'udp') continue;
    if (loaded.incomplete(path)) continue;
    yield {
      path: [...path, 'persistence', 'engine'],
      message: `Persistence engine sip is for udp and fwmark services; ${name} is ${protocol}`,
      ...(service.protocol === undefined
        ? { hint: 'add protocol: udp, or remove this' }
        : { hint: 'remove it', fix: removal([...path, 'persistence', 'engine']) }),
    };
  }
}

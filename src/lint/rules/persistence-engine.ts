import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const persistenceEngine: Rule = {
  id: 'LVS116',
  name: 'persistence-engine',
  severity: 'error',
  why: 'The sip engine reads the Call-ID of UDP packets; in other services it finds none',
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
      hint: service.protocol === undefined ? 'add protocol: udp, or remove this' : 'remove it',
    };
  }
}

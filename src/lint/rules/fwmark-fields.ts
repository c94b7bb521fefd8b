import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { type WrittenService, writtenServices } from '../written.ts';

export const fwmarkFields: Rule = {
  id: 'LVS106',
  name: 'fwmark-fields',
  severity: 'error',
  why: 'A mark covers packets of any protocol and port, so these keys would have no effect',
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
      };
    }
  else if (service.vip !== undefined && service.family !== undefined) {
    const message = `${name} has a vip, which says its family itself`;
    yield { path: [...path, 'family'], side: 'key', message, hint: 'remove this line' };
  }
}

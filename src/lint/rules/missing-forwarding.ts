import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type ServerInService, serversIn, settingPath } from '../written.ts';

export const missingForwarding: Rule = {
  id: 'LVS118',
  name: 'missing-forwarding',
  severity: 'error',
  why: 'Without a word ipvsadm takes dr and keepalived takes NAT, and each needs another network',
  harm: 'With dr the real servers hold the VIP and answer the client themselves; with nat the answers must come back through the director. ipvsadm takes dr for an omitted word and keepalived NAT, so the same intention ends in two different networks, and with the wrong one no connection is ever completed.',
  examples: {
    bad: yaml`
      defaults: { check: { tcp: {} } }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
    good: yaml`
      defaults: { check: { tcp: {} }, forwarding: dr }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'ipvsadm(8): -g is the default; keepalived check_data.c: NAT',
  check,
};

/** Reported once: what is missing is one line, in `defaults`. */
function* check(loaded: LoadedSpec): Iterable<Report> {
  const lacking = loaded.desired.services.filter((service) => lacksForwarding(serversIn(loaded, service), loaded));
  const first = lacking.toSorted((a, b) => a.origin.line - b.origin.line)[0];
  if (first === undefined) return;
  const more = lacking.length > 1 ? ` and ${lacking.length - 1} more services do` : ' does';
  yield {
    path: ['services', first.name],
    side: 'key',
    message: `${first.name}${more} not say how packets reach the real servers`,
    hint: 'add forwarding: nat, dr or tun, here or under defaults',
  };
}

function lacksForwarding(places: readonly ServerInService[], loaded: LoadedSpec): boolean {
  return places.some(
    (place) =>
      settingPath(loaded, place, 'forwarding') === null &&
      ![place.written.path, ['services', place.service.name], ['defaults'], []].some((path) => loaded.incomplete(path)),
  );
}

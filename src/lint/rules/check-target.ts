import type { Address } from '../../model/address.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { SingleCheckSpec } from '../../spec/schema/checks.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type CheckOfServer, checksIn, singlesOf, type WrittenSingle } from '../written-checks.ts';

export const checkTarget: Rule = {
  id: 'LVS149',
  name: 'check-target',
  severity: 'error',
  why: 'The check could not be sent, or would not go where it is meant to',
  harm: 'A check cannot connect from an address of one family to one of the other, and a link-local address needs an interface that cannot be said here: such a check always fails, and the real server is never used. An address, port or source on a check that has no use for it is left out, so it does not check what its author believed.',
  examples: {
    bad: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, check: { tcp: {}, source: "2001:db8::11" } }
    `,
    good: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, check: { tcp: {}, source: 10.0.0.11 } }
    `,
  },
  source: 'bind(2); keepalived check_api.c: co_ip_handler, co_srcip_handler, check_conn_opts',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  // Thousands of real servers may share a check.
  const seen = new Set<SingleCheckSpec>();
  for (const service of loaded.desired.services)
    for (const place of checksIn(loaded, service)) {
      if (loaded.incomplete(place.path)) continue;
      for (const one of singlesOf(place)) {
        if (seen.size < seen.add(one.single).size) yield* unused(one);
        yield* unreachable(one, place);
      }
    }
}

/** Said for one check that has no use for it; for a whole group it may be meant for the others. */
function* unused({ path, single }: WrittenSingle): Iterable<Report> {
  for (const kind of ['script', 'file', 'bfd', 'ping'] as const) {
    if (single[kind] === undefined) continue;
    const keys = kind === 'ping' ? (['port'] as const) : (['address', 'port', 'source'] as const);
    for (const key of keys) {
      if (single[key] === undefined) continue;
      const message = `A check of kind ${kind} has no ${key}`;
      yield { path: [...path, key], side: 'key', message, hint: 'remove it' };
    }
  }
}

function* unreachable({ path, single }: WrittenSingle, place: CheckOfServer): Iterable<Report> {
  if (single.script !== undefined || single.file !== undefined || single.bfd !== undefined) return;
  const { check: group, server, service } = place;
  const target: Address = single.address ?? group.address ?? { family: server.family, text: server.address };
  const source = single.source ?? group.source;
  if (source !== undefined && source.family !== target.family)
    yield {
      path: [...(single.source === undefined ? place.path : path), 'source'],
      message: `The check of ${server.name} in ${service.name} goes to ${target.text}, which cannot be reached from ${source.text}`,
      hint: 'use addresses of one family',
    };
  if (/^fe[89ab]/.test(target.text))
    yield {
      path,
      side: 'key',
      message: `The check of ${server.name} in ${service.name} goes to ${target.text}, which needs an interface`,
      hint: 'give it an address that is not link-local',
    };
}

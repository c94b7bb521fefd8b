import type { LoadedSpec } from '../../spec/load.ts';
import { type Limit, limitsOf, OTHER_WAY } from '../keepalived-limits.ts';
import { isOlder } from '../../model/version-order.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type CheckMapping, differentChecksIn, keepalivedServices, singlesOf } from '../written-checks.ts';

export const keepalivedCheck: Rule = {
  id: 'LVS140',
  name: 'keepalived-check',
  severity: 'error',
  why: 'keepalived would check something else than is written, or nothing: a real server without a check counts as up',
  harm: 'keepalived has fewer checkers than lvsctl, and they can do less: no other method than GET, no headers, no kinds such as mysql or redis, no "any". It drops a checker it cannot use, and a real server without one counts as up, whatever happens. So the spec is refused where keepalived would check something else than is written.',
  examples: {
    bad: yaml`
      services:
        db:
          vip: 203.0.113.10
          port: 3306
          pool: web
          owner: keepalived
          check: { mysql: {} }
    `,
    good: yaml`
      services:
        db:
          vip: 203.0.113.10
          port: 3306
          pool: web
          owner: keepalived
          check: { tcp: {} }
    `,
  },
  source:
    'keepalived 2.2.7: check_http.c, check_ssl.c, check_dns.c, check_udp.c, check_misc.c, check_bfd.c; on SNI: acassen/keepalived#804',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const isBefore233 = isOlder(loaded.desired.keepalived.version, '2.3.3');
  for (const service of keepalivedServices(loaded))
    for (const { path, check: written } of differentChecksIn(loaded, service)) {
      const limits = [
        ...groupLimits(written),
        ...singlesOf({ check: written, path: [] }).flatMap((one) =>
          limitsOf(one.single, { isBefore233 }).map((limit) => ({ ...limit, keys: [...one.path, ...limit.keys] })),
        ),
      ];
      for (const { keys, side, says, hint } of limits)
        yield { path: [...path, ...keys], side, message: `keepalived, which owns ${service.name}, ${says}`, hint };
    }
}

/** What is about the check as a whole. */
function groupLimits(written: CheckMapping): Limit[] {
  return [...anyLimits(written), ...timeoutLimits(written), ...sessionLimits(written)];
}

function anyLimits({ any = {} }: CheckMapping): Limit[] {
  if (Object.keys(any).length <= 1) return [];
  return [{ keys: ['any'], side: 'key', says: 'wants every check to succeed, not any', hint: OTHER_WAY }];
}

/** misc_timeout has no fractions, as connect_timeout has. */
function timeoutLimits(written: CheckMapping): Limit[] {
  const { timeout } = written;
  const isScript = singlesOf({ check: written, path: [] }).some(({ single }) => single.script !== undefined);
  if (timeout === undefined || Number.isInteger(timeout) || !isScript) return [];
  const hint = `write ${Math.ceil(timeout)}s`;
  return [{ keys: ['timeout'], side: 'value', says: 'gives a script whole seconds', hint }];
}

function sessionLimits(written: CheckMapping): Limit[] {
  const sessions = singlesOf({ check: written, path: [] }).flatMap(({ path, single }) =>
    single.bfd === undefined ? [] : [{ keys: [...path, 'bfd'], name: single.bfd.instance }],
  );
  return sessions
    .filter(({ name }, index) => sessions.findIndex((other) => other.name === name) < index)
    .map(({ keys, name }) => ({
      keys,
      side: 'key',
      says: `takes BFD session ${name} once for a real server`,
      hint: 'remove it',
    }));
}

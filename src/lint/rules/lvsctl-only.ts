import type { LoadedSpec } from '../../spec/load.ts';
import { keyOf, type Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { checksIn, keepalivedServices } from '../written-checks.ts';

export const lvsctlOnly: Rule = {
  id: 'LVS152',
  name: 'lvsctl-only',
  severity: 'warning',
  why: 'keepalived has nothing like these keys: what they soften comes at once',
  harm: 'On a reload keepalived deletes a real server that left its file. The kernel then drops the packets of its established connections without an answer, unless net.ipv4.vs.expire_nodest_conn is 1. A real server that is well again gets its whole weight at once, one that fails again and again is taken in each time, and one that failed leaves, be it the last one.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, owner: keepalived, drain: 2m }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, owner: lvsctl, drain: 2m }
    `,
  },
  source:
    'keepalived ipwrapper.c: clear_service_rs; acassen/keepalived#1781, #1228; check_tcp.c: tcp_epilog; lvsctl: owner',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name } of keepalivedServices(loaded))
    for (const key of KEYS)
      if (loaded.spec.services?.[name]?.[key] !== undefined) yield report(['services', name, key], name);
  yield* undamped(loaded);
}

const KEYS = ['drain', 'min_capacity', 'slow_start', 'depends_on'] as const;

function* undamped(loaded: LoadedSpec): Iterable<Report> {
  const damped = keepalivedServices(loaded).flatMap((service) =>
    checksIn(loaded, service).flatMap(({ path, check: { flap_damping } }) =>
      flap_damping ? [{ path, name: service.name }] : [],
    ),
  );
  if (damped.length === 0) return;
  const ours = loaded.desired.services.filter(({ owner }) => owner === 'lvsctl');
  // A check under defaults may be for both kinds of services.
  const shared = new Set(ours.flatMap((service) => checksIn(loaded, service)).map(({ path }) => keyOf(path)));
  for (const { path, name } of damped) if (!shared.has(keyOf(path))) yield report([...path, 'flap_damping'], name);
}

function report(path: Path, service: string): Report {
  return {
    path,
    side: 'key',
    message: `${path.at(-1)} of ${service} is for lvsctl, but keepalived owns the service`,
    hint: 'use owner: lvsctl, or remove it',
  };
}

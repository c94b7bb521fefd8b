import type { DesiredService } from '../../model/desired.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { keyOf } from '../../spec/place.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn } from '../written.ts';
import { keepalivedServices } from '../written-checks.ts';

export const keepalivedOnly: Rule = {
  id: 'LVS142',
  name: 'keepalived-only',
  severity: 'error',
  why: 'These keys become lines of a virtual_server block; a service that lvsctl owns has none, so they would do nothing',
  harm: "alpha, omega, notify and extra are written into keepalived's virtual_server block. A service that lvsctl owns has no such block, so a command under notify, for instance, would never run.",
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          alpha: true
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          owner: keepalived
          alpha: true
    `,
  },
  source: 'lvsctl: owner',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const theirs = new Set(
    keepalivedServices(loaded).flatMap((service) =>
      serversIn(loaded, service).map(({ written }) => keyOf(written.path)),
    ),
  );
  for (const service of loaded.desired.services) {
    if (service.owner === 'keepalived' || loaded.incomplete(['services', service.name])) continue;
    yield* checkService(service, loaded);
    for (const { server, written } of serversIn(loaded, service)) {
      // A pool may serve both kinds of services.
      if (serverDetails(written.server).extra === undefined || theirs.has(keyOf(written.path))) continue;
      yield {
        path: [...written.path, 'extra'],
        side: 'key',
        message: `extra of ${server.name} is for keepalived, but lvsctl owns ${service.name}`,
        hint: HINT,
      };
    }
  }
}

const HINT = 'remove it, or use owner: keepalived';

function* checkService({ name }: DesiredService, { spec }: LoadedSpec): Iterable<Report> {
  for (const key of ['alpha', 'omega', 'notify', 'extra'] as const) {
    if (spec.services?.[name]?.[key] === undefined) continue;
    const message = `${key} of ${name} is for keepalived, but lvsctl owns the service`;
    yield { path: ['services', name, key], side: 'key', message, hint: HINT };
  }
}

import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { extraLines } from '../extra-lines.ts';
import { NEW_KEYWORDS } from '../keepalived-keywords.ts';
import { isOlder } from '../../model/version-order.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const keepalivedVersion: Rule = {
  id: 'LVS163',
  name: 'keepalived-version',
  severity: 'error',
  why: 'An older keepalived does not know the keyword, and goes on without it',
  harm: 'keepalived reports "Unknown keyword" and starts without it, or takes a default in its place: before 2.3.2 a script interval of half a second becomes one second. What the keyword was for is missing, and only the log tells.',
  examples: {
    bad: yaml`
      keepalived: { version: 2.2.7, script_user: nobody }
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, interval: 500ms } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      keepalived: { version: 2.3.4, script_user: nobody }
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, interval: 500ms } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived, release by release: "Unknown keyword"; vrrp_parser.c vrrp_vscript_interval_handler',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { version } = loaded.desired.keepalived;
  for (const { path, what, since } of newerThings(loaded))
    if (isOlder(version, since))
      yield {
        path,
        message: `${what} needs keepalived ${since}, and the directors have ${version}`,
        hint: hintFor(loaded),
      };
}

function hintFor({ spec }: LoadedSpec): string {
  return spec.keepalived?.version === undefined
    ? 'with a newer one, say so: keepalived.version'
    : 'raise keepalived.version when the directors have it';
}

interface NewerThing {
  readonly path: Path;
  readonly what: string;
  readonly since: string;
}

function newerThings(loaded: LoadedSpec): NewerThing[] {
  const { track, vrrp } = loaded.spec;
  return [
    ...Object.entries(track?.bfd ?? {}).flatMap(([name, { multihop }]) =>
      multihop === undefined ? [] : [{ path: ['track', 'bfd', name, 'multihop'], what: 'multihop', since: '2.2.8' }],
    ),
    ...Object.entries(vrrp ?? {}).flatMap(([name, { checksum_as_v2 }]) =>
      checksum_as_v2 ? [{ path: ['vrrp', name, 'checksum_as_v2'], what: 'checksum_as_v2', since: '2.2.8' }] : [],
    ),
    ...Object.entries(track?.scripts ?? {}).flatMap(([name, script]) =>
      (['interval', 'timeout'] as const).flatMap((key) =>
        Number.isInteger(script[key] ?? 0)
          ? []
          : [
              {
                path: ['track', 'scripts', name, key],
                what: `${key === 'interval' ? 'An interval' : 'A timeout'} that is not whole seconds`,
                since: '2.3.2',
              },
            ],
      ),
    ),
    ...extraLines(loaded).flatMap(({ path, keyword, block }) => {
      const since = new Map(Object.entries(NEW_KEYWORDS[block])).get(keyword ?? '');
      return since === undefined ? [] : [{ path, what: String(keyword), since }];
    }),
  ];
}

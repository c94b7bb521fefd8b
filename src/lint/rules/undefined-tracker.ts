import type { LoadedSpec } from '../../spec/load.ts';
import { everySingle } from '../every-check.ts';
import { absence } from '../known-names.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { allTrackerUses, TRACKER_NOUNS } from '../tracker-uses.ts';

export const undefinedTracker: Rule = {
  id: 'LVS161',
  name: 'undefined-tracker',
  severity: 'error',
  why: 'keepalived ignores a name that it does not know: nothing would be followed, and a check would always succeed',
  harm: 'keepalived leaves out what it does not find by name, says "not found, ignoring" in its log, and starts. The instance then follows nothing, so a failure that should move the VIP does not; a check of an unknown file or BFD session goes the same way, and its real server always counts as up.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {}, dns-up: {} } }
    `,
    good: yaml`
      track:
        scripts:
          web-up: { command: /usr/local/bin/web-up }
          dns-up: { command: /usr/local/bin/dns-up }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {}, dns-up: {} } }
    `,
  },
  source: 'keepalived vrrp_track.c: "track script %s not found, ignoring..."; check_bfd.c, check_file.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { kind, name, path } of allTrackerUses(loaded)) {
    if (kind === 'interfaces') continue;
    const absent = absence(loaded, { noun: TRACKER_NOUNS[kind], name, section: ['track', kind] });
    if (absent !== undefined) yield { path, side: 'key', ...absent };
  }
  for (const { path, single } of everySingle(loaded)) {
    const { file, bfd } = single;
    if (file !== undefined)
      yield* named(loaded, { kind: 'files', name: file.track_file, path: [...path, 'file', 'track_file'] });
    if (bfd !== undefined)
      yield* named(loaded, { kind: 'bfd', name: bfd.instance, path: [...path, 'bfd', 'instance'] });
  }
}

function* named(
  loaded: LoadedSpec,
  { kind, name, path }: { kind: 'files' | 'bfd'; name: string; path: Report['path'] },
): Iterable<Report> {
  const absent = absence(loaded, { noun: TRACKER_NOUNS[kind], name, section: ['track', kind] });
  if (absent !== undefined) yield { path, ...absent };
}

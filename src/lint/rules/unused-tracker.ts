import type { LoadedSpec } from '../../spec/load.ts';
import { everySingle } from '../every-check.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { allTrackerUses, TRACKER_NOUNS } from '../tracker-uses.ts';

export const unusedTracker: Rule = {
  id: 'LVS227',
  name: 'unused-tracker',
  severity: 'warning',
  why: 'Nobody would notice its failure: lvsctl leaves out of keepalived.conf what nothing follows',
  harm: 'A script that no instance follows is never a reason for a failover. keepalived warns at its start only ("script %s is not used"), behind the point where keepalived -t stops. Mostly the line under track of the instance was forgotten.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived vrrp.c vrrp_complete_init: "Warning - script %s is not used"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { track } = loaded.spec;
  const probes = everySingle(loaded).flatMap(({ single: { file, bfd } }) => [
    ...(file === undefined ? [] : [`files ${file.track_file}`]),
    ...(bfd === undefined ? [] : [`bfd ${bfd.instance}`]),
  ]);
  const used = new Set([...allTrackerUses(loaded).map(({ kind, name }) => `${kind} ${name}`), ...probes]);
  if (['vrrp', 'sync_groups', 'services', 'pools', 'defaults'].some((section) => loaded.damaged([section]))) return;
  // A name that nothing defines may be meant for this one, and is a finding of its own.
  const misspelt = new Set(
    allTrackerUses(loaded).flatMap(({ kind, name }) =>
      kind !== 'interfaces' && track?.[kind]?.[name] === undefined ? [kind] : [],
    ),
  );
  for (const kind of ['scripts', 'processes', 'files', 'bfd'] as const)
    for (const name of Object.keys(track?.[kind] ?? {})) {
      if (used.has(`${kind} ${name}`) || misspelt.has(kind)) continue;
      yield {
        path: ['track', kind, name],
        side: 'key',
        message: `Nothing follows ${TRACKER_NOUNS[kind]} ${name}`,
        hint: `name it under track.${kind} of an instance or a sync group, or remove it`,
      };
    }
}

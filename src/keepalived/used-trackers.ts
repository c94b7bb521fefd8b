import type { Desired } from '../model/desired.ts';
import type { Probe } from '../model/check.ts';
import type { Trackers } from '../model/trackers.ts';
import type { SyncGroup, Tracking } from '../model/vrrp.ts';
import type { OwnInstance } from './own-instances.ts';
import { trackingOf } from './tracking.ts';

/** Those that something on a director follows: keepalived complains of a script that nothing does (vrrp_complete_init). */
export function usedTrackers(
  { keepalived: { trackers }, services }: Desired,
  { instances, groups }: { instances: readonly OwnInstance[]; groups: readonly SyncGroup[] },
): Trackers {
  const uses = [...instances.map((own) => trackingOf(own, trackers)), ...groups.map(({ tracking }) => tracking)];
  const named = (kind: keyof Tracking) => uses.flatMap((tracking) => tracking[kind].map(({ name }) => name));
  const probes = services
    .filter(({ owner }) => owner === 'keepalived')
    .flatMap(({ servers }) => servers.flatMap(({ check }) => check?.checks ?? []))
    .map(({ probe }) => probe);
  return {
    scripts: onlyNamed(trackers.scripts, named('scripts')),
    processes: onlyNamed(trackers.processes, named('processes')),
    files: onlyNamed(trackers.files, [...named('files'), ...probes.flatMap(fileOf)]),
    bfd: onlyNamed(trackers.bfd, [...named('bfd'), ...probes.flatMap(bfdOf)]),
  };
}

function fileOf(probe: Probe): string[] {
  return probe.kind === 'file' ? [probe.trackFile] : [];
}

function bfdOf(probe: Probe): string[] {
  return probe.kind === 'bfd' ? [probe.instance] : [];
}

function onlyNamed<T extends { readonly name: string }>(
  trackers: readonly T[],
  names: readonly string[],
): readonly T[] {
  return trackers.filter(({ name }) => names.includes(name));
}

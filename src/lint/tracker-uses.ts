import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import type { TrackingSpec } from '../spec/schema/track.ts';

export type TrackerKind = keyof TrackingSpec;

export const TRACKER_NOUNS: Readonly<Record<TrackerKind, string>> = {
  interfaces: 'interface',
  scripts: 'track script',
  processes: 'track process',
  files: 'track file',
  bfd: 'BFD instance',
};

/** Something that an instance or a sync group follows. */
export interface TrackerUse {
  readonly kind: TrackerKind;
  readonly name: string;
  readonly path: Path;
  /** Its own, or that of the definition; 0 where there is none. */
  readonly weight: number;
}

/** Everything that may be followed, in the order of the schema. */
export const TRACKER_KINDS = Object.keys(TRACKER_NOUNS) as readonly TrackerKind[];

/** What the instance or the sync group at a path follows. */
export function trackerUses({ spec }: LoadedSpec, [section, owner]: Path): readonly TrackerUse[] {
  const track = spec[section === 'vrrp' ? 'vrrp' : 'sync_groups']?.[String(owner)]?.track;
  return TRACKER_KINDS.flatMap((kind) =>
    Object.entries(track?.[kind] ?? {}).map(([name, use]) => {
      const definition = kind === 'interfaces' ? undefined : spec.track?.[kind]?.[name];
      const fallback = kind === 'files' && definition !== undefined ? 1 : 0;
      const weight = use.weight ?? definition?.weight ?? fallback;
      return { kind, name, path: [String(section), String(owner), 'track', kind, name], weight };
    }),
  );
}

/** What all of them follow. */
export function allTrackerUses(loaded: LoadedSpec): readonly TrackerUse[] {
  const { vrrp, sync_groups } = loaded.spec;
  const owners: Path[] = [
    ...Object.keys(vrrp ?? {}).map((name) => ['vrrp', name]),
    ...Object.keys(sync_groups ?? {}).map((name) => ['sync_groups', name]),
  ];
  return owners.flatMap((owner) => trackerUses(loaded, owner));
}

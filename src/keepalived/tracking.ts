import type { Trackers } from '../model/trackers.ts';
import type { Tracking, TrackUse } from '../model/vrrp.ts';
import { type Block, filled, statement, type Word } from './block.ts';
import { type OwnInstance, ownsAddress } from './own-instances.ts';

type Kind = keyof Tracking;

const KEYWORDS: Readonly<Record<Kind, string>> = {
  interfaces: 'track_interface',
  scripts: 'track_script',
  processes: 'track_process',
  files: 'track_file',
  bfd: 'track_bfd',
};

const KINDS = Object.keys(KEYWORDS) as readonly Kind[];

/** What an instance or a sync group follows. */
export function trackingBlocks(tracking: Tracking, trackers: Trackers): Block[] {
  return KINDS.flatMap((kind) =>
    filled(
      KEYWORDS[kind],
      tracking[kind].map((use) => statement(...useWords(use, definitionOf(kind, { use, trackers })))),
    ),
  );
}

/**
 * What keepalived lets an instance follow, without a complaint (vrrp_complete_instance): not its own interface, which it
 * follows anyhow, and nothing with a weight where the priority cannot move.
 */
export function trackingOf({ instance, member }: OwnInstance, trackers: Trackers): Tracking {
  const elsewhere = instance.tracking.interfaces.filter(({ name }) => name !== member.interface);
  const tracking = { ...instance.tracking, interfaces: elsewhere };
  return ownsAddress(member) ? withoutWeights(tracking, trackers) : tracking;
}

/** Only what puts an instance into fault: nothing that moves its priority. */
export function withoutWeights(tracking: Tracking, trackers: Trackers): Tracking {
  const followed = (kind: Kind) =>
    tracking[kind].filter((use) => weightOf(use, definitionOf(kind, { use, trackers })) === 0);
  return {
    interfaces: followed('interfaces'),
    scripts: followed('scripts'),
    processes: followed('processes'),
    files: followed('files'),
    bfd: followed('bfd'),
  };
}

/** The weight and direction that a use without its own has. */
interface Definition {
  readonly weight: number;
  readonly reverse: boolean;
}

function definitionOf(kind: Kind, { use, trackers }: { use: TrackUse; trackers: Trackers }): Definition {
  const tracker = kind === 'interfaces' ? undefined : trackers[kind].find(({ name }) => name === use.name);
  return { weight: tracker?.weight ?? (kind === 'files' ? 1 : 0), reverse: tracker?.reverse ?? false };
}

function weightOf(use: TrackUse, definition: Definition): number {
  return use.weight ?? definition.weight;
}

/** The direction can only be said behind a weight (vrrp_track.c: alloc_track_script). */
function useWords(use: TrackUse, definition: Definition): readonly Word[] {
  const isTurned = use.reverse !== null && use.reverse !== definition.reverse;
  if (use.weight === null && !isTurned) return [use.name];
  const direction = isTurned ? [use.reverse ? 'reverse' : 'noreverse'] : [];
  return [use.name, 'weight', weightOf(use, definition), ...direction];
}

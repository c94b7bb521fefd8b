import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { type Block, type RawLine, raw } from './block.ts';
import { globalDefinitions } from './global-definitions.ts';
import { ownInstances, ownSyncGroups } from './own-instances.ts';
import { syncGroupBlock } from './sync-group.ts';
import { trackerBlocks } from './trackers.ts';
import { usedTrackers } from './used-trackers.ts';
import { virtualServer } from './virtual-server.ts';
import { instanceBlock } from './vrrp-instance.ts';

/** Everything that a director's keepalived.conf says, part by part, in an order in which every name is defined before its use. */
export interface Conf {
  readonly director: Director;
  readonly cluster: string | null;
  readonly globalDefs: Block;
  /** Scripts, processes, files and BFD sessions: keepalived drops what follows one that comes later. */
  readonly trackers: readonly Block[];
  readonly syncGroups: readonly Block[];
  readonly instances: readonly Block[];
  readonly virtualServers: readonly Block[];
  /** The director's own raw lines. */
  readonly extra: readonly RawLine[];
}

/** What the spec means for keepalived on one director. Pure: the same spec gives the same bytes. */
export function confFor(desired: Desired, director: Director): Conf {
  const { trackers } = desired.keepalived;
  const instances = ownInstances(desired, director);
  const here = new Set(instances.map(({ instance }) => instance.name));
  const groups = ownSyncGroups(desired, here);
  return {
    director,
    cluster: desired.cluster,
    globalDefs: globalDefinitions(desired, director),
    trackers: trackerBlocks(usedTrackers(desired, { instances, groups })),
    syncGroups: groups.map((group) => syncGroupBlock(group, { here, trackers })),
    instances: instances.map((own) => instanceBlock(own, { director, desired })),
    virtualServers: desired.services.filter(({ owner }) => owner === 'keepalived').map(virtualServer),
    extra: raw(director.extra),
  };
}

/** All blocks, in the order of the file. */
export function confBlocks(conf: Conf): readonly Block[] {
  return [conf.globalDefs, ...conf.trackers, ...conf.syncGroups, ...conf.instances, ...conf.virtualServers];
}

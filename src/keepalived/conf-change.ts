import { createHash } from 'node:crypto';
import type { ConfChange } from '../model/conf-change.ts';
import type { Desired } from '../model/desired.ts';
import type { PendingConf } from '../model/state.ts';
import { serviceKey } from '../model/table.ts';
import { isOurs } from './conf-text.ts';
import { reloadImpact } from './impact.ts';
import { servicesOf } from './impact/service.ts';
import { type ReadConf, readConf } from './read-conf.ts';
import { sameConf } from './same-conf.ts';

/** What one director's file is compared by. */
export interface ConfComparison {
  readonly desired: Desired;
  /** What people call it. */
  readonly director: string;
  readonly path: string;
  /** Null: there is no file. */
  readonly before: string | null;
  /** Null: there is to be none. */
  readonly after: string | null;
  /** The file that was written last, where nobody knows whether keepalived took it over. */
  readonly pendingConf: PendingConf | null;
}

/** The difference between keepalived.conf as it is and as it is to be; null when there is none. */
export function confChange(comparison: ConfComparison): ConfChange | null {
  const { desired, director, path, before, after } = comparison;
  const action = actionOf(comparison);
  if (action === null) return null;
  const parsed = before === null ? null : readConf(before);
  const handedOver = leavingForUs(parsed, comparison);
  const impacts = MEANS_THE_SAME.includes(action)
    ? []
    : reloadImpact(parsed, readConf(after ?? ''), {
        version: desired.keepalived.version,
        director,
        handedOver,
        members: (name) => desired.keepalived.instances.find((instance) => instance.name === name)?.members ?? [],
      });
  const isForeign = before !== null && !isOurs(before);
  return { director, path, action, before, after: after ?? '', isForeign, impacts, handedOver };
}

const MEANS_THE_SAME: readonly ConfChange['action'][] = ['comments', 'reload'];

function actionOf(comparison: ConfComparison): ConfChange['action'] | null {
  const { before, after } = comparison;
  const isLoaded = unloaded(comparison) === null;
  if (after === null) return before === null && isLoaded ? null : 'remove';
  if (before === null) return 'create';
  if (before === after) return isLoaded ? null : 'reload';
  return isLoaded && isOurs(before) && sameConf(before, after) ? 'comments' : 'update';
}

/** Services that keepalived has by the file that it read last, and that the spec gives to lvsctl. */
function leavingForUs(before: ReadConf | null, comparison: ConfComparison): string[] {
  const inFile = before === null ? [] : servicesOf(before).map(({ key }) => key);
  const had = new Set([...inFile, ...(unloaded(comparison)?.handedOver ?? [])]);
  const ours = comparison.desired.services.filter(({ owner }) => owner === 'lvsctl');
  return ours.map(({ address }) => serviceKey(address)).filter((key) => had.has(key));
}

/** The file as it is, where whoever left it so did not live to see it loaded. */
function unloaded({ before, pendingConf }: ConfComparison): PendingConf | null {
  return pendingConf?.digest === confDigest(before ?? '') ? pendingConf : null;
}

/** For the journal: which file is about to be loaded. */
export function confDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

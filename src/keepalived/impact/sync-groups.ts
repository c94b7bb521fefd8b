import type { Impact } from '../../model/conf-change.ts';
import type { ReadConf } from '../read-conf.ts';
import type { ImpactContext } from './context.ts';
import { firstDirectors } from './election.ts';
import type { Fate } from './fate.ts';
import { blocksOf, namesIn } from './in-block.ts';
import type { Instance } from './instance.ts';
import { addressesOf } from './instances.ts';
import { listed, vipsText, waitText } from './wording.ts';

type Kept = Extract<Fate, { kind: 'kept' }>;

interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

/** What becomes of instances because they change state together, or no longer do. */
export function syncGroupImpacts(
  { before, after }: { before: ReadConf; after: ReadConf },
  { fates, context }: { fates: readonly Fate[]; context: ImpactContext },
): Impact[] {
  const [former, groups] = [groupsOf(before), groupsOf(after)];
  return fates
    .filter((fate) => fate.kind === 'kept')
    .flatMap((kept) => {
      const was = former.find(({ members }) => members.includes(kept.before.name));
      const is = groups.find(({ members }) => members.includes(kept.after.name));
      const fresh = is === undefined ? [] : freshMembers(is, fates);
      if (is !== undefined && fresh.length > 0) return [restarts(kept.after, { group: is, fresh })];
      const others = fates.filter((fate) => fate.kind === 'kept').filter((other) => other !== kept);
      const [had, has] = [partners(others, was, 'before'), partners(others, is, 'after')];
      return [
        ...ties(
          kept.after,
          has.filter((other) => !had.includes(other)).map((other) => other.after),
          context,
        ),
        ...unties(
          kept.after,
          had.filter((other) => !has.includes(other)).map((other) => other.after),
        ),
      ];
    });
}

function groupsOf({ items }: ReadConf): readonly Group[] {
  return blocksOf(items, 'vrrp_sync_group').map(({ words: [, name = ''], items: own }) => ({
    name,
    members: namesIn(own, 'group'),
  }));
}

/** Instances that begin as BACKUP. */
type Fresh = Extract<Fate, { kind: 'added' | 're-created' }>;

function freshMembers({ members }: Group, fates: readonly Fate[]): readonly Fresh[] {
  return fates
    .filter((fate) => fate.kind === 'added' || fate.kind === 're-created')
    .filter(({ after }) => members.includes(after.name));
}

function partners(others: readonly Kept[], group: Group | undefined, side: 'before' | 'after'): readonly Kept[] {
  return others.filter((other) => group?.members.includes(other[side].name));
}

/** A group is master only once all its instances are. */
function restarts(after: Instance, { group, fresh }: { group: Group; fresh: readonly Fresh[] }): Impact {
  const names = namesText(fresh.map((fate) => fate.after));
  const hint = `put ${names} into the group in a second apply, once it is master where the others are`;
  return {
    level: 'disruptive',
    kind: 'sync-group-restarted',
    subject: after.name,
    message: `VRRP instance ${after.name} goes back to BACKUP with its sync group ${group.name}, since ${names} begins anew there: it gives up ${vipsText(addressesOf(after))}, and takes over again after at least ${waitText(after)}`,
    ...(fresh.every(({ kind }) => kind === 'added') ? { hint } : {}),
  };
}

function ties(after: Instance, partners: readonly Instance[], context: ImpactContext): Impact[] {
  if (partners.length === 0) return [];
  const first = firstDirectors(after, context);
  const elsewhere = partners.find((partner) => firstDirectors(partner, context) !== first);
  const base = { subject: after.name, kind: 'sync-group-joined' } as const;
  const message = `VRRP instance ${after.name} changes state together with ${namesText(partners)} from now on`;
  if (elsewhere === undefined) return [{ ...base, level: 'note', message }];
  const order = `${first} comes first for ${after.name}, and ${firstDirectors(elsewhere, context)} for ${elsewhere.name}`;
  return [{ ...base, level: 'disruptive', message: `${message}: ${order}, so that VIPs of one of them move` }];
}

function unties(after: Instance, partners: readonly Instance[]): Impact[] {
  if (partners.length === 0) return [];
  const message = `VRRP instance ${after.name} changes state apart from ${namesText(partners)} from now on`;
  return [{ level: 'note', kind: 'sync-group-left', subject: after.name, message }];
}

function namesText(instances: readonly Instance[]): string {
  return listed(instances.map(({ name }) => name));
}

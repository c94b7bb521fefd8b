import type { Impact } from '../../model/conf-change.ts';
import { compareText } from '../../model/table.ts';
import { isOlder } from '../../model/version-order.ts';
import { hasOthers, type ImpactContext } from './context.ts';
import type { Fate } from './fate.ts';
import { blocksOf, linesIn, wordOf } from './in-block.ts';
import type { Instance } from './instance.ts';
import { changeText, listed, secondsText } from './wording.ts';

type Kept = Extract<Fate, { kind: 'kept' }>;

/** What the directors of an instance must have alike, or they do not take each other's adverts. */
export function agreementImpacts(fates: readonly Fate[], context: ImpactContext): Impact[] {
  return fates
    .filter((fate) => fate.kind === 'kept')
    .filter(({ after }) => hasOthers(context, after.name))
    .flatMap((kept) => [...refusedAdverts(kept, context), ...patience(kept), ...peerImpacts(kept)]);
}

/**
 * Whether a backup takes no advert with other VIPs than its own, but becomes master beside its sender. Before 2.3.3 that is
 * so, unless it is told not to look at the adverts of a master that it knows.
 */
export function refusesOtherVips({ skipsAddressCheck }: Instance, { version }: ImpactContext): boolean {
  return isOlder(version, '2.3.3') && !skipsAddressCheck;
}

function refusedAdverts({ before, after }: Kept, context: ImpactContext): Impact[] {
  const settings = AGREED.flatMap(({ name, of }) => {
    const [was, is] = [of(before), of(after)];
    return was === is ? [] : [changeText(name, was, is)];
  });
  const intervals = intervalChange(before, after);
  const secrets = SECRETS.filter((keyword) => textOf(before, keyword) !== textOf(after, keyword));
  const hasOtherVips = refusesOtherVips(after, context) && advertised(before) !== advertised(after);
  const changes = [...settings, ...intervals, ...secrets, ...(hasOtherVips ? ['its VIPs'] : [])];
  if (changes.length === 0) return [];
  const isOnlyVips = changes.length === 1 && hasOtherVips;
  return [
    {
      level: 'disruptive',
      kind: 'adverts-refused',
      subject: after.name,
      message: `Until the directors of VRRP instance ${after.name} have it alike (${listed(changes)}), they refuse each other's adverts, and after ${secondsText(after)} more than one of them is master`,
      hint: isOnlyVips
        ? 'apply vrrp_skip_check_adv_addr on all directors first, or this on all of them at the same moment'
        : 'apply it on all directors at the same moment',
    },
  ];
}

const AGREED: readonly { readonly name: string; readonly of: (instance: Instance) => string }[] = [
  { name: 'version', of: ({ version }) => String(version) },
  { name: 'v3_checksum_as_v2', of: ({ items }) => wordOf(items, 'v3_checksum_as_v2') ?? '' },
  { name: 'old_unicast_checksum', of: ({ items }) => wordOf(items, 'old_unicast_checksum') ?? '' },
];

/** A master of version 3 tells its interval, and the others follow it. */
function intervalChange(before: Instance, after: Instance): string[] {
  if (before.version !== 2 || after.version !== 2 || before.advertSeconds === after.advertSeconds) return [];
  return [changeText('advert_int', String(before.advertSeconds), String(after.advertSeconds))];
}

/** Named, and never shown. */
const SECRETS = ['authentication', 'auth_hmac'] as const;

function textOf({ items }: Instance, keyword: string): string {
  return JSON.stringify(blocksOf(items, keyword).map((block) => block.items.map(({ words }) => words)));
}

function advertised({ vips }: Instance): string {
  return vips
    .map(({ address }) => address)
    .sort(compareText)
    .join(' ');
}

/** It is no part of an advert: each director waits as long as it was told. */
function patience({ before, after }: Kept): Impact[] {
  if (before.downTimerAdverts === after.downTimerAdverts) return [];
  const message = `Until the directors of VRRP instance ${after.name} have it alike (${changeText('down_timer_adverts', String(before.downTimerAdverts), String(after.downTimerAdverts))}), those with the smaller number take over sooner than the others`;
  return [{ level: 'note', kind: 'patience-differs', subject: after.name, message }];
}

function peerImpacts({ before, after }: Kept): Impact[] {
  const [had, has] = [peersOf(before), peersOf(after)];
  const gone = had.filter((peer) => !has.includes(peer));
  const come = has.filter((peer) => !had.includes(peer));
  return [...gone.map((peer) => peerGone(peer, after)), ...come.map((peer) => peerCome(peer, after))];
}

function peersOf({ items }: Instance): readonly string[] {
  return linesIn(items, 'unicast_peer').flatMap(([peer]) => peer ?? []);
}

function peerGone(peer: string, after: Instance): Impact {
  return {
    level: 'disruptive',
    kind: 'peer-removed',
    subject: after.name,
    message: `${peer} hears no adverts of VRRP instance ${after.name} any more: while it runs that instance, it becomes master as well`,
    hint: `take the instance off ${peer} first`,
  };
}

function peerCome(peer: string, after: Instance): Impact {
  return {
    level: 'note',
    kind: 'peer-added',
    subject: after.name,
    message: `${peer} hears the adverts of VRRP instance ${after.name}, and must send its own to this director in turn`,
  };
}

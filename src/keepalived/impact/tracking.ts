import type { Impact } from '../../model/conf-change.ts';
import type { ReadConf, ReadItem } from '../read-conf.ts';
import { isOlder } from '../../model/version-order.ts';
import type { ImpactContext } from './context.ts';
import type { Fate } from './fate.ts';
import { blocksOf, linesIn, wordOf, wordsOf } from './in-block.ts';
import { changeText } from './wording.ts';

interface Sides {
  readonly before: ReadConf;
  readonly after: ReadConf;
  readonly fates: readonly Fate[];
  readonly context: ImpactContext;
}

/** What instances and sync groups follow, and what that is. */
export function trackingImpacts(sides: Sides): Impact[] {
  return [...followers(sides).flatMap((follower) => usesChanged(follower, sides.after)), ...scriptsChanged(sides)];
}

/** An instance or a sync group that goes on. */
interface Follower {
  readonly label: string;
  readonly name: string;
  readonly was: readonly ReadItem[];
  readonly is: readonly ReadItem[];
}

function followers({ before, after, fates }: Sides): readonly Follower[] {
  const kept = fates.filter((fate) => fate.kind === 'kept');
  const instances = kept.map(({ before: was, after: { name, items } }) => ({
    label: `VRRP instance ${name}`,
    name,
    was: was.items,
    is: items,
  }));
  const groups = blocksOf(after.items, 'vrrp_sync_group').flatMap(({ words: [, name = ''], items }) => {
    const was = blocksOf(before.items, 'vrrp_sync_group').find((group) => group.words[1] === name);
    return was === undefined ? [] : [{ label: `Sync group ${name}`, name, was: was.items, is: items }];
  });
  return [...instances, ...groups];
}

/** By the keyword of the list: what people call the things in it, where they are defined, and their weight if nobody says. */
const KINDS = [
  { keyword: 'track_interface', label: 'interface', definition: null, weight: '0' },
  { keyword: 'track_script', label: 'script', definition: 'vrrp_script', weight: '0' },
  { keyword: 'track_process', label: 'process', definition: 'vrrp_track_process', weight: '0' },
  { keyword: 'track_file', label: 'file', definition: 'track_file', weight: '1' },
  { keyword: 'track_bfd', label: 'BFD session', definition: 'bfd_instance', weight: '0' },
] as const;

type Kind = (typeof KINDS)[number];

function usesChanged(follower: Follower, after: ReadConf): Impact[] {
  return KINDS.flatMap((kind) => {
    const [was, is] = [usesOf(follower.was, kind), usesOf(follower.is, kind)];
    const gone = [...was.keys()].filter((name) => !is.has(name));
    const changed = [...is].filter(([name, weight]) => was.get(name) !== weight);
    return [
      ...gone.map((name) => unfollowed(follower, `${kind.label} ${name}`)),
      ...changed.map(([name, weight]) => {
        const former = was.get(name);
        const thing = `${kind.label} ${name}`;
        if (former !== undefined) return reweighed(follower, { thing, change: changeText('weight', former, weight) });
        return followed(follower, { thing, weight: weight === '' ? definedWeight(name, { kind, after }) : weight });
      }),
    ];
  });
}

/** Names with the weights that are said here, as they stand. */
function usesOf(items: readonly ReadItem[], { keyword }: Kind): ReadonlyMap<string, string> {
  const lines = linesIn(items, keyword);
  return new Map(lines.map(([name = '', ...words]) => [name, words.filter((word) => word !== 'weight').join(' ')]));
}

function definedWeight(name: string, { kind, after }: { kind: Kind; after: ReadConf }): string {
  const definition = kind.definition === null ? [] : blocksOf(after.items, kind.definition);
  const block = definition.find(({ words }) => words[1] === name);
  return (block === undefined ? undefined : wordsOf(block.items, 'weight')?.join(' ')) ?? kind.weight;
}

function followed({ label, name }: Follower, { thing, weight }: { thing: string; weight: string }): Impact {
  const effect = weight.startsWith('0')
    ? 'gives up its VIPs while that fails'
    : `moves its priority by ${weight} with it`;
  return {
    level: 'note',
    kind: 'tracker-added',
    subject: name,
    message: `${label} follows ${thing} from now on, and ${effect}`,
  };
}

function unfollowed({ label, name }: Follower, thing: string): Impact {
  const message = `${label} no longer follows ${thing}: if that fails at the moment, it may take VIPs again at once`;
  return { level: 'note', kind: 'tracker-removed', subject: name, message };
}

function reweighed({ label, name }: Follower, { thing, change }: { thing: string; change: string }): Impact {
  return {
    level: 'note',
    kind: 'tracker-changed',
    subject: name,
    message: `${label} follows ${thing} otherwise (${change}), at once`,
  };
}

/** Until 2.3.2 the result goes over to whatever has the same name (vrrp.c: clear_diff_script). */
function scriptsChanged({ before, after, context }: Sides): Impact[] {
  if (!isOlder(context.version, '2.3.2')) return [];
  return blocksOf(after.items, 'vrrp_script').flatMap(({ words: [, name = ''], items }) => {
    const was = blocksOf(before.items, 'vrrp_script').find((script) => script.words[1] === name);
    if (was === undefined || commandOf(was.items) === commandOf(items)) return [];
    const [rise = '1', fall = '1'] = [wordOf(items, 'rise'), wordOf(items, 'fall')];
    const message = `Script ${name} has another command, and counts as the former one did until it has failed ${fall} or succeeded ${rise} times in a row`;
    return [{ level: 'note' as const, kind: 'script-changed', subject: name, message }];
  });
}

function commandOf(items: readonly ReadItem[]): string {
  return JSON.stringify(wordsOf(items, 'script'));
}

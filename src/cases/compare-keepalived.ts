import { type ReadItem, readConf } from '../keepalived/read-conf.ts';
import type { CaseInput, CaseMistake, Comparison } from './case.ts';

/** A line of keepalived.conf behind the blocks that it stands in; of a block, its first line. Quotes are taken off. */
type Place = readonly string[];

/** Each line that is expected, or what its block says instead; and each that is there although it must not be. */
export function compareKeepalived({ given, conf }: CaseInput): Comparison {
  const { contains, not_contains: unwanted } = given.expect.keepalived ?? {};
  const written = placesIn(readConf(conf ?? '').items);
  const rows = fragmentsOf(contains).map((wanted) => {
    const found = written.some((place) => endsWith(place, wanted));
    const instead = written.filter((place) => isInstead(place, wanted));
    return { expected: placeText(wanted), seen: found ? [placeText(wanted)] : instead.map(placeText) };
  });
  const surplus = fragmentsOf(unwanted).flatMap((place) => written.filter((other) => endsWith(other, place)));
  return {
    expected: rows.map(({ expected }) => expected),
    seen: [...rows.flatMap(({ seen }) => seen), ...surplus.map(placeText)],
  };
}

/** What an expectation says that no keepalived.conf could hold. */
export function confMistakes({ given }: CaseInput): readonly CaseMistake[] {
  const { keepalived } = given.expect;
  if (keepalived === undefined) return [];
  const keys = (['contains', 'not_contains'] as const).filter((key) => keepalived[key] !== undefined);
  if (keys.length === 0) return [{ path: ['expect', 'keepalived'], message: 'It names no line of keepalived.conf' }];
  return keys.flatMap((key) => {
    const path = ['expect', 'keepalived', key];
    const { items, unread } = readConf(textOf(keepalived[key]));
    const [first] = unread;
    if (first !== undefined) return [{ path, message: `This is not read: "${first.text}" ${first.reason}` }];
    return items.length === 0 ? [{ path, message: 'It names no line of keepalived.conf' }] : [];
  });
}

type Fragments = string | readonly string[] | undefined;

function textOf(fragments: Fragments): string {
  return typeof fragments === 'string' ? fragments : (fragments ?? []).join('\n');
}

/** A block stands for the lines in it; for itself, where it has none. */
function fragmentsOf(fragments: Fragments): readonly Place[] {
  const places = placesIn(readConf(textOf(fragments)).items);
  return places.filter((place) => !places.some((other) => other.length > place.length && startsWith(other, place)));
}

function placesIn(items: readonly ReadItem[], blocks: Place = []): readonly Place[] {
  return items.flatMap((item) => {
    const place = [...blocks, item.words.join(' ')];
    return item.kind === 'block' ? [place, ...placesIn(item.items, place)] : [place];
  });
}

function startsWith(place: Place, start: Place): boolean {
  return start.every((line, index) => line === place[index]);
}

/** What is not in a block of its own may stand in any. */
function endsWith(place: Place, end: Place): boolean {
  return place.length >= end.length && startsWith(place.slice(place.length - end.length), end);
}

/** With the same keyword, in the same block. */
function isInstead(place: Place, wanted: Place): boolean {
  const keyword = (line: string | undefined) => line?.split(' ')[0];
  return endsWith(place.slice(0, -1), wanted.slice(0, -1)) && keyword(place.at(-1)) === keyword(wanted.at(-1));
}

function placeText(place: Place): string {
  return `${place.join(' { ')}${' }'.repeat(place.length - 1)}`;
}

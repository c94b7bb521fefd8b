import type { ReadBlock, ReadItem } from '../read-conf.ts';

type Items = readonly ReadItem[];

/** The blocks under a keyword, in the order of the file. */
export function blocksOf(items: Items, keyword: string): readonly ReadBlock[] {
  return items.filter((item) => item.kind === 'block').filter(({ words }) => words[0] === keyword);
}

/** What is said behind a keyword: the last line counts, as for most of keepalived's keywords. Undefined without any. */
export function wordsOf(items: Items, keyword: string): readonly string[] | undefined {
  return items.findLast((item) => item.kind === 'statement' && item.words[0] === keyword)?.words.slice(1);
}

/** The first word behind a keyword. */
export function wordOf(items: Items, keyword: string): string | undefined {
  return wordsOf(items, keyword)?.[0];
}

export function has(items: Items, keyword: string): boolean {
  return wordsOf(items, keyword) !== undefined;
}

/** The lines of a block such as virtual_ipaddress. Several of them add up. */
export function linesIn(items: Items, keyword: string): readonly (readonly string[])[] {
  return blocksOf(items, keyword).flatMap((block) => block.items.map(({ words }) => words));
}

/** All words of a block such as the group of a sync group, where lines do not count. */
export function namesIn(items: Items, keyword: string): readonly string[] {
  return linesIn(items, keyword).flat();
}

/** `global_defs`, of which there may be several. */
export function globalsOf(items: Items): Items {
  return blocksOf(items, 'global_defs').flatMap((block) => block.items);
}

import { type ReadItem, readConf } from '../../src/keepalived/read-conf.ts';

/** Words alone: a statement as its words, a block as its words and its items. */
export type Shape = readonly string[] | readonly [words: readonly string[], items: readonly Shape[]];

export function shapeOf(item: ReadItem): Shape {
  return item.kind === 'block' ? [item.words, item.items.map(shapeOf)] : item.words;
}

export function shapes(text: string): readonly Shape[] {
  return readConf(text).items.map(shapeOf);
}

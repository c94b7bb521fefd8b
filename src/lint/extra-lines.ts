import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import { everyServer } from './every-server.ts';
import type { ConfBlock } from './keepalived-keywords.ts';
import { oncePerSpec } from './once-per-spec.ts';

/** One line of an `extra` field. */
export interface ExtraLine {
  readonly path: Path;
  readonly text: string;
  /** Its first word where that is a keyword of the block it goes to; null within a block of its own, and for the rest. */
  readonly keyword: string | null;
  readonly block: ConfBlock;
}

/** An `extra` field, and the block of keepalived.conf at whose end it stands. */
export interface ExtraField {
  readonly path: Path;
  readonly lines: readonly string[];
  readonly block: ConfBlock;
}

/** Every line of every `extra` field. */
export function extraLines(loaded: LoadedSpec): readonly ExtraLine[] {
  return extraFields(loaded).flatMap(({ path, lines, block }) => {
    let depth = 0;
    return lines.map((text, index) => {
      const keyword = depth === 0 ? keywordOf(text) : null;
      depth += braces(text).reduce((sum, brace) => sum + (brace === '{' ? 1 : -1), 0);
      return { path: [...path, index], text, keyword, block };
    });
  });
}

/** Every `extra` field. */
export const extraFields: (loaded: LoadedSpec) => readonly ExtraField[] = oncePerSpec((loaded) => {
  const { directors, vrrp, sync_groups, keepalived, services } = loaded.spec;
  return [
    ...fields({ keepalived }, { path: [], block: 'global_defs' }),
    ...fields(directors, { path: ['directors'], block: 'root' }),
    ...fields(vrrp, { path: ['vrrp'], block: 'vrrp_instance' }),
    ...fields(sync_groups, { path: ['sync_groups'], block: 'vrrp_sync_group' }),
    ...fields(services, { path: ['services'], block: 'virtual_server' }),
    ...everyServer(loaded).flatMap(({ path, details }) => ofServer(path, details)),
  ];
});

interface Owner {
  readonly extra?: readonly string[] | undefined;
}

function fields(
  owners: Readonly<Record<string, Owner | undefined>> | undefined,
  { path, block }: { path: Path; block: ConfBlock },
): ExtraField[] {
  return Object.entries(owners ?? {}).flatMap(([name, owner]) =>
    owner?.extra === undefined ? [] : [{ path: [...path, name, 'extra'], lines: owner.extra, block }],
  );
}

function ofServer(path: Path, { extra }: Owner): ExtraField[] {
  return extra === undefined ? [] : [{ path: [...path, 'extra'], lines: extra, block: 'real_server' }];
}

/** What of a line is no comment: from # or ! on, unless quoted or behind a backslash (parser.c: decomment). */
export function withoutComment(text: string): string {
  return /^(?:"[^"]*(?:"|$)|\\.|[^"\\#!])*/.exec(text)?.[0] ?? text;
}

/** The braces of a line that open or close a block: those outside quotes. */
export function braces(text: string): readonly string[] {
  return (
    withoutComment(text)
      .replace(/"[^"]*"/g, '')
      .match(/[{}]/g) ?? []
  );
}

/** Behind a condition on the host; definitions and loops begin with a sign, and so do braces. */
function keywordOf(text: string): string | null {
  const [first = ''] = withoutComment(text)
    .replace(/^\s*@\S*/, '')
    .trim()
    .split(/[\s{}]/);
  return first === '' || /^[$~"\\]/.test(first) ? null : first;
}

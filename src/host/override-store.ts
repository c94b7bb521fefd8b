import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import { noOverrides, type Overrides } from '../model/override.ts';
import { formatOverrides, parseOverrides } from './override-document.ts';
import { readOwnFile } from './read-own-file.ts';
import { replaceFile } from './replace-file.ts';
import { setAside } from './set-aside.ts';

export interface StoredOverrides {
  readonly overrides: Overrides;
  /** What happened to the file that should hold them, a sentence without a full stop: they come from its copy. */
  readonly damage: string | null;
}

/** What operators decided in one network namespace, in `overrides.json`, with a copy of the last good state beside it. */
export interface OverrideStore {
  /** Never takes damage for "nobody decided anything": without a good copy it is an error. */
  read(): Promise<StoredOverrides>;
  /** On disk, twice, when it returns. One writer at a time: the lock decides. */
  write(overrides: Overrides): Promise<void>;
}

export function openOverrideStore({ directory }: { readonly directory: string }): OverrideStore {
  const path = join(directory, 'overrides.json');
  const copy = `${path}.last`;
  return {
    read: async () => {
      const file = await look(path);
      return file.kind === 'good' ? { overrides: file.overrides, damage: null } : fallBack(file, { path, copy });
    },
    write: async (overrides) => {
      const text = formatOverrides(overrides);
      await replaceFile(path, text);
      await replaceFile(copy, text);
    },
  };
}

type Look =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly overrides: Overrides }
  | { readonly kind: 'damaged'; readonly reason: string };

async function look(path: string): Promise<Look> {
  const text = await readOwnFile(path, 'overrides');
  if (text === null) return { kind: 'absent' };
  try {
    return { kind: 'good', overrides: parseOverrides(text) };
  } catch (error) {
    return { kind: 'damaged', reason: (error as Error).message };
  }
}

/** The next write puts the file right: whoever only reads may be one of several. */
async function fallBack(
  file: Exclude<Look, { kind: 'good' }>,
  { path, copy }: { path: string; copy: string },
): Promise<StoredOverrides> {
  const kept = await look(copy);
  if (kept.kind === 'good') return { overrides: kept.overrides, damage: await describeDamage(file, path) };
  if (file.kind === 'absent' && kept.kind === 'absent') return { overrides: noOverrides, damage: null };
  const what = [file, kept].map((one) => (one.kind === 'damaged' ? `cannot be read (${one.reason})` : 'is gone'));
  throw new OperationError(`Nobody knows what was decided by hand: ${path} ${what[0]}, and its copy ${what[1]}`, {
    hints: [
      `Put ${path} right, or remove it and ${copy}: then no override stands, and what was drained by hand gets its weight back.`,
    ],
  });
}

async function describeDamage(file: Exclude<Look, { kind: 'good' }>, path: string): Promise<string> {
  if (file.kind === 'absent') return `${path} is gone`;
  const hint = `Move it away by hand; its copy ${path}.last is good.`;
  return `${path} cannot be read (${file.reason}) and was set aside as ${await setAside(path, { what: 'overrides', hint })}`;
}

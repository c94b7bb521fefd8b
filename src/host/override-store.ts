import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import { noOverrides, type Overrides } from '../model/override.ts';
import { formatDocument } from '../model/stored-document.ts';
import { type DocumentFile, type DocumentLook, lookAtDocument } from './look-at-document.ts';
import { OVERRIDES_FORM } from './override-document.ts';
import { replaceFile } from './replace-file.ts';
import { setAside } from './set-aside.ts';

export interface StoredOverrides {
  readonly overrides: Overrides;
  /** What happened to the file that should hold them, a sentence without a full stop: they come from its copy. */
  readonly damage: string | null;
}

/** What operators decided in one network namespace, in `overrides.json`, with a copy of the last good state beside it. */
export interface OverrideStore {
  /**
   * Never takes damage for "nobody decided anything": without a good copy it is an error. So is one that a newer lvsctl
   * wrote, whatever the copy says.
   */
  read(): Promise<StoredOverrides>;
  /** On disk, twice, when it returns. One writer at a time: the lock decides. */
  write(overrides: Overrides): Promise<void>;
}

export function openOverrideStore({ directory }: { readonly directory: string }): OverrideStore {
  const files = overrideFiles(directory);
  return {
    read: async () => {
      const found = await lookAtDocument(files.first);
      return found.kind === 'good' ? { overrides: found.value, damage: null } : fallBack(found, files);
    },
    write: async (overrides) => {
      const text = formatDocument(overrides, OVERRIDES_FORM);
      await replaceFile(files.first.path, text);
      await replaceFile(files.copy.path, text);
    },
  };
}

export function overrideFiles(directory: string): Record<'first' | 'copy', DocumentFile<Overrides>> {
  const path = join(directory, 'overrides.json');
  const file = (name: string, other: string) => ({
    ...{ what: 'overrides', path: name, form: OVERRIDES_FORM },
    without: `no override stands once ${other} is moved away too, and what was drained by hand gets its weight back`,
  });
  return { first: file(path, `${path}.last`), copy: file(`${path}.last`, path) };
}

/** The next write puts the file right: whoever only reads may be one of several. */
async function fallBack(
  file: Exclude<DocumentLook<Overrides>, { kind: 'good' }>,
  files: ReturnType<typeof overrideFiles>,
): Promise<StoredOverrides> {
  const [path, copy] = [files.first.path, files.copy.path];
  const kept = await lookAtDocument(files.copy);
  if (kept.kind === 'good') return { overrides: kept.value, damage: await describeDamage(file, path) };
  if (file.kind === 'absent' && kept.kind === 'absent') return { overrides: noOverrides, damage: null };
  const what = [file, kept].map((one) => (one.kind === 'damaged' ? `cannot be read (${one.reason})` : 'is gone'));
  throw new OperationError(`Nobody knows what was decided by hand: ${path} ${what[0]}, and its copy ${what[1]}`, {
    hints: [
      `Put ${path} right, or remove it and ${copy}: then no override stands, and what was drained by hand gets its weight back.`,
    ],
  });
}

async function describeDamage(file: Exclude<DocumentLook<Overrides>, { kind: 'good' }>, path: string): Promise<string> {
  if (file.kind === 'absent') return `${path} is gone`;
  const hint = `Move it away by hand; its copy ${path}.last is good.`;
  return `${path} cannot be read (${file.reason}) and was set aside as ${await setAside(path, { what: 'overrides', hint })}`;
}

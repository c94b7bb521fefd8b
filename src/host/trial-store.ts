import { join } from 'node:path';
import type { Trial } from '../model/trial.ts';
import { readOwnFile } from './read-own-file.ts';
import { removeFile, replaceFile } from './replace-file.ts';
import { setAside } from './set-aside.ts';
import { formatTrial, parseTrial } from './trial-document.ts';

export interface StoredTrial {
  readonly trial: Trial;
  /** Where a file that cannot be trusted was moved to, and what was wrong with it: what waited is not known then. */
  readonly damage: { readonly setAside: string; readonly reason: string } | null;
}

/** The apply that waits to be confirmed in one network namespace, in `armed.json`. */
export interface TrialStore {
  read(): Promise<StoredTrial>;
  /** On disk when it returns. One writer at a time: the lock decides. */
  write(trial: Trial): Promise<void>;
}

export function openTrialStore({ directory }: { readonly directory: string }): TrialStore {
  const path = join(directory, 'armed.json');
  return {
    read: () => readStore(path),
    write: (trial) => (trial.kind === 'none' ? removeFile(path) : replaceFile(path, formatTrial(trial))),
  };
}

async function readStore(path: string): Promise<StoredTrial> {
  const text = await readOwnFile(path, 'trial');
  if (text === null) return { trial: { kind: 'none' }, damage: null };
  try {
    return { trial: parseTrial(text), damage: null };
  } catch (error) {
    const damage = { setAside: await setAside(path, DAMAGED), reason: (error as Error).message };
    return { trial: { kind: 'none' }, damage };
  }
}

const DAMAGED = {
  what: 'trial',
  hint: 'Move it away by hand, and see what `lvsctl rollback --list` offers.',
} as const;

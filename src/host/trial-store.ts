import { join } from 'node:path';
import type { Armed, TakenBack, Trial } from '../model/trial.ts';
import { formatDocument } from '../model/stored-document.ts';
import { type DocumentFile, lookAtDocument } from './look-at-document.ts';
import { removeFile, replaceFile } from './replace-file.ts';
import { setAside } from './set-aside.ts';
import { TRIAL_FORM } from './trial-document.ts';

export interface StoredTrial {
  readonly trial: Trial;
  /** Where a file that cannot be trusted was moved to, and what was wrong with it: what waited is not known then. */
  readonly damage: { readonly setAside: string; readonly reason: string } | null;
}

/** The apply that waits to be confirmed in one network namespace, in `armed.json`. */
export interface TrialStore {
  /** Fails for one that a newer lvsctl wrote. */
  read(): Promise<StoredTrial>;
  /** On disk when it returns. One writer at a time: the lock decides. */
  write(trial: Trial): Promise<void>;
}

export function openTrialStore({ directory }: { readonly directory: string }): TrialStore {
  const file = trialFile(directory);
  return {
    read: () => readStore(file),
    write: (trial) =>
      trial.kind === 'none' ? removeFile(file.path) : replaceFile(file.path, formatDocument(trial, TRIAL_FORM)),
  };
}

export function trialFile(directory: string): DocumentFile<Armed | TakenBack> {
  const without = 'nothing is taken back by itself, and `lvsctl rollback` does it';
  return { what: 'trial', path: join(directory, 'armed.json'), form: TRIAL_FORM, without };
}

async function readStore(file: DocumentFile<Armed | TakenBack>): Promise<StoredTrial> {
  const found = await lookAtDocument(file);
  if (found.kind === 'good') return { trial: found.value, damage: null };
  if (found.kind === 'absent') return { trial: { kind: 'none' }, damage: null };
  const damage = { setAside: await setAside(file.path, DAMAGED), reason: found.reason };
  return { trial: { kind: 'none' }, damage };
}

const DAMAGED = {
  what: 'trial',
  hint: 'Move it away by hand, and see what `lvsctl rollback --list` offers.',
} as const;

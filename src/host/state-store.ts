import { join } from 'node:path';
import { emptyState, type State } from '../model/state.ts';
import { formatDocument } from '../model/stored-document.ts';
import { type DocumentFile, lookAtDocument } from './look-at-document.ts';
import { replaceFile } from './replace-file.ts';
import { setAside } from './set-aside.ts';
import { STATE_FORM } from './state-document.ts';

export interface StoredState {
  /** `emptyState` when nothing was ever stored, and when what was stored had to be set aside. */
  readonly state: State;
  /** Where a file that cannot be trusted was moved to. Ownership and drains are lost then: say so loudly. */
  readonly setAside: string | null;
  /** What was wrong with that file. */
  readonly reason: string | null;
}

/** What lvsctl remembers about one network namespace, in `state.json`. */
export interface StateStore {
  /** Fails for one that a newer lvsctl wrote. */
  read(): Promise<StoredState>;
  /** On disk when it returns. Calls within one process wait for each other; between processes the lock decides. */
  write(state: State): Promise<void>;
}

/** Opens the store in a state directory, which the first write creates. */
export function openStateStore(options: { readonly directory: string }): StateStore {
  const file = stateFile(options.directory);
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    read: () => readStore(file),
    write: (state) => {
      const write = lastWrite.then(() => replaceFile(file.path, formatDocument(state, STATE_FORM)));
      lastWrite = write.catch(() => undefined);
      return write;
    },
  };
}

export function stateFile(directory: string): DocumentFile<State> {
  const without = 'services that lvsctl wrote count as not managed, and drains and maintenance are forgotten';
  return { what: 'state', path: join(directory, 'state.json'), form: STATE_FORM, without };
}

async function readStore(file: DocumentFile<State>): Promise<StoredState> {
  const found = await lookAtDocument(file);
  if (found.kind === 'good') return { state: found.value, setAside: null, reason: null };
  if (found.kind === 'absent') return { state: emptyState, setAside: null, reason: null };
  return { state: emptyState, setAside: await setAside(file.path, DAMAGED), reason: found.reason };
}

const DAMAGED = {
  what: 'state',
  hint: 'Move it away by hand. Without it, services that lvsctl wrote count as not managed.',
} as const;

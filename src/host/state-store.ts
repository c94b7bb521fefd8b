import { join } from 'node:path';
import { emptyState, type State } from '../model/state.ts';
import { readOwnFile } from './read-own-file.ts';
import { replaceFile } from './replace-file.ts';
import { setAside } from './set-aside.ts';
import { formatState, parseState } from './state-document.ts';

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
  read(): Promise<StoredState>;
  /** On disk when it returns. Calls within one process wait for each other; between processes the lock decides. */
  write(state: State): Promise<void>;
}

/** Opens the store in a state directory, which the first write creates. */
export function openStateStore(options: { readonly directory: string }): StateStore {
  const path = join(options.directory, 'state.json');
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    read: () => readStore(path),
    write: (state) => {
      const write = lastWrite.then(() => replaceFile(path, formatState(state)));
      lastWrite = write.catch(() => undefined);
      return write;
    },
  };
}

async function readStore(path: string): Promise<StoredState> {
  const text = await readOwnFile(path, 'state');
  if (text === null) return { state: emptyState, setAside: null, reason: null };
  try {
    return { state: parseState(text), setAside: null, reason: null };
  } catch (error) {
    return { state: emptyState, setAside: await setAside(path, DAMAGED), reason: (error as Error).message };
  }
}

const DAMAGED = {
  what: 'state',
  hint: 'Move it away by hand. Without it, services that lvsctl wrote count as not managed.',
} as const;

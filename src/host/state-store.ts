import { link, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import { emptyState, type State } from '../model/state.ts';
import { replaceFile } from './replace-file.ts';
import { formatState, parseState } from './state-document.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

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
  const text = await readText(path);
  if (text === null) return { state: emptyState, setAside: null, reason: null };
  try {
    return { state: parseState(text), setAside: null, reason: null };
  } catch (error) {
    return { state: emptyState, setAside: await setAside(path), reason: (error as Error).message };
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw new OperationError(`Cannot read the state in ${path}: ${describeSystemError(error)}`, {
      hints: ['Run as the user that applies, usually root, or point LVSCTL_STATE_DIR at another directory.'],
      cause: error,
    });
  }
}

/** Moves a file to the first free `.corrupt-<n>`, so that an earlier one is never overwritten. */
async function setAside(path: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const target = `${path}.corrupt-${n}`;
    try {
      await link(path, target);
      await unlink(path);
      return target;
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST') continue;
      throw new OperationError(`Cannot set the damaged state in ${path} aside: ${describeSystemError(error)}`, {
        hints: ['Move it away by hand. Without it, services that lvsctl wrote count as not managed.'],
        cause: error,
      });
    }
  }
}

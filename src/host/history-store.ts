import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import type { HistoryEntry } from '../model/history.ts';
import { formatHistoryEntry, parseHistoryEntry } from './history-document.ts';
import { readOwnFile } from './read-own-file.ts';
import { replaceFile } from './replace-file.ts';
import { describeSystemError } from './system-error.ts';

/** Some thousand entries; beyond it the older half goes. */
const MOST_BYTES = 1024 * 1024;

/** What was changed in one network namespace, and by whom: one JSON document a line, in `history.ndjson`. */
export interface HistoryStore {
  /** On disk when it returns. One writer at a time: the lock decides. */
  append(entry: HistoryEntry): Promise<void>;
  /** The newest first. Lines that cannot be read, as the last one of a writer that died, are left out. */
  read(): Promise<readonly HistoryEntry[]>;
}

export function openHistoryStore({
  directory,
  mostBytes = MOST_BYTES,
}: {
  readonly directory: string;
  readonly mostBytes?: number;
}): HistoryStore {
  const path = join(directory, 'history.ndjson');
  return {
    append: async (entry) => {
      const size = await appendLine(path, formatHistoryEntry(entry));
      if (size > mostBytes) await forgetOlderHalf(path, mostBytes / 2);
    },
    read: async () => {
      const text = (await readOwnFile(path, 'history')) ?? '';
      return text
        .split('\n')
        .flatMap((line) => parseHistoryEntry(line) ?? [])
        .toReversed();
    },
  };
}

/** Returns the size of the file then. What a dead writer left of a line gets a line of its own. */
async function appendLine(path: string, line: string): Promise<number> {
  try {
    const file = await open(path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const isHalf = size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== NEWLINE;
      await file.appendFile(`${isHalf ? '\n' : ''}${line}\n`);
      await file.sync();
      return size + line.length;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new OperationError(`Cannot write ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}

const NEWLINE = 0x0a;

async function forgetOlderHalf(path: string, keptBytes: number): Promise<void> {
  const text = (await readOwnFile(path, 'history')) ?? '';
  const from = text.indexOf('\n', text.length - keptBytes) + 1;
  await replaceFile(path, text.slice(from));
}

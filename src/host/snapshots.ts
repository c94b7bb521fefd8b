import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationError } from '../errors.ts';
import type { Overrides } from '../model/override.ts';
import type { SavedConf } from '../model/saved-conf.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { State } from '../model/state.ts';
import { formatDocument, NewerDocument, parseDocument } from '../model/stored-document.ts';
import type { SyncDaemon, Timeouts } from '../model/table.ts';
import { createFile } from './replace-file.ts';
import { SNAPSHOT_FORM } from './snapshot-document.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

const KEPT = 50;
const ID = /^(\d{8}T\d{6}Z)(?:-(\d+))?$/;

/** All it takes to put one network namespace back to where it was. */
export interface Snapshot {
  /** The whole table as `ipvsadm -R` reads it, services that are not managed included. */
  readonly table: string;
  readonly state: State;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  /** Why it was taken: `apply`, `rollback 20261122T140340Z`. */
  readonly reason: string;
  /** Of the kernel; null: not known. */
  readonly timeouts: Timeouts | null;
  /** Of the kernel; null: not known, or not to be brought back, since keepalived starts and stops them. */
  readonly syncDaemons: readonly SyncDaemon[] | null;
  /** keepalived.conf; null: it was not looked at. */
  readonly conf: SavedConf | null;
  /** What was decided by hand; null: not known. */
  readonly overrides: Overrides | null;
  /** The spec that held then; null where its text is not known. */
  readonly spec: SpecSource | null;
  /** Keys of services of others that the plan was to remove. */
  readonly pruned: readonly string[];
}

/** A snapshot in its store; the name is its time, `20261122T140340Z`. */
export interface NamedSnapshot extends Snapshot {
  readonly id: string;
}

export interface SnapshotStore {
  /** Stores a snapshot under the name it returns, and forgets all but the newest 50. */
  save(snapshot: Snapshot): Promise<string>;
  /** Ids, newest first. */
  list(): Promise<readonly string[]>;
  /** Without an id: the newest. */
  load(id?: string): Promise<NamedSnapshot>;
}

/** The snapshots below a state directory, one JSON file each. */
export function snapshots(options: {
  readonly directory: string;
  /** Name of one that is kept however old it is. */
  readonly pinned?: () => Promise<string | null>;
}): SnapshotStore {
  const directory = join(options.directory, 'snapshots');
  return {
    save: async (snapshot) => {
      const id = await saveSnapshot(directory, snapshot);
      await forgetOld(directory, (await options.pinned?.()) ?? null);
      return id;
    },
    list: () => listIds(directory),
    load: (id) => loadSnapshot(directory, id),
  };
}

async function saveSnapshot(directory: string, snapshot: Snapshot): Promise<string> {
  const base = new Date(snapshot.takenAt).toISOString().replace(/[-:]|\.\d+/g, '');
  const text = formatDocument(snapshot, SNAPSHOT_FORM);
  let id = base;
  for (let n = 2; !(await createFile(fileOf(directory, id), text)); n += 1) id = `${base}-${n}`;
  return id;
}

/** What a killed writer left unfinished goes too. */
async function forgetOld(directory: string, pinned: string | null): Promise<void> {
  const unfinished = (await readdir(directory)).filter((name) => name.endsWith('.json.tmp'));
  const old = (await listIds(directory)).slice(KEPT).filter((id) => id !== pinned);
  for (const name of [...unfinished, ...old.map((id) => `${id}.json`)]) await unlink(join(directory, name));
}

async function listIds(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new OperationError(`Cannot read the snapshots in ${directory}: ${describeSystemError(error)}`, {
      cause: error,
    });
  });
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  return ids.filter((id) => ID.test(id)).sort(byNewest);
}

async function loadSnapshot(directory: string, wanted: string | undefined): Promise<NamedSnapshot> {
  const ids = await listIds(directory);
  const id = wanted ?? ids[0];
  if (id === undefined) {
    throw new OperationError(`There is no snapshot in ${directory}`, {
      hints: ['Every apply takes one before it changes anything.'],
    });
  }
  if (!ids.includes(id)) {
    throw new OperationError(`There is no snapshot "${id}" in ${directory}`, {
      hints: [ids.length === 0 ? 'There is none at all.' : `There is, newest first: ${ids.join(', ')}.`],
    });
  }
  return { id, ...(await readSnapshot(fileOf(directory, id))) };
}

async function readSnapshot(path: string): Promise<Snapshot> {
  try {
    return parseDocument(await readFile(path, 'utf8'), SNAPSHOT_FORM);
  } catch (error) {
    const whose = error instanceof NewerDocument ? ['A newer lvsctl took it, and can go back to it.'] : [];
    throw new OperationError(`Cannot read the snapshot ${path}: ${describeSystemError(error)}`, {
      hints: [...whose, 'Take another one: lvsctl rollback --list shows them.'],
      cause: error,
    });
  }
}

function fileOf(directory: string, id: string): string {
  return join(directory, `${id}.json`);
}

/** By time, then by the number that tells apart those of one second. */
function byNewest(a: string, b: string): number {
  const [, timeA = '', countA = '1'] = ID.exec(a) ?? [];
  const [, timeB = '', countB = '1'] = ID.exec(b) ?? [];
  if (timeA !== timeB) return timeA < timeB ? 1 : -1;
  return Number(countB) - Number(countA);
}

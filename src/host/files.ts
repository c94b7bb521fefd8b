import { stat, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperationError } from '../errors.ts';
import { shownPath } from './shown-path.ts';
import { findSpecFiles } from './spec-directory.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/** The text of one spec file under the name that findings show. */
export interface SpecFile {
  readonly name: string;
  readonly text: string;
}

export interface ReadOptions {
  /** Relative paths count from here, and names are shown relative to it. */
  readonly cwd: string;
  readStdin(): Promise<string>;
}

/** More is no spec file, and would fill the memory: 8 MiB hold about 100,000 real servers. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 1000;

/**
 * Reads a spec: files as they are, directories with every `*.lvs.yaml` and `*.lvs.yml` below them, `-` for standard
 * input. A file that cannot be read is an error, never an empty file.
 */
export async function readSpecFiles(paths: readonly string[], options: ReadOptions): Promise<SpecFile[]> {
  const found = await Promise.all(
    paths.map((path) => (path === '-' ? [path] : listSpecFiles(resolve(options.cwd, path), options.cwd))),
  );
  const files = [...new Set(found.flat())];
  if (files.length > MAX_FILES)
    throw new OperationError(`The spec has more than ${MAX_FILES} files`, { hints: [NAME_IT] });
  const read: SpecFile[] = [];
  for (const file of files) read.push(await readOne(file, options));
  return read;
}

async function readOne(path: string, { cwd, readStdin }: ReadOptions): Promise<SpecFile> {
  if (path === '-') return { name: '<stdin>', text: await readStdin() };
  return { name: shownPath(path, cwd), text: await readSpecFile(path, cwd) };
}

const WRITE_ONE = 'Name the spec that is meant, or begin one with: lvsctl init -o web.lvs.yaml';
const NAME_IT = 'Name the file or the directory that holds the spec.';

async function listSpecFiles(path: string, cwd: string): Promise<readonly string[]> {
  const kind = await kindOf(path, cwd);
  if (kind === 'file') return [path];
  if (kind === 'other')
    throw new OperationError(`${shownPath(path, cwd)} is not a regular file`, {
      hints: ['Use - to read standard input.'],
    });
  const files = await findSpecFiles(path, cwd);
  if (files.length > 0) return files;
  throw new OperationError(`There is no *.lvs.yaml file in ${shownPath(path, cwd)}`, {
    hints: [WRITE_ONE],
    cause: Object.assign(new Error('No spec file'), { code: 'ENOENT' }),
  });
}

async function kindOf(path: string, cwd: string): Promise<'file' | 'directory' | 'other'> {
  const status = await stat(path).catch((error: unknown) => fail('read', path, { cwd, error, hints: [WRITE_ONE] }));
  return status.isFile() ? 'file' : status.isDirectory() ? 'directory' : 'other';
}

async function readSpecFile(path: string, cwd: string): Promise<string> {
  const status = await stat(path).catch((error: unknown) => fail('read', path, { cwd, error }));
  if (!status.isFile()) throw new OperationError(`${shownPath(path, cwd)} is not a regular file`);
  if (status.size > MAX_FILE_BYTES)
    throw new OperationError(
      `${shownPath(path, cwd)} has ${Math.ceil(status.size / 1048576)} MiB; at most 8 MiB are read`,
      {
        hints: ['Split it into several files, or name the right one.'],
      },
    );
  return await readFile(path, 'utf8').catch((error: unknown) => fail('read', path, { cwd, error }));
}

function fail(
  action: string,
  path: string,
  { cwd, error, hints = [] }: { cwd: string; error: unknown; hints?: readonly string[] },
): never {
  throw new OperationError(`Cannot ${action} ${shownPath(path, cwd)}: ${describeSystemError(error)}`, {
    hints: systemErrorCode(error) === 'ENOENT' ? hints : [],
    cause: error,
  });
}

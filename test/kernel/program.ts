import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { VERSION } from '../../src/version.ts';
import type { Director } from './director.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
let bundled: string | undefined;

/** One file of all of lvsctl, since a guest takes seconds to load its sources; made once. */
export function bundledProgram(): string {
  if (bundled !== undefined) return bundled;
  const directory = mkdtempSync(join(tmpdir(), 'program-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  execFileSync(join(REPOSITORY, 'node_modules/.bin/esbuild'), [
    join(REPOSITORY, 'src/main.ts'),
    ...['--bundle', '--platform=node', '--target=node24', '--format=cjs', '--log-level=error'],
    `--define:import.meta.url="file://${REPOSITORY}/dist/main.js"`,
    `--outfile=${directory}/lvsctl.cjs`,
  ]);
  bundled = join(directory, 'start.cjs');
  writeFileSync(bundled, "require('./lvsctl.cjs').main();\n");
  return bundled;
}

/** The same program, installed elsewhere, which says that it is of that version. */
export function programOfVersion(t: TestContext, version: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'installed-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const start = bundledProgram();
  const text = readFileSync(join(dirname(start), 'lvsctl.cjs'), 'utf8');
  writeFileSync(join(directory, 'lvsctl.cjs'), text.replace(`= "${VERSION}";`, `= "${version}";`));
  copyFileSync(start, join(directory, 'start.cjs'));
  return join(directory, 'start.cjs');
}

/** lvsctl as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Kill -9, and wait for its end. */
  kill(): Promise<void>;
}

export function startProgram(
  t: TestContext,
  host: Pick<Director, 'netns' | 'directory' | 'env'>,
  args: readonly string[],
  file: string = bundledProgram(),
): Program {
  const [verb = '', ...rest] = args;
  const netns = host.netns === null ? [] : ['--netns', host.netns];
  const child = spawn(process.execPath, [file, verb, ...netns, ...rest], {
    cwd: host.directory,
    env: host.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  // Not `close`: an ipvsadm that outlives it has its streams open.
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  );
  t.after(() => child.kill('SIGKILL'));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { child, output, ended, kill };
}

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { run } from '../../src/main.ts';
import { QUICK_IPVSADM, startFakeIpvsadm } from '../fixtures/fake-ipvsadm-server.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { liveContext } from '../kernel/director.ts';
import { COMPILE_CACHE } from '../lab/compile-cache.ts';
import { until } from '../lab/until.ts';
import { FakeTable } from '../scenarios/fake-table.ts';
import type { VerbRun } from './run-verb.ts';

const BIN = join(import.meta.dirname, '../../bin/lvsctl.js');

/** A host over a fake table, where `watch` runs as a process of its own and verbs in this one. */
export interface WatchedHost {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly table: FakeTable;
  /** Replaces the spec as editors do, by a rename. */
  write(text: string): void;
  lvsctl(words: string, env?: Readonly<Record<string, string>>): Promise<VerbRun>;
  watch(...args: string[]): Watcher;
  /** Weights as they are live, in the order of the table. */
  weights(): string;
}

export interface Watcher {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  /** The exit code, or the signal. */
  readonly ended: Promise<number | string | null>;
  /** How many lines of its log are like that. */
  count(like: Readonly<Record<string, unknown>>): number;
  hear(like: Readonly<Record<string, unknown>>, times?: number): Promise<void>;
}

export async function watchedHost(t: TestContext, spec: string): Promise<WatchedHost> {
  const directory = temporaryDirectory(t);
  mkdirSync(join(directory, 'state'));
  const table = new FakeTable(new Map());
  const fake = await startFakeIpvsadm(table.content, directory);
  t.after(() => fake.close());
  const file = join(directory, 'web.lvs.yaml');
  const env = {
    ...COMPILE_CACHE,
    PATH: process.env.PATH ?? '',
    HOME: directory,
    LVSCTL_FILE: file,
    LVSCTL_STATE_DIR: join(directory, 'state'),
    LVSCTL_RUNTIME_DIR: join(directory, 'run'),
    LVSCTL_IPVSADM: QUICK_IPVSADM,
    ...fake.env,
  };
  const write = (text: string) => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  write(spec);
  return {
    ...{ directory, env, table, write },
    lvsctl: async (words, more = {}) => {
      const { context, ended } = liveContext({ ...env, SUDO_USER: 'alice', ...more }, directory);
      await run(words.split(' '), context);
      return ended;
    },
    watch: (...args) => watch(t, { directory, env }, args),
    weights: () => [...table.save().matchAll(/ -w (\d+)/g)].map(([, weight]) => weight).join(' '),
  };
}

function watch(
  t: TestContext,
  { directory, env }: { directory: string; env: Readonly<Record<string, string>> },
  args: readonly string[],
): Watcher {
  const child = spawn(process.execPath, [BIN, 'watch', '--interval', '1s', '--log-level', 'debug', ...args], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const ended = new Promise<number | string | null>((done) =>
    child.once('exit', (code, signal) => done(code ?? signal)),
  );
  const said = () =>
    output.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const count: Watcher['count'] = (like) =>
    said().filter((line) => Object.entries(like).every(([key, value]) => line[key] === value)).length;
  const hear: Watcher['hear'] = (like, times = 1) =>
    until(() => count(like) >= times, {
      describe: () => `${JSON.stringify(like)} x ${times} in\n${output.stdout}${output.stderr}`,
    });
  return { child, output, ended, count, hear };
}

/** What a verb said and how it ended, without the times of the day. */
export function told({ stdout, stderr, exitCode }: VerbRun): { stdout: string; stderr: string; exitCode: number } {
  const timeless = (text: string) => text.replace(/(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\dZ/g, '{time}');
  return { stdout: timeless(stdout), stderr: timeless(stderr), exitCode };
}

export function succeeded(run: VerbRun): void {
  assert.equal(run.exitCode, 0, run.stdout + run.stderr);
}

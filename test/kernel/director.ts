import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Output } from '../../src/commands/context.ts';
import type { State } from '../../src/model/state.ts';
import { run } from '../../src/main.ts';
import type { VerbRun } from '../commands/run-verb.ts';
import { freshNamespace } from './namespace.ts';
import { COMPILE_CACHE } from '../lab/compile-cache.ts';

/** A host that runs lvsctl: a network namespace, state and runtime directories, and a spec, gone after the test. */
export interface Director {
  /** Null for the lab's own namespace, where this process can open connections. */
  readonly netns: string | null;
  readonly directory: string;
  readonly spec: string;
  readonly env: Readonly<Record<string, string>>;
  /** Replaces the spec as editors do, by a rename. */
  write(text: string): void;
  /** By hand, past lvsctl. */
  ipvsadm(...args: string[]): string;
  /** Many rules at once, by hand. */
  restore(rules: string): void;
  /** Runs one verb in this process. `--netns` is added. */
  lvsctl(verb: string, ...args: string[]): Promise<VerbRun>;
  /** Gives the namespace its first address. */
  bringUp(): void;
  context(): { context: Context; ended: VerbRun };
  state(): State;
}

export interface DirectorOptions {
  /** Instead of a fresh namespace, the lab's own; its table is emptied before and after. */
  readonly isOwn?: boolean;
  /** Whether the fresh namespace has an address, that of lo. Default: true. */
  readonly isUp?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export function director(
  t: TestContext,
  { isOwn = false, isUp = true, env: extra = {} }: DirectorOptions = {},
): Director {
  const netns = isOwn ? null : freshNamespace(t, { isUp });
  // On tmpfs: inotify does not see what happens on the host's file system.
  const directory = mkdtempSync(join(tmpdir(), 'director-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const spec = join(directory, 'site.lvs.yaml');
  const env = { ...environment(directory), ...extra };
  const prefix = netns === null ? [] : ['ip', 'netns', 'exec', netns];
  const ipvsadm = (args: readonly string[], input = '') => {
    const [file = '', ...rest] = [...prefix, 'ipvsadm', ...args];
    return execFileSync(file, rest, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  };
  if (isOwn) {
    ipvsadm(['-C']);
    t.after(() => ipvsadm(['-C']));
  }
  const context = () => liveContext(env, directory);
  return {
    ...{ netns, directory, spec, env, context },
    write: (text) => replaceBy(spec, text),
    ipvsadm: (...args) => ipvsadm(args),
    restore: (rules) => void ipvsadm(['-R'], rules),
    lvsctl: async (verb, ...args) => {
      const { context: live, ended } = context();
      await run([verb, ...(netns === null ? [] : ['--netns', netns]), ...args], live);
      return ended;
    },
    bringUp: () => void execFileSync('ip', ['-n', netns ?? '', 'link', 'set', 'lo', 'up']),
    state: () => readState(join(directory, 'state', ...(netns === null ? [] : ['netns', netns]), 'state.json')),
  };
}

/** Where lvsctl has its files for a host that is played in this directory. */
export function environment(directory: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    ...COMPILE_CACHE,
    HOME: directory,
    LVSCTL_STATE_DIR: join(directory, 'state'),
    LVSCTL_RUNTIME_DIR: join(directory, 'run'),
    LVSCTL_FILE: join(directory, 'site.lvs.yaml'),
  };
}

function replaceBy(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function readState(path: string): State {
  return JSON.parse(readFileSync(path, 'utf8')) as State;
}

/** The world as it is, but for output that is kept and nobody at the keyboard. */
export function liveContext(
  env: Readonly<Record<string, string>>,
  cwd: string,
  hostname = 'lb1',
): { context: Context; ended: VerbRun } {
  const ended = { stdout: '', stderr: '', exitCode: Number.NaN };
  const context: Context = {
    env,
    cwd,
    stdout: keptOutput(ended, 'stdout'),
    stderr: keptOutput(ended, 'stderr'),
    stdinIsTTY: false,
    readStdin: async () => '',
    ask: async () => '',
    now: () => Date.now(),
    sleep: (milliseconds) => sleep(milliseconds),
    bootTime: () => ({ boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), seconds: uptime() }),
    hostname,
    commandLine: null,
    uid: 0,
    home: cwd,
    end: () => assert.fail('ended at once'),
    exit: (code) => {
      ended.exitCode = code;
    },
  };
  return { context, ended };
}

function keptOutput(ended: { stdout: string; stderr: string }, stream: 'stdout' | 'stderr'): Output {
  const write = (text: string) => {
    ended[stream] += text;
  };
  return { write, isTTY: false, columns: 120 };
}

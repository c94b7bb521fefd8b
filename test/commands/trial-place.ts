import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Context } from '../../src/commands/context.ts';
import type { Session } from '../../src/commands/session.ts';
import type { Lock } from '../../src/host/lock.ts';
import type { NamedSnapshot } from '../../src/host/snapshots.ts';
import type { Overrides } from '../../src/model/override.ts';
import type { SpecSource } from '../../src/model/spec-source.ts';
import type { State } from '../../src/model/state.ts';
import type { VirtualService } from '../../src/model/table.ts';
import type { Trial } from '../../src/model/trial.ts';
import type { Life } from '../daemon/life.ts';
import { type MemoryKernel, memoryKernel } from '../daemon/memory-kernel.ts';

/** All that outlives one lvsctl: the kernel's table and the disk. keepalived takes every file, and does not run. */
export class TrialPlace {
  readonly kernel: MemoryKernel;
  readonly directory: string;
  state: State;
  applied: SpecSource | null;
  overrides: Overrides = { issued: 1, list: [] };
  trial: Trial = { kind: 'none' };
  private readonly snapshots = new Map<string, NamedSnapshot>();
  /** Milliseconds. */
  private now = 1_000_000;

  constructor(
    t: TestContext,
    before: { table: readonly VirtualService[]; state: State; applied: SpecSource; conf: string },
  ) {
    this.kernel = memoryKernel(before.table);
    this.state = before.state;
    this.applied = before.applied;
    this.directory = mkdtempSync(join(tmpdir(), 'trial-'));
    t.after(() => rmSync(this.directory, { recursive: true, force: true }));
    this.conf = before.conf;
  }

  get confPath(): string {
    return join(this.directory, 'keepalived.conf');
  }

  get conf(): string {
    return readFileSync(this.confPath, 'utf8');
  }

  set conf(text: string) {
    writeFileSync(this.confPath, text);
  }

  /** Time passes only while somebody sleeps. */
  context(): Context {
    const output = { write: () => undefined, isTTY: false, columns: 100 };
    return {
      env: { LVSCTL_KEEPALIVED: 'true', PATH: process.env.PATH },
      ...{ cwd: this.directory, home: this.directory, stdout: output, stderr: output, stdinIsTTY: false },
      readStdin: async () => '',
      ask: async () => '',
      now: () => this.now,
      sleep: async (milliseconds) => {
        this.now += milliseconds;
      },
      bootTime: () => ({ boot: 'boot', seconds: this.now / 1000 }),
      ...{ commandLine: null, hostname: 'lb1', uid: 0 },
      end: () => assert.fail('ended at once'),
      exit: () => undefined,
    };
  }

  /** What one lvsctl has of it, for as long as it lives. */
  session(life: Life): Session {
    const beat = () => life.beat();
    this.kernel.faults = { step: beat, read: beat };
    const effect = (act: () => void) => async () => {
      beat();
      act();
      beat();
    };
    const write =
      <K extends 'state' | 'applied' | 'overrides' | 'trial'>(key: K) =>
      (value: TrialPlace[K]) =>
        effect(() => Object.assign(this, { [key]: value }))();
    return {
      kernel: () => this.kernel,
      directory: this.directory,
      lock: async () => NO_LOCK,
      readState: async () => this.state,
      writeState: write('state'),
      readTrial: async () => this.trial,
      trial: { read: async () => ({ trial: this.trial, damage: null }), write: write('trial') },
      appliedSpec: {
        read: async (digest) => (this.applied?.digest === digest ? this.applied : null),
        write: write('applied'),
      },
      readOverrides: async () => this.overrides,
      overrides: { read: async () => ({ overrides: this.overrides, damage: null }), write: write('overrides') },
      history: { read: async () => [], append: effect(() => undefined) },
      snapshots: {
        list: async () => [...this.snapshots.keys()],
        load: async (id = '') => this.snapshots.get(id) ?? assert.fail(`no snapshot ${id}`),
        save: async (snapshot) => {
          const id = `snapshot-${this.snapshots.size + 1}`;
          await effect(() => void this.snapshots.set(id, { id, ...snapshot }))();
          return id;
        },
      },
    };
  }
}

const NO_LOCK: Lock = { fd: 0, release: async () => undefined };

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { VirtualService } from '../../src/model/table.ts';
import type { VerbRun } from '../commands/run-verb.ts';
import { specText } from '../spec-text.ts';
import { type Director, director } from './director.ts';
import { foreignLines, FOREIGN_RULES } from './foreign-services.ts';
import { isWriting, loggedRules, loggingEnvironment } from './ipvsadm-log.ts';

/** A director in the lab's own namespace, beside foreign services, that knows each rule lvsctl has written. */
export interface WrittenTable extends Director {
  /** The rules since the last call, without the path of their batches. */
  written(): string[];
  /** Whether a batch has begun and not ended. */
  isWriting(): boolean;
  /** What `ipvsadm -Sn` says of the services of others; the same at any time. */
  readonly foreign: string;
  /** The rest of `ipvsadm -Sn`, line by line. */
  listing(): string[];
  /** Applies a spec, as text or as a table, and has to succeed. */
  apply(spec: string | readonly VirtualService[], ...args: string[]): Promise<VerbRun>;
}

export function writtenTable(t: TestContext, env: Readonly<Record<string, string>> = {}): WrittenTable {
  const directory = mkdtempSync(join(tmpdir(), 'written-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const log = join(directory, 'log');
  const host = director(t, { isOwn: true, env: { ...loggingEnvironment(log), ...env } });
  host.restore(FOREIGN_RULES);
  const foreign = foreignLines(host.ipvsadm('-Sn'));
  let seen = 0;
  return {
    ...host,
    foreign,
    written: () => {
      const rules = loggedRules(log).slice(seen);
      seen += rules.length;
      return rules;
    },
    isWriting: () => isWriting(log),
    listing: () =>
      host
        .ipvsadm('-Sn')
        .split('\n')
        .filter((line) => line !== '' && foreignLines(line) === '')
        .sort(),
    apply: async (spec, ...args) => {
      host.write(typeof spec === 'string' ? spec : specText(spec));
      const ended = await host.lvsctl('apply', '--auto-approve', ...args);
      assert.equal(ended.exitCode, 0, ended.stdout + ended.stderr);
      return ended;
    },
  };
}

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { restoredConf } from '../../src/commands/restored-conf.ts';
import type { Kernel } from '../../src/host/kernel.ts';
import { confText } from '../../src/keepalived/conf-text.ts';
import { emptyState } from '../../src/model/state.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { desired, live } from '../plan/build.ts';
import { fakeContext } from './run-verb.ts';

const OURS = confText('global_defs {\n    router_id lb1\n}\n');
const THEIRS = 'global_defs {\n  router_id lb1\n}\n';
const NOW = confText('global_defs {\n    router_id other\n}\n');

/** A keepalived that refuses every file and does not run. */
async function restore(t: TestContext, text: string | null) {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'keepalived.conf');
  writeFileSync(path, NOW);
  const env = { PATH: process.env.PATH ?? '', LVSCTL_KEEPALIVED: 'false' };
  const context = fakeContext({ stdout: '', stderr: '', exitCode: 0 }, { cwd: directory, env });
  const side = restoredConf(context, { keepalivedPid: join(directory, 'pid') }, { path, text });
  const change = await side.look(desired([]), emptyState);
  assert.ok(change);
  const kernel = { read: async () => live([]) } as unknown as Kernel;
  const work = { desired: desired([]), isTested: false, maintenance: null, kernel, remember: async () => undefined };
  const refusals = await side.refusals(change);
  return { path, refusals, outcome: await side.carryOut(change, work) };
}

test('a file of ours is tested before it comes back: what it names may be gone', async (t) => {
  const { path, refusals, outcome } = await restore(t, OURS);
  assert.deepEqual([refusals, outcome.result], [['keepalived -t ended with status 1'], 'refused']);
  assert.equal(readFileSync(path, 'utf8'), NOW);
});

test('a file that somebody else wrote comes back word by word, whatever keepalived says of its style', async (t) => {
  const { path, refusals, outcome } = await restore(t, THEIRS);
  assert.deepEqual([refusals, outcome.result], [[], 'done']);
  assert.equal(readFileSync(path, 'utf8'), THEIRS);
});

test('where there was none, there is none again', async (t) => {
  const { path, refusals, outcome } = await restore(t, null);
  assert.deepEqual([refusals, outcome.result], [[], 'done']);
  assert.throws(() => readFileSync(path), /ENOENT/);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Arming } from '../../src/commands/arming.ts';
import { emptyState } from '../../src/model/state.ts';
import { secondsLeft } from '../../src/model/trial.ts';
import { Life } from '../daemon/life.ts';
import { TrialPlace } from './trial-place.ts';

const SOURCE = { files: [], digest: 'held', revision: null };

/** A place, and who arms there for a minute. */
function place(t: TestContext) {
  const where = new TrialPlace(t, { table: [], state: emptyState, applied: SOURCE, conf: '' });
  const said: string[] = [];
  const stderr = { write: (text: string) => void said.push(text), isTTY: false, columns: 100 };
  const context = { ...where.context(), stderr };
  const session = where.session(new Life(Infinity));
  const arming = () => new Arming(context, { session, seconds: 60, options: { keepalivedPid: '/run/k.pid' } });
  const left = () => (where.trial.kind === 'armed' ? secondsLeft(where.trial, context.bootTime()) : null);
  return { where, context, said, arming, left };
}

test('the time begins anew with the end of the apply, and before that when half of it is over', async (t) => {
  const { context, said, arming, left } = place(t);
  const apply = arming();
  await apply.arm('tried', 'snapshot-1');
  const seen = [left()];
  for (const seconds of [20, 20]) {
    await context.sleep(seconds * 1000);
    await apply.keepOn();
    seen.push(left());
  }
  await context.sleep(10_000);
  await apply.conclude();
  assert.deepEqual([...seen, left()], [60, 40, 60, 60]);
  assert.match(said.join(''), /^Not final yet: run `lvsctl confirm` before /);
});

test('what somebody confirms while the apply works is not armed again at its end', async (t) => {
  const { where, context, said, arming } = place(t);
  const apply = arming();
  await apply.arm('tried', 'snapshot-1');
  where.trial = { kind: 'none' };
  await context.sleep(40_000);
  await apply.keepOn();
  await apply.conclude();
  assert.deepEqual([where.trial.kind, said], ['none', []]);
});

test('an apply that joins one on trial goes back to where that one came from, and the first lets go', async (t) => {
  const { where, context, said, arming } = place(t);
  const [first, second] = [arming(), arming()];
  await first.arm('tried', 'snapshot-1');
  await context.sleep(30_000);
  await second.arm('tried next', 'snapshot-2');
  const joined = where.trial;
  assert.ok(joined.kind === 'armed');
  assert.deepEqual([joined.snapshot, joined.specDigest], ['snapshot-1', 'tried next']);
  assert.match(said.join(''), /^Joins the apply of uid 0 on trial: still back to snapshot snapshot-1\.$/m);
  await context.sleep(50_000);
  await first.conclude();
  assert.equal(where.trial, joined);
});

test('an apply that changes nothing by itself only renews one on trial', async (t) => {
  const { where, said, arming } = place(t);
  await arming().arm('tried', null);
  assert.deepEqual([where.trial.kind, said], ['none', ['Nothing is changed, so nothing waits to be confirmed.\n']]);
  await arming().arm('tried', 'snapshot-1');
  await arming().arm('tried', null);
  assert.equal(where.trial.kind === 'armed' && where.trial.snapshot, 'snapshot-1');
});

test('how keepalived is told is remembered for whoever takes it back', async (t) => {
  const { where, arming } = place(t);
  await arming().arm('tried', 'snapshot-1');
  assert.deepEqual(where.trial.kind === 'armed' && where.trial.keepalived, {
    ...{ isWanted: true, pidFile: '/run/k.pid', reloadCommand: null },
  });
});

test('where nobody can be left behind to wait, nothing is armed', async (t) => {
  const { where, context } = place(t);
  const session = where.session(new Life(Infinity));
  const commandLine = { program: ['/nowhere/node'], args: [] };
  const arming = new Arming({ ...context, commandLine }, { session, seconds: 60, options: {} });
  await assert.rejects(arming.arm('tried', 'snapshot-1'), /Cannot start \/nowhere\/node/);
  assert.equal(where.trial.kind, 'none');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../../src/commands/context.ts';
import { DrainWatch } from '../../src/commands/drain-watch.ts';
import { CLEAR_LINE } from '../../src/commands/moving-line.ts';
import type { Session } from '../../src/commands/session.ts';
import { EXIT, OperationError } from '../../src/errors.ts';
import { emptyState } from '../../src/model/state.ts';
import { live, plan, server, service, tcp } from '../plan/build.ts';
import { PLAIN_PURPOSE } from './plain-purpose.ts';

const BEGUN = 1_000_000;
const POOL = [service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2', 0)])];
const waiting = plan(POOL, [service(tcp('192.0.2.1'), [server('10.0.0.1')])], {
  live: live(POOL, { active: { '10.0.0.2:80': 1843 } }),
}).changes;

/** A wait of one apply, with what it does to the lock, what it says, and who applied last. */
function waitOf({ isTTY = false, wait = true, appliedAt = BEGUN, locked = (): void => undefined } = {}) {
  const seen: string[] = [];
  const said: string[] = [];
  let now = BEGUN;
  const stderr = { isTTY, columns: 60, write: (text: string) => said.push(text) };
  const context = {
    stderr,
    now: () => now,
    sleep: async (milliseconds: number) => {
      seen.push('sleep');
      now += milliseconds;
    },
  } as unknown as Context;
  const lockNumber = (number: number) => ({ fd: number, release: async () => void seen.push(`release ${number}`) });
  const session = {
    lock: async () => {
      locked();
      seen.push('lock 2');
      return lockNumber(2);
    },
    readState: async () => ({ ...emptyState, appliedAt }),
  } as unknown as Session;
  const purpose = { ...PLAIN_PURPOSE, keepOn: async () => void seen.push('keep on') };
  const writing = { session, lock: lockNumber(1), purpose, side: null, lockTimeout: 10, wait };
  return { watch: new DrainWatch(context, { writing, begun: BEGUN, live: live(POOL) }), writing, seen, said };
}

test('the lock is free while an apply waits, after a sign of life for who might take it back, and taken again before it goes on', async () => {
  const { watch, writing, seen } = waitOf();
  assert.equal((await watch.pause(waiting))?.appliedAt, BEGUN);
  assert.deepEqual(seen, ['keep on', 'release 1', 'sleep', 'lock 2']);
  await writing.lock.release();
  assert.equal(seen.at(-1), 'release 2');
});

test('a lock that cannot be had again is not released a second time', async () => {
  const refused = new OperationError('Another lvsctl is writing this table', { exitCode: EXIT.refused });
  const { watch, writing, seen } = waitOf({
    locked: () => {
      throw refused;
    },
  });
  await assert.rejects(watch.pause(waiting), refused);
  await writing.lock.release();
  assert.deepEqual(seen, ['keep on', 'release 1', 'sleep']);
});

test('whoever applied meanwhile has the say over the drains', async () => {
  const { watch, said } = waitOf({ appliedAt: BEGUN + 1 });
  assert.equal(await watch.pause(waiting), null);
  assert.ok(watch.gaveUp);
  assert.equal(watch.conclude(waiting), EXIT.timedOut);
  assert.match(said.at(-1) ?? '', /Another apply goes on from here/);
});

test('with --no-wait nobody waits', async () => {
  const { watch, seen, said } = waitOf({ wait: false });
  assert.equal(await watch.pause(waiting), null);
  assert.deepEqual(seen, []);
  assert.equal(watch.conclude(waiting), EXIT.timedOut);
  assert.match(said.at(-1) ?? '', /The next apply, or watch, removes them/);
});

test('a log gets a line every ten seconds, with the connections that are open', async () => {
  const { watch, said } = waitOf();
  for (let second = 0; second < 25; second += 1) await watch.pause(waiting);
  assert.equal(said.length, 3);
  assert.equal(said[0], 'Draining: service-1/10.0.0.2:80 1,843 active connections, at most 5m\n');
});

test('a terminal gets one line that moves, and never more than its width', async () => {
  const { watch, said } = waitOf({ isTTY: true });
  for (let second = 0; second < 3; second += 1) await watch.pause([...waiting, ...waiting]);
  assert.equal(said.length, 3);
  for (const line of said) {
    assert.ok(line.startsWith(`${CLEAR_LINE}Draining: service-1/10.0.0.2:80`));
    assert.ok(line.length <= CLEAR_LINE.length + 59 && !line.includes('\n'));
  }
});

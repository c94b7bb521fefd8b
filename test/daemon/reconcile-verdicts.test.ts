import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReconcileOptions } from '../../src/daemon/reconcile.ts';
import { PLAIN_AVAILABILITY } from '../../src/model/availability.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { checkKey, type Verdict } from '../../src/model/verdict.ts';
import { CHECK, NOW, VIP, verdictOf, type Word } from '../health/build.ts';
import { owning, server, service, type Sketch } from '../plan/build.ts';
import { daemon } from './daemon.ts';

const ALL = ['10.0.0.1', '10.0.0.2', '10.0.0.3'] as const;

/** A daemon whose checks say what a test tells them to. */
function checkedDaemon(table: readonly VirtualService[], options: Partial<ReconcileOptions> = {}) {
  const verdicts = new Map<string, Verdict>();
  const watched: Desired[] = [];
  const parts = daemon(table, owning(table), {
    ...options,
    checks: { watch: (desired) => watched.push(desired), verdicts: () => verdicts },
  });
  parts.world.now = NOW;
  const say = (address: string, word: Word) => verdicts.set(checkKey(VIP, server(address)), verdictOf(word));
  const served = () => parts.kernel.table[0]?.servers.map(({ address, weight }) => `${address} ${weight}`);
  const events = (name: string) => parts.world.events.filter(({ event }) => event === name);
  return { ...parts, say, served, events, watched };
}

function web(weight: number, rest: Partial<Sketch> = {}): Sketch {
  const servers = ALL.map((address) => ({ ...server(address, weight), check: CHECK }));
  return { ...service(VIP, servers), servers, ...rest };
}

function pool(...weights: readonly number[]): VirtualService {
  return service(
    VIP,
    weights.map((weight, index) => server(ALL[index] ?? '', weight)),
  );
}

test('the real servers of a spec that the guards let pass are checked, in either mode', async () => {
  for (const mode of ['observe', 'enforce'] as const) {
    const { reconciler, take, watched } = checkedDaemon([pool(1, 1, 1)], { mode });
    take([web(1)]);
    await reconciler.reconcile('start');
    assert.equal(watched[0]?.services.length, 1);
  }
});

test('those of a spec that a guard refuses are not', async () => {
  const { reconciler, take, watched } = checkedDaemon([pool(1, 1, 1)]);
  const [first] = web(1).servers;
  take([web(1, { servers: first === undefined ? [] : [first] })]);
  await reconciler.reconcile('start');
  assert.deepEqual(watched, []);
});

test('a new service has its servers as soon as their first verdicts come', async () => {
  const { reconciler, take, say, served } = checkedDaemon([]);
  take([web(1)]);
  await reconciler.reconcile('start');
  assert.deepEqual(served(), []);
  say(ALL[0], ['up', 0]);
  await reconciler.reconcile('verdict');
  assert.deepEqual(served(), ['10.0.0.1 1']);
});

test('what fails leaves, and what is well again comes back', async () => {
  const { reconciler, take, say, served, events } = checkedDaemon([pool(1, 1, 1)]);
  take([web(1)]);
  for (const address of ALL) say(address, ['up', 9]);
  await reconciler.reconcile('start');
  say(ALL[1], ['down', 0]);
  await reconciler.reconcile('verdict');
  assert.deepEqual(served(), ['10.0.0.1 1', '10.0.0.3 1']);
  say(ALL[1], ['up', 0]);
  await reconciler.reconcile('verdict');
  assert.deepEqual(served(), ['10.0.0.1 1', '10.0.0.2 1', '10.0.0.3 1']);
  assert.deepEqual(events('drift'), [], 'nobody else changed anything');
});

test('it leaves under the narrowest approval, while the rest of the plan waits for somebody', async () => {
  const { reconciler, take, say, served, events, world } = checkedDaemon([pool(2, 2, 2)], { approve: 'additive' });
  take([web(1)]);
  for (const address of ALL) say(address, ['up', 9]);
  say(ALL[1], ['down', 0]);
  await reconciler.reconcile('start');
  assert.deepEqual(served(), ['10.0.0.1 2', '10.0.0.3 2']);
  assert.equal(events('refused').length, 1);
  assert.equal(world.state.specDigest, null, 'the spec was not applied');
});

test('observing, it says what it would take out, and takes out nothing', async () => {
  const { reconciler, take, say, served, events } = checkedDaemon([pool(1, 1, 1)], { mode: 'observe' });
  take([web(1)]);
  say(ALL[1], ['down', 0]);
  await reconciler.reconcile('verdict');
  assert.equal(served()?.length, 3);
  const [drift] = events('drift');
  assert.ok(drift?.event === 'drift' && drift.what.includes('check failed: refused'), JSON.stringify(drift));
});

test('when all checks fail at once, one server stays, and an alarm says so once', async () => {
  const { reconciler, take, say, served, events } = checkedDaemon([pool(1, 1, 1)]);
  take([web(1)]);
  for (const address of ALL) say(address, ['down', 0]);
  for (let turn = 0; turn < 3; turn++) await reconciler.reconcile('verdict');
  assert.deepEqual(served(), ['10.0.0.1 1']);
  assert.equal(events('capacity').length, 1);
  for (const address of ALL) say(address, ['up', 0]);
  await reconciler.reconcile('verdict');
  assert.equal(served()?.length, 3);
  assert.equal(events('capacity').length, 2);
});

test('while a server starts slowly, it looks again soon, and raises it step by step', async () => {
  const slow = { availability: { ...PLAIN_AVAILABILITY, slowStart: { seconds: 100, steps: 10 } } };
  const { reconciler, take, say, served, world } = checkedDaemon([pool(100, 100)]);
  take([web(100, slow)]);
  for (const address of ALL) say(address, ['up', 0]);
  assert.equal(await reconciler.reconcile('verdict'), true);
  assert.equal(served()?.at(-1), '10.0.0.3 10');
  world.now += 50_000;
  assert.equal(await reconciler.reconcile('drain'), true);
  assert.equal(served()?.at(-1), '10.0.0.3 50');
  world.now += 50_000;
  assert.equal(await reconciler.reconcile('drain'), false);
  assert.equal(served()?.at(-1), '10.0.0.3 100');
});

test('what somebody puts back by hand while it fails leaves again', async () => {
  const { reconciler, take, say, served, kernel } = checkedDaemon([pool(1, 1)]);
  take([web(1)]);
  say(ALL[0], ['up', 9]);
  say(ALL[1], ['down', 9]);
  await reconciler.reconcile('verdict');
  kernel.table = [pool(1, 1)];
  await reconciler.reconcile('drift-timer');
  assert.deepEqual(served(), ['10.0.0.1 1']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../lab/until.ts';
import { succeeded, told, type WatchedHost, watchedHost } from './watched-host.ts';

const SPEC = `version: 1
services:
  web:
    vip: 203.0.113.10
    port: 80
    scheduler: rr
    forwarding: nat
    check: none
    servers: { web-1: 10.0.0.1, web-2: 10.0.0.2, web-3: 10.0.0.3 }
`;
const RAISE = '-e -t 203.0.113.10:80 -r 10.0.0.2:80 -m -w 1';

async function become(host: WatchedHost, weights: string): Promise<void> {
  await until(() => host.weights() === weights, { describe: () => `${host.weights()}, not ${weights}` });
}

test('what is drained by hand while watch enforces stays so, over ticks, hands, SIGHUP and kill -9', async (t) => {
  const host = await watchedHost(t, SPEC);
  const first = host.watch('--mode', 'enforce');
  await first.hear({ event: 'reconcile', result: 'changed' });
  succeeded(await host.lvsctl('drain web/web-2'));
  assert.equal(host.weights(), '1 0 1');
  await first.hear({ event: 'reconcile', trigger: 'drift-timer' }, first.count({ trigger: 'drift-timer' }) + 2);
  assert.equal(host.weights(), '1 0 1');
  host.table.run(RAISE);
  await become(host, '1 0 1');
  first.child.kill('SIGHUP');
  await first.hear({ event: 'reconcile', trigger: 'sighup' });
  assert.equal(host.weights(), '1 0 1');
  first.child.kill('SIGKILL');
  await first.ended;
  host.table.run(RAISE);
  const second = host.watch('--mode', 'enforce');
  await become(host, '1 0 1');
  host.write(SPEC.replace('10.0.0.3', '{ address: 10.0.0.3, weight: 5 }'));
  await become(host, '1 0 5');
  succeeded(await host.lvsctl('undrain web/web-2'));
  assert.equal(host.weights(), '1 1 5');
  await second.hear({ event: 'override', result: 'stands' });
  assert.deepEqual(
    [first, second].map((watcher) => watcher.count({ level: 'error' })),
    [0, 0],
  );
});

test('the log says each decision once, with who asked, and the end of it', async (t) => {
  const host = await watchedHost(t, SPEC);
  const watcher = host.watch('--mode', 'enforce', '--interval', '1h');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  succeeded(await host.lvsctl('drain web/web-2'));
  succeeded(await host.lvsctl('drain web/web-2'));
  succeeded(await host.lvsctl('undrain o1'));
  assert.match((await host.lvsctl('weight web/web-1 7 --ttl 2s')).stdout, /weight 1 -> 7/);
  // Nothing but the timer looks within the hour.
  await become(host, '1 1 1');
  const who = { author: 'alice', pid: process.pid, uid: process.getuid?.() };
  const about = { event: 'override', subject: 'web/web-2', what: 'drained', id: 'o1' };
  for (const [like, times] of [
    [{ ...about, ...who, result: 'set' }, 1],
    [{ ...about, ...who, result: 'ended' }, 1],
    [{ ...about, id: 'o2', subject: 'web/web-1', what: 'weight 7', result: 'set' }, 1],
    [{ event: 'override', id: 'o2', result: 'expired' }, 1],
    [{ event: 'override' }, 4],
  ] as const) {
    await watcher.hear(like, times);
    assert.equal(watcher.count(like), times, JSON.stringify(like));
  }
});

test('one that is disabled through the daemon is drained and removed by whoever comes first, and comes back', async (t) => {
  const host = await watchedHost(t, SPEC);
  const watcher = host.watch('--mode', 'enforce');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  host.table.connect('10.0.0.2:80 3 active 0 inactive');
  const disabling = host.lvsctl('disable web/web-2');
  await become(host, '1 0 1');
  host.table.connect('10.0.0.2:80 0 active 0 inactive');
  succeeded(await disabling);
  assert.equal(host.weights(), '1 1');
  succeeded(await host.lvsctl('enable web/web-2'));
  assert.equal(host.weights(), '1 1 1');
  assert.equal(watcher.count({ level: 'error' }), 0);
});

test('a daemon that observes does what it is told by hand, and nothing else', async (t) => {
  const host = await watchedHost(t, SPEC);
  succeeded(await host.lvsctl('apply --auto-approve'));
  const watcher = host.watch();
  await watcher.hear({ event: 'reconcile', result: 'noop' });
  host.table.run('-e -t 203.0.113.10:80 -r 10.0.0.1:80 -m -w 9');
  succeeded(await host.lvsctl('drain web/web-2'));
  assert.equal(host.weights(), '9 0 1');
  await watcher.hear({ event: 'drift', subject: 'web/web-1' });
  assert.equal(watcher.count({ event: 'drift', subject: 'web/web-2' }), 0);
  assert.equal(watcher.count({ event: 'override', result: 'set', id: 'o1' }), 1);
});

const VERBS = [
  'drain web/web-2 --ttl 1h --reason CHG-1182',
  'drain web/web-2',
  'weight web/web-3 50%',
  'drain address:10.0.0.1',
  'drain web/web-3',
  'drain wep/web-1',
  'overrides',
  'undrain web/web-1',
  'enable web/web-2',
  'undrain o1',
  'undrain o1',
  'disable web/web-1 --drain 0',
  'drain web/web-2',
  'drain web/web-3 --allow-empty',
  'enable web/web-1',
];

test('with and without a daemon each verb says the same and does the same', async (t) => {
  const [direct, daemon] = [await watchedHost(t, SPEC), await watchedHost(t, SPEC)];
  for (const host of [direct, daemon]) succeeded(await host.lvsctl('apply --auto-approve'));
  const watcher = daemon.watch('--mode', 'enforce', '--interval', '1h');
  await watcher.hear({ event: 'reconcile' });
  for (const words of VERBS) {
    const [here, there] = [await direct.lvsctl(words), await daemon.lvsctl(words)];
    assert.deepEqual(told(there), told(here), words);
    assert.equal(daemon.weights(), direct.weights(), words);
  }
  assert.ok(watcher.count({ event: 'override', result: 'set' }) > 4, 'it was the daemon that did it');
});

test('status and plan show what was decided, while a daemon runs too', async (t) => {
  const host = await watchedHost(t, SPEC);
  const watcher = host.watch('--mode', 'enforce');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  succeeded(await host.lvsctl('drain web/web-2 --reason CHG-1182 --ttl 24h'));
  assert.match((await host.lvsctl('plan')).stdout, /By hand \(o1\): web\/web-2 drained by alice .*: CHG-1182/);
  const { stdout } = await host.lvsctl('status');
  assert.match(stdout, /web-2 .* 0 .* by hand\n/);
  assert.match(stdout, /By hand \(o1\): web\/web-2 drained by alice .*: CHG-1182/);
  assert.match(stdout, new RegExp(`watch \\(pid ${watcher.child.pid}, enforce\\): spec [0-9a-f]{12}, \\w+`));
  watcher.child.kill('SIGTERM');
  assert.equal(await watcher.ended, 0, 'the end of an override, a day away, keeps nobody');
});

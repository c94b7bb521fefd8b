import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { until } from '../lab/until.ts';
import { succeeded, watchedHost } from './watched-host.ts';

/** A port of 127.0.0.1 that somebody listens on. */
async function listening(t: TestContext, port = 0): Promise<Server & { readonly port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined).end());
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  t.after(() => server.close());
  const address = server.address();
  return Object.assign(server, { port: typeof address === 'object' ? (address?.port ?? 0) : 0 });
}

const spec = (ports: readonly number[]) => `version: 1
services:
  web:
    vip: 203.0.113.10
    port: 80
    scheduler: rr
    forwarding: nat
    check: { tcp: {}, interval: 500ms, timeout: 400ms, fall: 2 }
    servers: { ${ports.map((port, index) => `web-${index + 1}: { address: 127.0.0.1, port: ${port} }`).join(', ')} }
`;

test('what watch finds about a real server is what plan, apply and status go by', async (t) => {
  const [first, second] = [await listening(t), await listening(t)];
  const host = await watchedHost(t, spec([first.port, second.port]));
  const watcher = host.watch('--mode', 'enforce');
  await until(() => host.weights() === '1 1', { describe: () => watcher.output.stdout });

  await t.test('one that fails leaves, and nobody brings it back', async () => {
    second.close();
    await watcher.hear({ event: 'verdict', subject: 'web/web-2', to: 'down' });
    await until(() => host.weights() === '1', { describe: () => watcher.output.stdout });
    const plan = await host.lvsctl('plan');
    succeeded(plan);
    assert.match(plan.stdout, /^Checks: web\/web-2 check failed: connection refused$/m);
    assert.match(plan.stdout, /^No changes\./m);
    succeeded(await host.lvsctl('apply --auto-approve'));
    assert.equal(host.weights(), '1');
  });

  await t.test('status shows it, and its exit code is no drift', async () => {
    const status = await host.lvsctl('status --exit-code');
    succeeded(status);
    assert.match(status.stdout, /web-2 +127\.0\.0\.1:\d+ .* failed$/m);
    assert.match(status.stdout, /^Checks: web\/web-2 check failed: connection refused$/m);
  });

  await t.test('events tells it, with the keys of the log', async () => {
    const events = await host.lvsctl('events --past --no-follow');
    succeeded(events);
    const told = events.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const down = told.find(({ event, to }) => event === 'verdict' && to === 'down');
    assert.deepEqual([down?.subject, down?.detail, down?.level], ['web/web-2', 'connection refused', 'warn']);
    assert.deepEqual(
      told.map(({ number }) => number),
      told.map((_, index) => index + 1),
    );
  });

  await t.test('it comes back when it is well', async () => {
    await listening(t, second.port);
    await until(() => host.weights() === '1 1', { describe: () => watcher.output.stdout });
    assert.equal(watcher.count({ event: 'drift' }), 0);
  });

  await t.test('without a daemon nobody checks, and all are wanted', async () => {
    first.close();
    await watcher.hear({ event: 'verdict', subject: 'web/web-1', to: 'down' });
    await until(() => host.weights() === '1', { describe: () => watcher.output.stdout });
    watcher.child.kill('SIGKILL');
    await watcher.ended;
    succeeded(await host.lvsctl('apply --auto-approve'));
    assert.equal(host.weights(), '1 1');
  });
});

test('events without a daemon says where it looked', async (t) => {
  const host = await watchedHost(t, spec([1, 2]));
  const { exitCode, stderr } = await host.lvsctl('events');
  assert.equal(exitCode, 1);
  assert.match(stderr, /No lvsctl watch answers at .*control-\d+\.sock/);
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceAddress } from '../../src/model/table.ts';
import { server, service } from '../plan/build.ts';
import { specText } from '../spec-text.ts';
import { LOCAL, openConnection } from './open-connection.ts';
import { writtenTable } from './written-table.ts';

// With a connection open; the titles start with the name of a bug that another program of this kind has, or had.

test('seesaw-add-port-no-outage: another port of a VIP touches nothing of the one in use', async (t) => {
  const table = writtenTable(t);
  const open = await openConnection(t, table);
  const [now] = table.listing();
  table.written();
  const more = { ...LOCAL, port: 81 } as ServiceAddress;
  const present = service(LOCAL, [server('127.0.0.1', 1, { port: open.port })]);
  await table.apply([present, service(more, [server('127.0.0.1', 1, { port: open.other })])]);
  assert.deepEqual(
    table.written().map((rule) => rule.split(' ').slice(0, 3).join(' ')),
    ['-A -t 192.0.2.77:81', '-a -t 192.0.2.77:81'],
  );
  assert.ok(table.listing().includes(now ?? ''));
  await open.ask();
});

/** One server with a connection has left the spec and drains; another has come. */
async function draining(t: TestContext, drain: string) {
  const table = writtenTable(t);
  const open = await openConnection(t, table);
  const [old, next] = [open.port, open.other].map((port) => server('127.0.0.1', 3, { port }));
  const specWith = (servers: (typeof old)[]) =>
    specText(
      [
        service(
          LOCAL,
          servers.filter((one) => one !== undefined),
        ),
      ],
      { defaults: { drain } },
    );
  table.written();
  table.write(specWith([next]));
  const ended = await table.lvsctl('apply', '--auto-approve', '--no-wait', '--max-remove', '100%');
  assert.equal(ended.exitCode, 5, ended.stdout + ended.stderr);
  assert.match(table.written().join('\n'), new RegExp(`-e -t 192.0.2.77:80 -r 127.0.0.1:${open.port} -m -w 0`));
  const back = specWith([old, next].map((one) => one && { ...one, weight: 1 }));
  return { table, open, back, isThere: () => table.listing().some((line) => line.includes(`127.0.0.1:${open.port} `)) };
}

test('kubeproxy-drain-restart: a drain goes on after a restart, and ends with its last connection', async (t) => {
  const { table, open, isThere } = await draining(t, '2m');
  await sleep(2500);
  const [drain] = table.state().drains;
  const again = await table.lvsctl('apply', '--auto-approve', '--no-wait');
  assert.equal(again.exitCode, 5, 'a connection is open, so it is not over');
  assert.equal(table.state().drains[0]?.startedAt, drain?.startedAt);
  await open.ask();
  open.close();
  const ended = await table.lvsctl('apply', '--auto-approve');
  assert.equal(ended.exitCode, 0, ended.stderr);
  assert.equal(isThere(), false);
  assert.ok(Date.now() - (drain?.startedAt ?? 0) < 60_000, 'it did not wait for the two minutes');
});

test('kubeproxy-drain-cancel: a server that comes back while it drains costs one -e, and keeps its connections', async (t) => {
  const { table, open, back } = await draining(t, '2m');
  await table.apply(back.replace('"weight":1', '"weight":3'));
  const about = table.written().filter((rule) => rule.includes(`127.0.0.1:${open.port} `));
  assert.deepEqual(about, [`-e -t 192.0.2.77:80 -r 127.0.0.1:${open.port} -m -w 3 -x 0 -y 0`]);
  assert.deepEqual(table.state().drains, []);
  await open.ask();
});

test('kubeproxy-drain-max: a connection that never ends holds a server no longer than its drain', async (t) => {
  const { table, open, isThere } = await draining(t, '10s');
  const ended = await table.lvsctl('apply', '--auto-approve');
  assert.equal(ended.exitCode, 0, ended.stderr);
  assert.ok(open.isOpen());
  assert.equal(isThere(), false);
});

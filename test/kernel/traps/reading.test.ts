import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { OperationError } from '../../../src/errors.ts';
import { ipvsadmKernel } from '../../../src/host/ipvsadm-kernel.ts';
import { serviceKey } from '../../../src/model/table.ts';
import { additions, type FreshKernel, freshKernel } from '../fresh-kernel.ts';
import { realServer, virtualService, vip } from '../nouns.ts';

const healthy = virtualService({ address: vip('192.0.2.200'), servers: [realServer('10.0.0.200')] });

test('trap 12: rows that ipvsadm cannot name are shown as unread, and touch nobody else', async (t) => {
  const { kernel, foreign } = freshKernel(t);
  foreign('service vip=192.0.2.1 port=80 protocol=47 sched=rr');
  foreign('server vip=192.0.2.1 port=80 protocol=47 address=10.0.0.1 dport=80');
  foreign('service vip=192.0.2.2 port=80 sched=none');
  foreign('service vip=192.0.2.3 port=80 sched=sh flags=32');
  foreign('service vip=192.0.2.4 port=80 sched=rr');
  foreign('server vip=192.0.2.4 port=80 address=10.0.0.4 dport=80 fwd=4');
  foreign('server vip=192.0.2.4 port=80 address=10.0.0.5 dport=80 fwd=2 tuntype=9');
  await kernel.run(additions([healthy]));
  const { services, unread } = await kernel.read();
  assert.deepEqual(services, [virtualService({ address: vip('192.0.2.4') }), healthy]);
  assert.deepEqual(unread.map(({ text }) => text).sort(), [
    '-A --xxx-service 192.0.2.1:80 -s rr',
    '-A -t 192.0.2.2:80 -s none',
    '-A -t 192.0.2.3:80 -s sh -b',
    '-a --xxx-service 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1',
    '-a -t 192.0.2.4:80 -r 10.0.0.4:80 (null) -w 1',
    '-a -t 192.0.2.4:80 -r 10.0.0.5:80 -i -w 1',
  ]);
  assert.ok(unread.every(({ reason }) => reason.length > 10));
});

test('trap 13: a tunnel that crashes ipvsadm is an error that says how to find it, not a short table', async (t) => {
  const { kernel, foreign, ipvsadm } = freshKernel(t);
  await kernel.run(additions([healthy, virtualService()]));
  foreign('server vip=192.0.2.1 port=80 address=10.0.0.1 dport=80 fwd=2 tuntype=1 tunport=5555 tunflags=3');
  await assert.rejects(kernel.read(), (error) => {
    assert.ok(error instanceof OperationError);
    assert.match(error.message, /ipvsadm -Sn" crashed \(SIGSEGV\), so what it printed was not used$/);
    assert.match(error.hints.join('\n'), /ipvsadm -Ln --tun-info" for a tunnel server/);
    return true;
  });
  assert.match(ipvsadm('-Ln --tun-info').stdout, /10\.0\.0\.1:80 +Tunnel +gue:5555:(?!-c|\+c|r\+c)/);
  assert.equal(ipvsadm('-d -t 192.0.2.1:80 -r 10.0.0.1:80').status, 0);
  assert.equal((await kernel.read()).services.length, 2);
});

test('trap 15: what others did before us is told as a race, and the rest of the batch goes on', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  ipvsadm('-R', '-A -t 192.0.2.1:80\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m\n');
  const [service, gone] = [vip('192.0.2.1'), vip('192.0.2.99')];
  const failures = await kernel.run([
    { op: 'add-service', service, attributes: virtualService() },
    { op: 'add-server', service, server: realServer('10.0.0.1') },
    { op: 'edit-server', service, server: realServer('10.0.0.99') },
    { op: 'delete-server', service, server: realServer('10.0.0.99') },
    { op: 'add-server', service: gone, server: realServer('10.0.0.1') },
    { op: 'edit-service', service: gone, attributes: virtualService() },
    { op: 'delete-service', service: gone },
    ...additions([healthy]),
  ]);
  assert.deepEqual(
    failures.map(({ kind, message }) => `${kind}: ${message}`),
    [
      'exists: Service already exists',
      'exists: Destination already exists',
      'missing: No such destination',
      'missing: No such destination',
      'missing: Service not defined',
      'missing: No such service',
      'missing: No such service',
    ],
  );
  assert.equal((await kernel.read()).services.length, 2);
});

/** A kernel whose ipvsadm finds the table changed between its two listings: by this command, the first time only. */
function changedBetween(t: TestContext, { netns }: FreshKernel, command: string) {
  const directory = mkdtempSync(join(tmpdir(), 'between-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const ipvsadm = join(directory, 'ipvsadm');
  const script = `#!/bin/sh
case "$*" in
-Sn) /usr/sbin/ipvsadm -Sn; test -e ${directory}/done || { /usr/sbin/ipvsadm ${command}; : >${directory}/done; } ;;
*--thresholds*) while ! test -e ${directory}/done; do sleep 0.1; done; /usr/sbin/ipvsadm "$@" ;;
*) /usr/sbin/ipvsadm "$@" ;;
esac
`;
  writeFileSync(ipvsadm, script, { mode: 0o755 });
  return ipvsadmKernel({ ipvsadm, netns, env: process.env });
}

const BETWEEN: readonly (readonly [trap: number, command: string, services: number, servers: number])[] = [
  [17, '-A -t 192.0.2.9:80', 2, 1],
  [17, '-D -t 192.0.2.200:80', 0, 0],
  [18, '-d -t 192.0.2.200:80 -r 10.0.0.200:80', 1, 0],
  [18, '-a -t 192.0.2.200:80 -r 10.0.0.201:80 -m', 1, 2],
];

for (const [trap, command, services, servers] of BETWEEN) {
  test(`trap ${trap}: "${command}" between the two listings is seen, and both are read again`, async (t) => {
    const fresh = freshKernel(t);
    await fresh.kernel.run(additions([healthy]));
    const live = await changedBetween(t, fresh, command).read();
    assert.equal(live.services.length, services);
    const found = live.services.find(({ address }) => serviceKey(address) === 'tcp 192.0.2.200:80');
    assert.equal(found?.servers.length ?? 0, servers);
  });
}

test('trap 24: counters are no part of the table: zeroing them changes nothing', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  await kernel.run(additions([healthy]));
  const before = await kernel.read();
  assert.equal(ipvsadm('-Z').status, 0);
  assert.deepEqual(await kernel.read(), before);
});

test('trap 25: a time-out of 0 is left as it is, and each namespace has its own', async (t) => {
  const [here, there] = [freshKernel(t), freshKernel(t)];
  assert.deepEqual(await here.kernel.run([{ op: 'set-timeouts', timeouts: { tcp: 100, udp: 0 } }]), []);
  assert.deepEqual((await here.kernel.read()).timeouts, { tcp: 100, tcpFin: 120, udp: 300 });
  assert.deepEqual((await there.kernel.read()).timeouts, { tcp: 900, tcpFin: 120, udp: 300 });
});

test('trap 26: a sync daemon comes back with what the kernel filled in, and is changed by stop and start', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  ipvsadm('--start-daemon backup --mcast-interface lo --syncid 5');
  // A backup takes what fits the interface, and lo takes much.
  const filled = {
    role: 'backup',
    interface: 'lo',
    syncId: 5,
    maxLength: 65507,
    group: '224.0.0.81',
    port: 8848,
    ttl: 1,
  } as const;
  assert.deepEqual((await kernel.read()).syncDaemons, [filled]);
  const [again] = await kernel.run([{ op: 'start-daemon', daemon: { ...filled, syncId: 6 } }]);
  assert.deepEqual([again?.kind, again?.message], ['exists', 'Daemon has already run']);
  const changed = { ...filled, syncId: 6, maxLength: 1400, port: 9000, ttl: 3 };
  const failures = await kernel.run([
    { op: 'stop-daemon', role: 'backup', syncId: 5 },
    { op: 'start-daemon', daemon: changed },
    { op: 'start-daemon', daemon: { ...changed, role: 'master' } },
  ]);
  assert.deepEqual(failures, []);
  assert.deepEqual((await kernel.read()).syncDaemons, [{ ...changed, role: 'master' }, changed]);
});

test('trap 28: messages are English whatever the locale, since they are read', async (t) => {
  const { netns } = freshKernel(t);
  const env = { ...process.env, LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', LANGUAGE: 'de' };
  const [failure] = await ipvsadmKernel({ netns, env }).run([
    {
      op: 'start-daemon',
      daemon: { role: 'master', interface: 'no0', syncId: 1, maxLength: 1, group: '224.0.0.81', port: 1, ttl: 1 },
    },
  ]);
  assert.deepEqual([failure?.kind, failure?.message], ['refused', 'No such device']);
});

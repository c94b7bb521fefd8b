import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquireLock } from '../../../src/host/lock.ts';
import { parseSave } from '../../../src/ipvsadm/parse-save.ts';
import { fakeRun } from '../../fixtures/fake-run.ts';
import { server, service, tcp } from '../../plan/build.ts';
import { specText } from '../../spec-text.ts';
import { director } from '../director.ts';
import { writtenTable } from '../written-table.ts';

const VIP = tcp('192.0.2.1');
const NOW = ['--drain', '0', '--max-remove', '100%', '--max-remove-services', '100%'];

test('trap 06: dr in place of nat on another port is another server: the new one comes before the old one goes', async (t) => {
  const table = writtenTable(t);
  await table.apply([service(VIP, [server('10.0.0.1', 1, { port: 8080 })])]);
  table.written();
  await table.apply([service(VIP, [server('10.0.0.1', 1, { forwarding: { method: 'dr' } })])], ...NOW);
  assert.deepEqual(table.written(), [
    '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 1 -x 0 -y 0',
    '-d -t 192.0.2.1:80 -r 10.0.0.1:8080',
  ]);
});

test('trap 16: what keepalived writes is not ours to make, repair or remove, and nothing is ever flushed', async (t) => {
  const table = writtenTable(t);
  const spec = (
    owner: string,
  ) => `${specText([service(VIP, [server('10.0.0.1'), server('10.0.0.2')])])}    owner: ${owner}
  own: { vip: 192.0.2.2, port: 80, forwarding: nat, servers: { web-1: 10.0.0.3 } }
`;
  await table.apply(spec('keepalived'));
  assert.ok(!table.listing().some((line) => line.includes('192.0.2.1:80')), 'keepalived makes it');
  table.restore('-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 0\n');
  const theirs = table.listing();
  await table.apply(spec('keepalived'));
  assert.deepEqual(table.listing(), theirs, 'a server that fails its checks has weight 0, or is gone');
  await table.apply([service(tcp('192.0.2.2'), [server('10.0.0.3')])]);
  assert.deepEqual(table.listing(), theirs);
  assert.ok(!table.written().some((rule) => rule.startsWith('-C') || rule.includes('192.0.2.1:80')));
});

test('trap 19: a family whose services are all replaced has one at every instant', async (t) => {
  const table = writtenTable(t);
  await table.apply([service(tcp('2001:db8::1'), [server('fd00::1')]), service(VIP, [server('10.0.0.1')])]);
  const before = table.listing();
  table.written();
  await table.apply(
    [service(tcp('2001:db8::2'), [server('fd00::2')]), service(tcp('192.0.2.9'), [server('10.0.0.1')])],
    ...NOW,
  );
  const run = fakeRun();
  for (const rule of [...before.toSorted(), ...table.written()]) {
    run({ args: ['-R'], input: `${rule}\n` });
    if (before.includes(rule)) continue;
    const { services } = parseSave(run({ args: ['-Sn'], input: '' }).stdout);
    const families = new Set(services.map(({ address }) => address.family));
    assert.equal(families.size, 2, `after ${rule}: the kernel lets go of connections of a family without services`);
  }
});

for (const scheduler of ['sh', 'dh'])
  test(`trap 20: a change to a pool of ${scheduler} says that clients move, and that two directors may differ`, async (t) => {
    const table = writtenTable(t);
    await table.apply([service(VIP, [server('10.0.0.1')], { scheduler })]);
    table.write(specText([service(VIP, [server('10.0.0.1'), server('10.0.0.2')], { scheduler })]));
    const { stdout } = await table.lvsctl('plan');
    assert.match(stdout, new RegExp(`Note: service-1: scheduler ${scheduler} hashes by the order`));
  });

test('trap 21: whatever changes but a key is edited in place, so nothing goes to the trash', async (t) => {
  const table = writtenTable(t);
  const wide = { netmask: '255.255.255.0', timeoutSeconds: 60 };
  await table.apply([service(VIP, [server('10.0.0.1'), server('10.0.0.2')])]);
  table.written();
  const tunnel = { method: 'tun', tunnel: { type: 'gre', checksum: 'csum' } } as const;
  await table.apply([
    service(VIP, [server('10.0.0.1', 7, { forwarding: tunnel }), server('10.0.0.2', 1, { upperThreshold: 9 })], {
      scheduler: 'mh',
      schedulerFlags: ['mh-fallback'],
      persistence: wide,
    }),
  ]);
  assert.deepEqual(
    table
      .written()
      .map((rule) => rule.slice(0, 2))
      .sort(),
    ['-E', '-e', '-e'],
  );
});

test('trap 22: a service that is as wanted is not written, and no call of ipvsadm that writes is made', async (t) => {
  const table = writtenTable(t);
  const services = [service(VIP, [server('10.0.0.1')]), service(tcp('192.0.2.2'), [server('10.0.0.2')])];
  await table.apply(services);
  assert.equal(table.written().length, 4);
  await table.apply(services);
  assert.deepEqual(table.written(), []);
});

test('trap 23: a namespace without an address is an error that names the rule, and the next apply mends it', async (t) => {
  const host = director(t, { isUp: false });
  host.write(specText([service(VIP, [server('10.0.0.1')])]));
  const early = await host.lvsctl('apply', '--auto-approve');
  assert.equal(early.exitCode, 1);
  assert.match(early.stderr, /Failed: add real server {1,2}service-1\/rs-1.*site\.lvs\.yaml:\d+/);
  host.bringUp();
  const later = await host.lvsctl('apply', '--auto-approve');
  assert.equal(later.exitCode, 0, later.stderr);
  assert.match(host.ipvsadm('-Sn'), /-a -t 192\.0\.2\.1:80 -r 10\.0\.0\.1:80/);
});

test('trap 29: a name in place of an address is an error, and what is written has numbers only', async (t) => {
  const table = writtenTable(t);
  const spec = specText([service(VIP, [server('10.0.0.1')])]);
  table.write(spec.replace('10.0.0.1', 'localhost'));
  const ended = await table.lvsctl('apply', '--auto-approve');
  assert.equal(ended.exitCode, 3);
  assert.match(ended.stderr, /names are never resolved/);
  assert.deepEqual(table.written(), []);
  await table.apply(spec);
  assert.deepEqual(table.written(), [
    '-A -t 192.0.2.1:80 -s wlc',
    '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1 -x 0 -y 0',
  ]);
});

test('trap 30: while one lvsctl writes, another one is told who, and writes nothing', async (t) => {
  const table = writtenTable(t);
  table.write(specText([service(VIP, [server('10.0.0.1')])]));
  const runtimeDirectory = table.env.LVSCTL_RUNTIME_DIR ?? '';
  const lock = await acquireLock({ runtimeDirectory, command: 'watch', timeoutSeconds: 0 });
  const ended = await table.lvsctl('apply', '--auto-approve', '--lock-timeout', '0');
  assert.equal(ended.exitCode, 4);
  assert.match(ended.stderr, new RegExp(`Another lvsctl \\(pid ${process.pid}, watch, since`));
  assert.deepEqual(table.written(), []);
  await lock.release();
  const later = await table.lvsctl('apply', '--auto-approve', '--lock-timeout', '0');
  assert.equal(later.exitCode, 0, later.stderr);
});

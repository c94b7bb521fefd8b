import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { saveTable } from '../../../src/ipvsadm/restore-input.ts';
import type { RealServer } from '../../../src/model/table.ts';
import { additions, freshKernel } from '../fresh-kernel.ts';
import { fwmark, realServer, virtualService, vip } from '../nouns.ts';

const service = vip('192.0.2.1');
const dr = { forwarding: { method: 'dr' } } as const;
const ipip = { forwarding: { method: 'tun', tunnel: { type: 'ipip' } } } as const;

for (const forwarding of [dr, ipip]) {
  const { method } = forwarding.forwarding;
  test(`trap 05: ipvsadm moves a ${method} server to its service's port without a word`, async (t) => {
    const { kernel } = freshKernel(t);
    const server = realServer('10.0.0.1', { ...forwarding, port: 8080 });
    assert.deepEqual(await kernel.run(additions([virtualService({ servers: [server] })])), []);
    assert.deepEqual((await kernel.read()).services[0]?.servers, [{ ...server, port: 80 }]);
    const failures = await kernel.run([{ op: 'delete-server', service, server }]);
    assert.deepEqual(failures, [{ index: 0, kind: 'missing', message: 'No such destination' }]);
    assert.deepEqual(await kernel.run([{ op: 'delete-server', service, server: { ...server, port: 80 } }]), []);
  });
}

test('trap 05: under a mark the port stays as it is written', async (t) => {
  const { kernel } = freshKernel(t);
  const servers = [realServer('10.0.0.1', { ...dr, port: 0 }), realServer('10.0.0.2', { ...dr, port: 8080 })];
  const table = [virtualService({ address: fwmark(7), servers })];
  assert.deepEqual(await kernel.run(additions(table)), []);
  assert.deepEqual((await kernel.read()).services, table);
});

test('trap 05: a foreign DR server on another port is read and deleted by that port, but cannot be edited', async (t) => {
  const { kernel, foreign } = freshKernel(t);
  await kernel.run(additions([virtualService()]));
  foreign('server vip=192.0.2.1 port=80 address=10.0.0.1 dport=8080 fwd=3');
  const server = realServer('10.0.0.1', { ...dr, port: 8080 });
  assert.deepEqual((await kernel.read()).services[0]?.servers, [server]);
  const [failure] = await kernel.run([{ op: 'edit-server', service, server: { ...server, weight: 9 } }]);
  assert.equal(failure?.kind, 'missing');
  assert.deepEqual(await kernel.run([{ op: 'delete-server', service, server }]), []);
  assert.deepEqual((await kernel.read()).services[0]?.servers, []);
});

test('trap 07: thresholds are not in "ipvsadm -Sn", but are read, and an edit keeps them', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  const server = realServer('10.0.0.1', { upperThreshold: 100, lowerThreshold: 50 });
  await kernel.run(additions([virtualService({ servers: [server] })]));
  assert.doesNotMatch(ipvsadm('-Sn').stdout, /100|50/);
  const [read] = (await kernel.read()).services[0]?.servers ?? [];
  assert.deepEqual(read, server);
  await kernel.run([{ op: 'edit-server', service, server: { ...(read as RealServer), weight: 7 } }]);
  assert.deepEqual((await kernel.read()).services[0]?.servers, [{ ...server, weight: 7 }]);
});

test('trap 08: -e resets what it is not told, so an edit of ours tells everything', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  const tunnel = { type: 'gue', port: 6080, checksum: 'csum' } as const;
  const server = realServer('10.0.0.1', { forwarding: { method: 'tun', tunnel }, weight: 5, upperThreshold: 9 });
  await kernel.run(additions([virtualService({ servers: [server] })]));
  ipvsadm('-e -t 192.0.2.1:80 -r 10.0.0.1:80 -w 3');
  assert.deepEqual((await kernel.read()).services[0]?.servers, [realServer('10.0.0.1', { ...dr, weight: 3 })]);
  await kernel.run([{ op: 'edit-server', service, server: { ...server, weight: 0 } }]);
  assert.deepEqual((await kernel.read()).services[0]?.servers, [{ ...server, weight: 0 }]);
});

test('trap 09: weights of 0, and above 65535 where this ipvsadm takes them, come back as written', async (t) => {
  const { kernel } = freshKernel(t);
  const servers = [0, 1, 65535, 65536, 2147483647].map((weight, at) => realServer(`10.0.0.${at + 1}`, { weight }));
  assert.deepEqual(await kernel.run(additions([virtualService({ servers })])), []);
  assert.deepEqual((await kernel.read()).services[0]?.servers, servers);
});

test('trap 20: the same table goes in in the same order, whatever the order of the spec', async (t) => {
  const servers = ['10.0.0.3', '10.0.0.10', '10.0.0.1'].map((each) => realServer(each));
  const orders = [servers, [...servers].reverse()].map((order) => {
    const { netns, ipvsadm } = freshKernel(t);
    ipvsadm('-R', saveTable([virtualService({ scheduler: 'sh', servers: order })]));
    const rows = execFileSync('ip', ['netns', 'exec', netns, 'ipvsadm', '-Ln', '--nosort'], { encoding: 'utf8' });
    return rows.match(/(?<= {2}-> )10\S+/g);
  });
  assert.deepEqual(orders[0], orders[1]);
  assert.equal(orders[0]?.length, 3);
});

test('trap 21: another forwarding method on the same port is one -e, not a delete and an add', async (t) => {
  const { kernel } = freshKernel(t);
  await kernel.run(additions([virtualService({ servers: [realServer('10.0.0.1')] })]));
  for (const forwarding of [dr, ipip, { forwarding: { method: 'nat' } } as const]) {
    const server = realServer('10.0.0.1', forwarding);
    assert.deepEqual(await kernel.run([{ op: 'edit-server', service, server }]), []);
    assert.deepEqual((await kernel.read()).services[0]?.servers, [server]);
  }
});

test('trap 23: before an address is up, every IPv4 server is refused, and can be added when it is', async (t) => {
  const { kernel, netns } = freshKernel(t, { isUp: false });
  const table = [virtualService({ servers: [realServer('10.0.0.1')] })];
  const failures = await kernel.run(additions(table));
  assert.deepEqual(
    failures.map(({ index, kind }) => [index, kind]),
    [[1, 'refused']],
  );
  assert.match(failures[0]?.message ?? '', /^Invalid operation. {2}Possibly wrong module version, address not unicast/);
  execFileSync('ip', ['-n', netns, 'link', 'set', 'lo', 'up']);
  assert.deepEqual(await kernel.run(additions(table).slice(1)), []);
  assert.deepEqual((await kernel.read()).services, table);
});

test('trap 27: a lower threshold above the upper one is refused by name, and the rest goes on', async (t) => {
  const { kernel } = freshKernel(t);
  const servers = [realServer('10.0.0.1', { upperThreshold: 5, lowerThreshold: 6 }), realServer('10.0.0.2')];
  const failures = await kernel.run(additions([virtualService({ servers })]));
  assert.deepEqual(failures, [{ index: 1, kind: 'refused', message: 'Numerical result out of range' }]);
  assert.deepEqual((await kernel.read()).services[0]?.servers, servers.slice(1));
});

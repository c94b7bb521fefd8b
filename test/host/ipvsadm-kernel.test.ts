import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ipvsadmKernel } from '../../src/host/ipvsadm-kernel.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { fakeIpvsadm } from '../fixtures/fake-ipvsadm.ts';
import { ATTRIBUTES, failureOf, filled, kernelOver, server, service, text } from './fake-kernel.ts';

test('what was run is read back, thresholds and connections included', async (t) => {
  const { fake, kernel } = await filled(t, '');
  const table = fake.readTable();
  Object.assign(table.services[0]?.servers[1] ?? {}, { active: 7, inactive: 3 });
  fake.writeTable(table);
  const live = await kernel.read();
  assert.deepEqual(live.services[0], {
    address: service(80),
    ...ATTRIBUTES,
    servers: [1, 2, 3, 4].map(server),
  });
  assert.deepEqual(live.connections.get('tcp 192.0.2.1:80')?.get('10.0.0.2:80'), { active: 7, inactive: 3 });
  assert.deepEqual(live.timeouts, { tcp: 900, tcpFin: 120, udp: 300 });
  assert.deepEqual([live.syncDaemons, live.unread], [[], []]);
});

test('rates are read by service and by real server', async (t) => {
  const { fake, kernel } = await filled(t, '');
  const table = fake.readTable();
  Object.assign(table.services[0]?.servers[0] ?? {}, { rate: [1, 2, 3, 4_000_000_000, 5] });
  fake.writeTable(table);
  const rate = (await kernel.rates()).get('tcp 192.0.2.1:80');
  assert.equal(rate?.service.connections, 0);
  const wanted = { connections: 1, inPackets: 2, outPackets: 3, inBytes: 4_000_000_000, outBytes: 5 };
  assert.deepEqual(rate?.servers.get('10.0.0.1:80'), wanted);
});

test('an empty batch starts no program', async () => {
  assert.deepEqual(await ipvsadmKernel({ ipvsadm: '/nowhere/ipvsadm', env: {} }).run([]), []);
});

test('a missing program is an error that says how to install it', async (t) => {
  const { env } = fakeIpvsadm(t);
  for (const ipvsadm of ['no-such-ipvsadm', '/nowhere/ipvsadm']) {
    const error = await failureOf(ipvsadmKernel({ ipvsadm, env }).read());
    assert.equal(text(error), `Cannot find the program ${ipvsadm}\nInstall it: apt install ipvsadm`);
  }
});

test('a program that is not executable is an error that names it', async (t) => {
  const { env, directory } = fakeIpvsadm(t);
  const ipvsadm = join(directory, 'ipvsadm');
  writeFileSync(ipvsadm, '#!/bin/sh\n');
  chmodSync(ipvsadm, 0o644);
  const error = await failureOf(ipvsadmKernel({ ipvsadm, env }).read());
  assert.equal(error.message, `Cannot run ${ipvsadm}: it is not executable for this user`);
});

test('a name that would be an option or a path is no network namespace', async (t) => {
  const { env } = fakeIpvsadm(t);
  for (const netns of ['-all', '../../etc', '']) {
    const error = await failureOf(ipvsadmKernel({ netns, env }).read());
    assert.equal(error.message, `"${netns}" cannot be the name of a network namespace`);
  }
});

test('a batch longer than one call keeps its order and its numbers', async (t) => {
  const fake = fakeIpvsadm(t);
  const adds = Array.from({ length: 5002 }, (_, at): Operation => {
    return { op: 'add-service', service: { kind: 'fwmark', family: 'ipv4', mark: at + 1 }, attributes: ATTRIBUTES };
  });
  const again = adds[5001] ?? assert.fail('there are 5002');
  const failures = await ipvsadmKernel({ env: fake.env }).run([...adds, again]);
  assert.deepEqual(failures, [{ index: 5002, kind: 'exists', message: 'Service already exists' }]);
  assert.equal(fake.readTable().services.length, 5002);
});

test('what stops one call of a long batch stops the calls after it', async (t) => {
  const fake = fakeIpvsadm(t);
  const edits = Array.from({ length: 5003 }, (): Operation => {
    return { op: 'delete-service', service: { kind: 'fwmark', family: 'ipv4', mark: 1 } };
  });
  const failures = await kernelOver(fake, 'rule-stop=100').run(edits);
  const notRun = failures.filter(({ kind }) => kind === 'not-run').map(({ index }) => index);
  assert.deepEqual([notRun[0], notRun.at(-1), notRun.length], [101, 5002, 4902]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OperationError } from '../../src/errors.ts';
import { ipvsadmKernel } from '../../src/host/ipvsadm-kernel.ts';
import { parseSavedListing } from '../../src/ipvsadm/live-table.ts';
import { saveTable } from '../../src/ipvsadm/restore-input.ts';
import { serverKey, serviceKey, type VirtualService } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { randomTable, SCHEDULERS } from '../ipvsadm/random-table.ts';
import { additions, freshKernel } from './fresh-kernel.ts';
import { persistent, realServer, virtualService, vip } from './nouns.ts';

const WHOLE: readonly VirtualService[] = [
  ...SCHEDULERS.map((scheduler, at) =>
    virtualService({ address: vip('192.0.2.1', 8000 + at), scheduler, servers: [realServer('10.0.0.1')] }),
  ),
  virtualService({ address: vip('192.0.2.2', 0), ...persistent(600, '255.255.255.0') }),
];

test('a table with every scheduler is written and read back', async (t) => {
  const { kernel } = freshKernel(t);
  assert.deepEqual(await kernel.run(additions(WHOLE)), []);
  assert.deepEqual(
    new Map((await kernel.read()).services.map((each) => [serviceKey(each.address), each])),
    byKey(WHOLE),
  );
});

function byKey(services: readonly VirtualService[]): Map<string, VirtualService> {
  return new Map(services.map((each) => [serviceKey(each.address), each]));
}

/** In a guest kernel a table takes seconds; the pure round trip tries hundreds. */
function property(check: (services: VirtualService[]) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(randomTable(), check), { numRuns: 5 });
}

test('any table is written without a failure, and read back equal', (t) =>
  property(async (services) => {
    const { kernel } = freshKernel(t);
    assert.deepEqual(await kernel.run(additions(services)), []);
    const live = await kernel.read();
    assert.deepEqual(live.services, services);
    assert.deepEqual(live.unread, []);
    const keys = (each: VirtualService) => [serviceKey(each.address), each.servers.map(serverKey)];
    assert.deepEqual(
      [...live.connections].map(([key, servers]) => [key, [...servers.keys()]]),
      services.map(keys),
    );
  }));

test('a saved table goes back by "ipvsadm -R" as it was', (t) =>
  property(async (services) => {
    const { kernel, ipvsadm } = freshKernel(t);
    const { status, stderr } = ipvsadm('-R', saveTable(services));
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual((await kernel.read()).services, services);
  }));

test('ipvsctl-roundtrip-drained: any table is edited into any other with the same keys, weight 0 included', (t) =>
  property(async (services) => {
    const { kernel } = freshKernel(t);
    const plain = services.map(({ address, servers, ...rest }) => {
      const { persistence } = rest;
      const bare = virtualService({
        address,
        persistence: persistence && persistent(1, persistence.netmask).persistence,
      });
      return {
        ...bare,
        servers: servers.map((each) => ({ ...each, weight: 0, upperThreshold: 0, lowerThreshold: 0 })),
      };
    });
    assert.deepEqual(await kernel.run(additions(plain)), []);
    assert.deepEqual((await kernel.read()).services, plain);
    const edits = additions(services).map((each) => {
      return { ...each, op: each.op === 'add-service' ? 'edit-service' : 'edit-server' } as Operation;
    });
    assert.deepEqual(await kernel.run(edits), []);
    assert.deepEqual((await kernel.read()).services, services);
    const deletions = services.map(({ address }): Operation => ({ op: 'delete-service', service: address }));
    assert.deepEqual(await kernel.run(deletions), []);
    assert.deepEqual((await kernel.read()).services, []);
  }));

test('a plain "ipvsadm -Sn" listing reads as the live table but for its thresholds', async (t) => {
  const { kernel, ipvsadm } = freshKernel(t);
  const servers = [realServer('10.0.0.1', { upperThreshold: 9, lowerThreshold: 3 })];
  await kernel.run(additions([virtualService({ servers })]));
  const saved = parseSavedListing(ipvsadm('-Sn').stdout);
  assert.deepEqual(saved.services, [virtualService({ servers: [realServer('10.0.0.1')] })]);
});

test('rates are read from the kernel by service and real server', async (t) => {
  const { kernel } = freshKernel(t);
  await kernel.run(additions([virtualService({ servers: [realServer('10.0.0.1')] })]));
  const none = { connections: 0, inPackets: 0, outPackets: 0, inBytes: 0, outBytes: 0 };
  const rates = await kernel.rates();
  assert.deepEqual([...rates.keys()], ['tcp 192.0.2.1:80']);
  assert.deepEqual(rates.get('tcp 192.0.2.1:80'), { service: none, servers: new Map([['10.0.0.1:80', none]]) });
});

const ENVIRONMENTS: readonly (readonly [claim: string, options: object, message: RegExp])[] = [
  ['a network namespace that is not there', { netns: 'nowhere' }, /^There is no network namespace "nowhere"$/],
  ['a program that is not there', { ipvsadm: '/nowhere/ipvsadm' }, /^Cannot find the program \/nowhere\/ipvsadm$/],
  ['a file that is no program', { ipvsadm: '/etc/passwd' }, /^Cannot run \/etc\/passwd: it is not executable/],
];

for (const [claim, options, message] of ENVIRONMENTS) {
  test(`${claim} is named, not taken for an empty table`, async (t) => {
    const { netns } = freshKernel(t);
    const kernel = ipvsadmKernel({ netns, env: process.env, ...options });
    await assert.rejects(kernel.read(), (error) => error instanceof OperationError && message.test(error.message));
    const operation: Operation = { op: 'set-timeouts', timeouts: { tcp: 5 } };
    await assert.rejects(
      kernel.run([operation]),
      (error) => error instanceof OperationError && message.test(error.message),
    );
  });
}

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OperationFailure } from '../../src/host/kernel.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { type FakeIpvsadm, fakeIpvsadm } from '../fixtures/fake-ipvsadm.ts';
import { ATTRIBUTES, BATCH, failureOf, filled, kernelOver, server, service, text } from './fake-kernel.ts';

async function serversOf(fake: FakeIpvsadm, port = 80): Promise<string[]> {
  const { services } = await kernelOver(fake).read();
  const found = services.find(({ address }) => address.kind === 'address' && address.port === port);
  return found?.servers.map(({ address }) => address) ?? [];
}

const PARTIAL = [
  {
    claim: 'pybal-R-middle-line-fails: an error in the middle of a batch with a good last line is found',
    fault: 'rule-error=2',
    failures: [{ index: 2, kind: 'refused', message: /^Memory allocation problem$/ }],
    done: ['10.0.0.1', '10.0.0.3', '10.0.0.4'],
  },
  {
    claim: 'a rule that the tool refuses stops the batch there, and the rest is told as not run',
    fault: 'rule-stop=2',
    failures: [
      { index: 2, kind: 'refused', message: /^illegal weight specified$/ },
      { index: 3, kind: 'not-run', message: /^ipvsadm ended at rule 3, before this one$/ },
      { index: 4, kind: 'not-run', message: /before this one$/ },
    ],
    done: ['10.0.0.1'],
  },
  {
    claim: 'a crash in the middle of a batch names the rule it happened at',
    fault: 'rule-crash=3',
    failures: [
      { index: 3, kind: 'refused', message: /^ipvsadm was ended by SIGSEGV$/ },
      { index: 4, kind: 'not-run', message: /before this one$/ },
    ],
    done: ['10.0.0.1', '10.0.0.2'],
  },
  {
    claim: 'a hang in the middle of a batch is ended, and names the rule it happened at',
    fault: 'rule-hang=1',
    failures: [
      { index: 1, kind: 'refused', message: /^"ipvsadm -R" gave no answer within 2 s and was stopped$/ },
      ...[2, 3, 4].map((index) => ({ index, kind: 'not-run', message: /before this one$/ })),
    ],
    done: [],
  },
] as const;

for (const { claim, fault, failures, done } of PARTIAL) {
  test(claim, async (t) => {
    const fake = fakeIpvsadm(t);
    const found = await kernelOver(fake, fault).run(BATCH);
    assert.deepEqual(
      found.map(({ index, kind }) => ({ index, kind })),
      failures.map(({ index, kind }) => ({ index, kind })),
    );
    for (const [at, { message }] of failures.entries()) assert.match(found[at]?.message ?? '', message);
    assert.deepEqual(await serversOf(fake), done);
  });
}

const RACES: readonly {
  readonly claim: string;
  readonly rival: string;
  readonly operation: Operation;
  readonly failure: Omit<OperationFailure, 'index'>;
}[] = [
  {
    claim: 'adding a real server that somebody else has just added',
    rival: '-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m',
    operation: { op: 'add-server', service: service(80), server: server(9) },
    failure: { kind: 'exists', message: 'Destination already exists' },
  },
  {
    claim: 'adding a service that somebody else has just added',
    rival: '-A -t 192.0.2.1:81',
    operation: { op: 'add-service', service: service(81), attributes: ATTRIBUTES },
    failure: { kind: 'exists', message: 'Service already exists' },
  },
  {
    claim: 'deleting a real server that somebody else has just deleted',
    rival: '-d -t 192.0.2.1:80 -r 10.0.0.1:80',
    operation: { op: 'delete-server', service: service(80), server: server(1) },
    failure: { kind: 'missing', message: 'No such destination' },
  },
  {
    claim: 'editing a real server of a service that somebody else has just deleted',
    rival: '-D -t 192.0.2.1:80',
    operation: { op: 'edit-server', service: service(80), server: server(1) },
    failure: { kind: 'missing', message: 'Service not defined' },
  },
  {
    claim: 'editing a service that somebody else has just deleted',
    rival: '-D -t 192.0.2.1:80',
    operation: { op: 'edit-service', service: service(80), attributes: ATTRIBUTES },
    failure: { kind: 'missing', message: 'No such service' },
  },
];

for (const { claim, rival, operation, failure } of RACES) {
  test(`${claim} is told as a race, and the rest of the batch goes on`, async (t) => {
    const { fake } = await filled(t, '');
    writeFileSync(join(fake.directory, 'rival'), `${rival}\n`);
    const last: Operation = { op: 'add-service', service: service(82), attributes: ATTRIBUTES };
    const failures = await kernelOver(fake, `rival=${fake.directory}/rival`).run([operation, last]);
    assert.deepEqual(failures, [{ index: 0, ...failure }]);
    const { services } = await kernelOver(fake).read();
    assert.ok(services.some(({ address }) => address.kind === 'address' && address.port === 82));
    assert.ok(services.some(({ address }) => address.kind === 'address' && address.port === 9999));
  });
}

const UNREADABLE = [
  {
    claim: 'a crash of the saving listing',
    fault: 'crash=-Sn',
    says: /"ipvsadm -Sn" crashed \(SIGSEGV\)[\s\S]*--tun-info/,
  },
  { claim: 'a crash of the other listing', fault: 'crash=--thresholds', says: /--thresholds --exact" crashed/ },
  {
    claim: 'a listing that is short for good',
    fault: 'short=-Sn',
    says: /listings did not agree in 4 reads[\s\S]*again/,
  },
  {
    claim: 'the other listing, short for good',
    fault: 'short=--thresholds',
    says: /listings did not agree in 4 reads/,
  },
  {
    claim: 'a listing that fails',
    fault: 'fail=-Sn',
    says: /"ipvsadm -Sn" failed with exit code 1: Memory allocation/,
  },
  { claim: 'time-outs that fail', fault: 'fail=--timeout', says: /"ipvsadm -L --timeout" failed with exit code 1/ },
  { claim: 'no sync daemon listing', fault: 'fail=--daemon', says: /"ipvsadm -L --daemon" failed with exit code 1/ },
  { claim: 'a hang', fault: 'hang=-Sn', says: /"ipvsadm -Sn" gave no answer within 2 s[\s\S]*hanging programs/ },
  {
    claim: 'a user without permission',
    fault: 'no-permission',
    says: /No permission[\s\S]*as root, or with CAP_NET_ADMIN/,
  },
  { claim: 'a kernel without the module', fault: 'no-module', says: /This kernel has no IPVS[\s\S]*modprobe ip_vs/ },
] as const;

for (const { claim, fault, says } of UNREADABLE) {
  test(`ipvsman-read-fail-not-empty: ${claim} is an error that says what to do, never a shorter table`, async (t) => {
    const { fake, kernel } = await filled(t, fault);
    const before = fake.readTable().services;
    assert.match(text(await failureOf(kernel.read())), says);
    assert.deepEqual(fake.readTable().services, before);
  });
}

test('a listing that was short once is read again', async (t) => {
  const { kernel } = await filled(t, 'once:short=-Sn');
  assert.equal((await kernel.read()).services.length, 2);
});

for (const [fault, says] of [
  ['no-permission', /No permission/],
  ['no-module', /This kernel has no IPVS/],
  ['hang=-R', /"ipvsadm -R" gave no answer/],
] as const) {
  test(`a batch that cannot start (${fault}) is an error, and nothing was changed`, async (t) => {
    const { fake, kernel } = await filled(t, fault);
    const before = fake.readTable().services;
    const operation: Operation = { op: 'delete-service', service: service(80) };
    assert.match((await failureOf(kernel.run([operation]))).message, says);
    assert.deepEqual(fake.readTable().services, before);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConf } from '../../src/keepalived/read-conf.ts';
import { expectationFor, expectationOf, unmetExpectations } from '../../src/keepalived/verify.ts';
import type { KeepalivedStatus, VrrpStatus } from '../../src/model/keepalived-status.ts';
import { loadText } from '../spec/load-text.ts';
import { renderedConf } from './rendered.ts';

const SPEC = `version: 1
directors: { lb1: { address: 192.0.2.11, interface: eth0 }, lb2: { address: 192.0.2.12, interface: eth0 } }
vrrp:
  web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
  other: { virtual_router_id: 52, vips: [203.0.113.20/24], priority: { lb2: 100 } }
`;
const { desired } = loadText(SPEC);
const lb1 = desired.directors[0];
assert.ok(lb1);
const expectation = expectationFor(desired, lb1);

function web(rest: Partial<VrrpStatus> = {}): VrrpStatus {
  const priority = { basePriority: 150, effectivePriority: 150 };
  const rows = { name: 'web', virtualRouterId: 51, interface: 'eth0', vips: ['203.0.113.10'] };
  return { ...rows, ...priority, state: 'master', ...rest };
}

function status(instances: readonly VrrpStatus[], rest: Partial<KeepalivedStatus> = {}): KeepalivedStatus {
  return { pid: 7, instances, addresses: ['192.0.2.11', '203.0.113.10'], ...rest };
}

const NONE: ReadonlySet<string> = new Set();

test('of a spec only the instances of the director are expected', () => {
  assert.deepEqual(expectation, {
    instances: [{ name: 'web', virtualRouterId: 51, priority: 150, vips: ['203.0.113.10'] }],
  });
});

test('a file says the same of its instances as the spec that it came from', async () => {
  const conf = { instances: expectationOf(readConf(await renderedConf(SPEC, 'lb1'))).instances };
  assert.deepEqual(conf, expectation);
});

test('of a file that somebody else wrote, what it leaves out has the defaults of keepalived', () => {
  const conf =
    'vrrp_instance a {\n virtual_router_id 7\n state MASTER\n virtual_ipaddress {\n 203.0.113.1/24 dev eth1\n }\n}\n';
  assert.deepEqual(expectationOf(readConf(conf)).instances, [
    { name: 'a', virtualRouterId: 7, priority: 255, vips: ['203.0.113.1'] },
  ]);
});

test('a master that holds its VIPs is as expected, and so is a backup that holds none', () => {
  for (const now of [status([web()]), status([web({ state: 'backup' })], { addresses: ['192.0.2.11'] })])
    assert.deepEqual(unmetExpectations(now, { expectation, before: null, moving: NONE }), []);
});

const UNMET: readonly (readonly [now: KeepalivedStatus | null, unmet: RegExp])[] = [
  [null, /^keepalived does not run any more$/],
  [status([web()], { pid: 8 }), /started anew/],
  [status([]), /instance web is not there/],
  [status([web(), web({ name: 'gone', vips: [] })]), /^instance gone is still there$/],
  [status([web({ virtualRouterId: 50 })]), /virtual_router_id yet$/],
  [status([web({ basePriority: 100 })]), /^instance web has priority 100 and not 150$/],
  [status([web({ vips: [] })]), /does not know its VIP 203\.0\.113\.10/],
  [status([web()], { addresses: [] }), /^instance web is master without its VIP 203\.0\.113\.10$/],
  [status([web({ state: 'backup' })]), /instance web is backup and holds 203\.0\.113\.10/],
  [status([web({ state: 'backup' })], { addresses: [] }), /^instance web was master and is backup$/],
  [status([web({ state: 'init' })], { addresses: [] }), /instance web has not begun yet/],
];

for (const [now, unmet] of UNMET)
  test(`it is seen that ${unmet.source}`, () => {
    const all = unmetExpectations(now, { expectation, before: status([web()]), moving: NONE });
    assert.match(all.join('; '), unmet);
  });

test('an instance that this change moves may leave its state, and a backup may become master', () => {
  const backup = status([web({ state: 'backup' })], { addresses: [] });
  assert.deepEqual(unmetExpectations(backup, { expectation, before: status([web()]), moving: new Set(['web']) }), []);
  assert.deepEqual(unmetExpectations(status([web()]), { expectation, before: backup, moving: NONE }), []);
});

test('one that worked and is in fault is seen, one that was in fault before is not', () => {
  const fault = status([web({ state: 'fault' })], { addresses: [] });
  const backup = status([web({ state: 'backup' })], { addresses: [] });
  assert.match(unmetExpectations(fault, { expectation, before: backup, moving: NONE }).join(), /is in fault/);
  assert.deepEqual(unmetExpectations(fault, { expectation, before: fault, moving: NONE }), []);
});

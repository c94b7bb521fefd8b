import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restorationOf } from '../../src/daemon/restoration.ts';
import type { NamedSnapshot } from '../../src/host/snapshots.ts';
import { saveTable } from '../../src/ipvsadm/restore-input.ts';
import type { SpecSource } from '../../src/model/spec-source.ts';
import { serviceKey, type VirtualService } from '../../src/model/table.ts';
import { fwmark, live, owning, server, service, tcp } from '../plan/build.ts';
import { override } from '../plan/override.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1', 5), server('10.0.0.2', 0)]);
const MAIL = service(tcp('192.0.2.2', 25), [server('10.0.0.3', 1, { port: 25 })]);
const MARKED = service(fwmark(7), [server('10.0.0.4', 1, { port: 0 })]);
const SPEC: SpecSource = {
  files: [
    {
      name: 'web.lvs.yaml',
      text: `version: 1
services:
  web: { vip: 192.0.2.1, port: 80, scheduler: wlc, forwarding: nat, check: none, servers: { web-1: 10.0.0.1 } }
timeouts: { tcp: 20m }
`,
    },
  ],
  digest: 'good',
  revision: null,
};

function snapshot(table: readonly VirtualService[], rest: Partial<NamedSnapshot> = {}): NamedSnapshot {
  return {
    ...{ id: '20260102T030405Z', table: saveTable(table), state: owning([WEB]), takenAt: 0, reason: 'test' },
    ...{ timeouts: null, syncDaemons: null, conf: null, overrides: null, spec: null, pruned: [] },
    ...rest,
  };
}

const restored = (from: NamedSnapshot, { owned = [WEB], isDrift = false } = {}) =>
  restorationOf(from, { state: owning(owned), isDrift, live: live([WEB]), shares: [] });
const owners = (restoration: ReturnType<typeof restored>) =>
  restoration.desired.services.map(({ name, address, owner }) => `${name} ${serviceKey(address)} ${owner}`);

test('the spec that held then is what is wanted, with its names, checks and keepalived', () => {
  const restoration = restored(snapshot([WEB, MAIL], { spec: SPEC }));
  assert.deepEqual(owners(restoration), ['web tcp 192.0.2.1:80 lvsctl']);
  assert.equal(restoration.desired.services[0]?.servers[0]?.name, 'web-1');
  assert.deepEqual([restoration.source, restoration.disowned], [SPEC, []]);
});

test('without a known spec it is the table of what was managed then, but for what was leaving', () => {
  const drain = { service: 'tcp 192.0.2.1:80', server: '10.0.0.2:80', startedAt: 0, drainSeconds: 9, weight: 1 };
  const restoration = restored(snapshot([WEB, MAIL], { state: owning([WEB], { drains: [drain] }) }));
  assert.deepEqual(owners(restoration), ['service-1 tcp 192.0.2.1:80 lvsctl']);
  assert.deepEqual(
    restoration.desired.services[0]?.servers.map(({ address, weight }) => [address, weight]),
    [['10.0.0.1', 5]],
  );
  assert.equal(restoration.source, null);
});

test('where only the table differed, it is the table that comes back', () => {
  const restoration = restored(snapshot([WEB], { spec: SPEC }), { isDrift: true });
  assert.deepEqual([restoration.source, restoration.desired.services[0]?.servers.length], [null, 2]);
});

test('a spec that this lvsctl does not read is not read by halves', () => {
  const unreadable = { ...SPEC, files: [{ name: 'web.lvs.yaml', text: 'version: 9\nservices: {}\n' }] };
  assert.equal(restored(snapshot([WEB], { spec: unreadable })).source, null);
});

test('what was adopted since goes back to others as they had it', () => {
  const restoration = restored(snapshot([WEB, MAIL, MARKED], { spec: SPEC }), { owned: [WEB, MAIL] });
  assert.deepEqual(owners(restoration), ['web tcp 192.0.2.1:80 lvsctl', 'service-2 tcp 192.0.2.2:25 lvsctl']);
  assert.deepEqual(restoration.disowned, ['tcp 192.0.2.2:25']);
});

test('what was removed by --prune since comes back, and is not ours', () => {
  const restoration = restored(snapshot([WEB, MARKED], { spec: SPEC, pruned: ['fwmark 7'] }));
  assert.deepEqual(restoration.disowned, ['fwmark 7']);
});

test('what keepalived had by its file goes back to keepalived', () => {
  const text =
    'virtual_server 192.0.2.2 25 {\n    protocol TCP\n    lb_kind NAT\n    real_server 10.0.0.3 25 {\n    }\n}\n';
  const conf = { path: '/etc/keepalived/keepalived.conf', text };
  const restoration = restored(snapshot([MAIL], { state: owning([]), conf }), { owned: [MAIL] });
  assert.deepEqual(owners(restoration), ['service-1 tcp 192.0.2.2:25 keepalived']);
  assert.deepEqual(restoration.disowned, []);
});

test('time-outs and sync daemons are as they were, where the spec says nothing of them', () => {
  const timeouts = { tcp: 900, tcpFin: 60, udp: 300 };
  const daemon = { interface: 'eth0', syncId: 1, maxLength: 0, group: '224.0.0.81', port: 8848, ttl: 1 };
  const syncDaemons = [{ role: 'master' as const, ...daemon }];
  const { desired } = restored(snapshot([WEB], { spec: SPEC, timeouts, syncDaemons }));
  assert.deepEqual(desired.timeouts, { ...timeouts, tcp: 1200 });
  assert.deepEqual(desired.syncDaemons, syncDaemons);
});

test('a share of a weight that still stands, which no table has, leaves its real server as it is', () => {
  const shares = [override('service-1/rs-1', { kind: 'share', percent: 50 })];
  const names = { '10.0.0.1:80': 'rs-1' };
  const state = { ...owning([WEB]), owned: [{ key: 'tcp 192.0.2.1:80', name: 'service-1', servers: names }] };
  const now = live([service(tcp('192.0.2.1'), [server('10.0.0.1', 3)])]);
  const { desired } = restorationOf(snapshot([WEB]), { state, isDrift: false, live: now, shares });
  assert.equal(desired.services[0]?.servers[0]?.weight, 3);
});

test('a table with rows that cannot be read is an error, and not half a table', () => {
  const from = { ...snapshot([WEB]), table: 'hello\n' };
  assert.throws(() => restored(from), /Snapshot 20260102T030405Z has rows that cannot be read: hello/);
});

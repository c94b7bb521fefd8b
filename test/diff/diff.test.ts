import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src/diff/change.ts';
import { diffServices, diffSyncDaemons, diffTimeouts } from '../../src/diff/diff.ts';
import { serverKey, serviceKey, type SyncDaemon, type VirtualService } from '../../src/model/table.ts';
import { fwmark, server, service, tcp } from '../plan/build.ts';

const WEB = tcp('192.0.2.1');
const ONE = [server('10.0.0.1')];
const web = (rest: Partial<VirtualService> = {}) => [service(WEB, ONE, rest)];

/** `~ tcp 192.0.2.1:80 10.0.0.1:80 weight`: a change in one line. */
function line(change: Change): string {
  if (change.kind === 'timeouts' || change.kind === 'daemon') return `${change.kind} ${change.action}`;
  const server =
    change.kind === 'server' ? ` ${serverKey(change.action === 'create' ? change.after : change.before)}` : '';
  const key = serviceKey(
    change.kind === 'server'
      ? change.service.address
      : change.action === 'create'
        ? change.after.address
        : change.before.address,
  );
  const fields = change.action === 'update' ? ` ${change.fields.join()}` : '';
  return `${{ create: '+', update: '~', delete: '-' }[change.action]} ${key}${server}${fields}`;
}

const lines = (live: readonly VirtualService[], wanted: readonly VirtualService[]) =>
  diffServices(live, wanted).map(line);

const PERSISTENT = { timeoutSeconds: 300, netmask: '255.255.255.255' } as const;

/** Each attribute of a service by itself. */
const SERVICE_FIELDS: readonly [field: string, before: Partial<VirtualService>, after: Partial<VirtualService>][] = [
  ['scheduler', { scheduler: 'rr' }, { scheduler: 'wrr' }],
  ['schedulerFlags', { schedulerFlags: ['sh-port'] }, { schedulerFlags: [] }],
  ['schedulerFlags', { schedulerFlags: ['mh-fallback'] }, { schedulerFlags: ['mh-fallback', 'mh-port'] }],
  ['persistence', { persistence: PERSISTENT }, { persistence: null }],
  ['persistence', { persistence: PERSISTENT }, { persistence: { ...PERSISTENT, timeoutSeconds: 360 } }],
  ['persistence', { persistence: PERSISTENT }, { persistence: { ...PERSISTENT, netmask: '255.255.255.0' } }],
  ['persistenceEngine', { persistenceEngine: 'sip' }, { persistenceEngine: null }],
  ['onePacket', { onePacket: true }, { onePacket: false }],
];

for (const [field, before, after] of SERVICE_FIELDS)
  test(`${field} ${JSON.stringify(before)} against ${JSON.stringify(after)} is one change of that field, both ways`, () => {
    assert.deepEqual(lines(web(before), web(after)), [`~ tcp 192.0.2.1:80 ${field}`]);
    assert.deepEqual(lines(web(after), web(before)), [`~ tcp 192.0.2.1:80 ${field}`]);
    assert.deepEqual(lines(web(before), web(before)), []);
  });

const TUN = (tunnel: object) => ({ forwarding: { method: 'tun', tunnel } }) as Parameters<typeof server>[2];
const GUE = { type: 'gue', port: 6080, checksum: 'nocsum' };

const SERVER_FIELDS: readonly [
  field: string,
  before: Parameters<typeof server>[2],
  after: Parameters<typeof server>[2],
][] = [
  ['weight', { weight: 1 }, { weight: 0 }],
  ['upperThreshold', { upperThreshold: 10 }, { upperThreshold: 0 }],
  ['lowerThreshold', { lowerThreshold: 5 }, { lowerThreshold: 0 }],
  ['forwarding', { forwarding: { method: 'nat' } }, { forwarding: { method: 'dr' } }],
  ['forwarding', { forwarding: { method: 'dr' } }, TUN({ type: 'ipip' })],
  ['forwarding', TUN({ type: 'ipip' }), TUN(GUE)],
  ['forwarding', TUN(GUE), TUN({ ...GUE, port: 6081 })],
  ['forwarding', TUN(GUE), TUN({ ...GUE, checksum: 'remcsum' })],
  ['forwarding', TUN({ type: 'gre', checksum: 'csum' }), TUN({ type: 'gre', checksum: 'nocsum' })],
];

for (const [field, before, after] of SERVER_FIELDS)
  test(`a server's ${field} ${JSON.stringify(before)} against ${JSON.stringify(after)} is one change of that field`, () => {
    const pool = (rest: Parameters<typeof server>[2]) => [service(WEB, [server('10.0.0.1', 1, rest)])];
    assert.deepEqual(lines(pool(before), pool(after)), [`~ tcp 192.0.2.1:80 10.0.0.1:80 ${field}`]);
    assert.deepEqual(lines(pool(after), pool(after)), []);
  });

test('what is on one side only comes and goes with its servers, in the order of the keys', () => {
  const here = [service(tcp('192.0.2.9'), ONE), service(fwmark(7), ONE)];
  const there = [service(tcp('192.0.2.10'), ONE), service(tcp('192.0.2.1', 443), [])];
  assert.deepEqual(lines(here, there), [
    '+ tcp 192.0.2.1:443',
    '- tcp 192.0.2.9:80',
    '- tcp 192.0.2.9:80 10.0.0.1:80',
    '+ tcp 192.0.2.10:80',
    '+ tcp 192.0.2.10:80 10.0.0.1:80',
    '- fwmark 7',
    '- fwmark 7 10.0.0.1:80',
  ]);
});

test('another port, protocol, mark or family is another thing, never a change', () => {
  const ipv6: VirtualService = { ...service(fwmark(7), []), address: { kind: 'fwmark', family: 'ipv6', mark: 7 } };
  assert.deepEqual(lines([service(fwmark(7), [])], [ipv6]), ['- fwmark 7', '+ fwmark 7 ipv6']);
  assert.deepEqual(lines([service(WEB, ONE)], [service(WEB, [server('10.0.0.1', 1, { port: 8080 })])]), [
    '+ tcp 192.0.2.1:80 10.0.0.1:8080',
    '- tcp 192.0.2.1:80 10.0.0.1:80',
  ]);
});

test('every change says why it is one', () => {
  const changes = diffServices(
    [service(WEB, [server('10.0.0.1'), server('10.0.0.2')]), service(fwmark(7), [])],
    [service(WEB, [server('10.0.0.1', 2), server('10.0.0.3')], { scheduler: 'rr' }), service(fwmark(8), [])],
  );
  const reasons = Object.groupBy(changes, ({ action }) => action);
  for (const [action, reason] of [
    ['create', 'absent-in-kernel'],
    ['update', 'differs'],
    ['delete', 'absent-in-spec'],
  ] as const)
    assert.deepEqual(
      reasons[action]?.map((change) => change.reason),
      [reason, reason],
    );
});

const TIMEOUTS = { tcp: 900, tcpFin: 120, udp: 300 };

test('time-outs that the spec does not name stay as they are', () => {
  assert.deepEqual(diffTimeouts(TIMEOUTS, { udp: 300 }), []);
  assert.deepEqual(diffTimeouts(TIMEOUTS, null), []);
  assert.deepEqual(diffTimeouts(null, { udp: 60 }), [], 'a saved listing does not tell them');
  const [change] = diffTimeouts(TIMEOUTS, { udp: 60 });
  assert.ok(change?.kind === 'timeouts');
  assert.deepEqual([change.before, change.after], [TIMEOUTS, { ...TIMEOUTS, udp: 60 }]);
});

const MASTER: SyncDaemon = {
  role: 'master',
  interface: 'eth0',
  syncId: 1,
  maxLength: 0,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
};
const BACKUP: SyncDaemon = { ...MASTER, role: 'backup', maxLength: 1472 };

test("sync daemons come, change and go by their role, and are nobody's where the spec is silent", () => {
  const words = (live: SyncDaemon[] | null, wanted: SyncDaemon[] | null) =>
    diffSyncDaemons(live, wanted).map((change) => `${change.action} ${change.kind}`);
  assert.deepEqual(words([], [MASTER, BACKUP]), ['create daemon', 'create daemon']);
  assert.deepEqual(words([MASTER, BACKUP], []), ['delete daemon', 'delete daemon']);
  assert.deepEqual(words([MASTER], [{ ...MASTER, ttl: 2 }]), ['update daemon']);
  assert.deepEqual(words([MASTER], [BACKUP]), ['delete daemon', 'create daemon']);
  assert.deepEqual(words([MASTER], null), []);
  assert.deepEqual(words(null, [MASTER]), []);
});

test('a sync length that the spec leaves open, or that the kernel raises for a backup, is no difference', () => {
  assert.deepEqual(diffSyncDaemons([{ ...MASTER, maxLength: 1472 }], [MASTER]), []);
  assert.deepEqual(diffSyncDaemons([{ ...BACKUP, maxLength: 1024 }], [{ ...BACKUP, maxLength: 500 }]), []);
  assert.equal(diffSyncDaemons([{ ...MASTER, maxLength: 1472 }], [{ ...MASTER, maxLength: 500 }]).length, 1);
});

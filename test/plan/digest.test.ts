import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RealServer, SyncDaemon, VirtualService } from '../../src/model/table.ts';
import { desired, live, owning, plan, server, service, tcp } from './build.ts';

const WEB = tcp('192.0.2.1');
const BEFORE = [
  service(WEB, [server('10.0.0.1'), server('10.0.0.2', 5)]),
  service(tcp('192.0.2.8'), [server('10.0.0.6')]),
];
const AFTER = [
  service(WEB, [server('10.0.0.1', 3), server('10.0.0.7')], { scheduler: 'rr' }),
  service(tcp('192.0.2.9'), [server('10.0.0.1')]),
];
const TIMEOUTS = { tcp: 900, tcpFin: 120, udp: 300 };
const DAEMON: SyncDaemon = {
  role: 'master',
  interface: 'eth0',
  syncId: 1,
  maxLength: 0,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
};
const FOREIGN = service(tcp('192.0.2.99'), [server('10.0.0.1')]);

const REFERENCE = plan(BEFORE, AFTER).digest;
const quiet = BEFORE.map((one) => withServer(one, '10.0.0.2', { weight: 0 }));
const drains = [{ service: 'tcp 192.0.2.1:80', server: '10.0.0.2:80', startedAt: 0, drainSeconds: 300, weight: 5 }];

function withServer(one: VirtualService, address: string, change: Partial<RealServer>): VirtualService {
  return { ...one, servers: one.servers.map((real) => (real.address === address ? { ...real, ...change } : real)) };
}

test('a checksum is sha256: and 64 hex digits', () => {
  assert.match(REFERENCE, /^sha256:[0-9a-f]{64}$/);
});

const SAME: readonly [claim: string, digest: () => string][] = [
  ['an hour later', () => plan(BEFORE, AFTER, { now: 3_600_000 }).digest],
  [
    'with open connections',
    () => plan(BEFORE, AFTER, { live: live(BEFORE, { active: { '10.0.0.2:80': 99 } }) }).digest,
  ],
  ['beside a foreign service', () => plan([...BEFORE, FOREIGN], AFTER, { state: owning(BEFORE) }).digest],
  [
    'beside a row that nobody understands',
    () => plan(BEFORE, AFTER, { live: live(BEFORE, { unread: [{ text: 'x', reason: 'y' }] }) }).digest,
  ],
  [
    'while a server drains',
    () =>
      plan(quiet, AFTER, {
        state: owning(BEFORE, { drains }),
        now: 60_000,
        live: live(quiet, { active: { '10.0.0.2:80': 1 } }),
      }).digest,
  ],
  ['when it has drained', () => plan(quiet, AFTER, { state: owning(BEFORE, { drains }), now: 900_000 }).digest],
  [
    'under other names',
    () =>
      plan(
        BEFORE,
        AFTER.map((one, index) => ({ ...one, name: `other-${index}` })),
      ).digest,
  ],
];

for (const [claim, digest] of SAME)
  test(`the same checksum ${claim}`, () => {
    assert.equal(digest(), REFERENCE);
  });

const [STAYING, LEAVING] = BEFORE as [VirtualService, VirtualService];
const grown = (address: string) => [{ ...STAYING, servers: [...STAYING.servers, server(address)] }, LEAVING];

const OTHER: readonly [claim: string, digest: () => string][] = [
  ['a server that was to come is there', () => plan(grown('10.0.0.7'), AFTER).digest],
  ['a server that nobody knew is there', () => plan(grown('10.0.0.9'), AFTER).digest],
  ['a service is gone', () => plan([LEAVING], AFTER, { state: owning(BEFORE) }).digest],
  [
    'a live weight moved',
    () =>
      plan(
        BEFORE.map((one) => withServer(one, '10.0.0.1', { weight: 2 })),
        AFTER,
      ).digest,
  ],
  [
    'a live attribute of a service moved',
    () => plan([{ ...(BEFORE[0] as VirtualService), scheduler: 'sed' }, BEFORE[1] as VirtualService], AFTER).digest,
  ],
  [
    'a leaving service was changed',
    () => plan([BEFORE[0] as VirtualService, { ...(BEFORE[1] as VirtualService), onePacket: true }], AFTER).digest,
  ],
  [
    'a leaving server was changed',
    () =>
      plan(
        BEFORE.map((one) => withServer(one, '10.0.0.2', { upperThreshold: 9 })),
        AFTER,
      ).digest,
  ],
  [
    'a leaving server is gone',
    () =>
      plan(
        BEFORE.map((one) => ({ ...one, servers: one.servers.filter(({ address }) => address !== '10.0.0.2') })),
        AFTER,
      ).digest,
  ],
  [
    'another server is to come',
    () => plan(BEFORE, [...AFTER.slice(0, 1), service(tcp('192.0.2.9'), [server('10.0.0.2')])]).digest,
  ],
  [
    'another weight is to come',
    () => plan(BEFORE, [...AFTER.slice(0, 1), service(tcp('192.0.2.9'), [server('10.0.0.1', 2)])]).digest,
  ],
  [
    'another scheduler is to come',
    () =>
      plan(BEFORE, [...AFTER.slice(0, 1), service(tcp('192.0.2.9'), [server('10.0.0.1')], { scheduler: 'sh' })]).digest,
  ],
  ['servers go at once instead of drained', () => plan(BEFORE, AFTER, { drainSeconds: 0 }).digest],
  [
    'a service is taken over',
    () => plan([...BEFORE, AFTER[1] as VirtualService], AFTER, { state: owning(BEFORE) }).digest,
  ],
  [
    'a service is given to keepalived',
    () =>
      plan([...BEFORE, FOREIGN], [...AFTER, { ...FOREIGN, owner: 'keepalived' }], {
        state: owning([...BEFORE, FOREIGN]),
      }).digest,
  ],
  [
    'a time-out is to change',
    () =>
      plan(BEFORE, AFTER, {
        live: live(BEFORE, { timeouts: TIMEOUTS }),
        desired: desired(AFTER, { timeouts: { udp: 60 } }),
      }).digest,
  ],
  [
    'a sync daemon is to come',
    () =>
      plan(BEFORE, AFTER, {
        live: live(BEFORE, { syncDaemons: [] }),
        desired: desired(AFTER, { syncDaemons: [DAEMON] }),
      }).digest,
  ],
  [
    'a sync daemon is to go',
    () =>
      plan(BEFORE, AFTER, {
        live: live(BEFORE, { syncDaemons: [DAEMON] }),
        desired: desired(AFTER, { syncDaemons: [] }),
      }).digest,
  ],
];

for (const [claim, digest] of OTHER)
  test(`another checksum when ${claim}`, () => {
    assert.notEqual(digest(), REFERENCE);
  });

test('no two of these plans have the same checksum', () => {
  const digests = OTHER.map(([, digest]) => digest());
  assert.equal(new Set(digests).size, digests.length);
});

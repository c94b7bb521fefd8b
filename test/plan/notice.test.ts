import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VirtualService } from '../../src/model/table.ts';
import { plan, server, service, tcp } from './build.ts';

const [A, B] = [server('10.0.0.1'), server('10.0.0.2')] as const;
const web = (servers: VirtualService['servers'], rest: Partial<VirtualService> = {}) =>
  service(tcp('192.0.2.1'), servers, rest);
const sticky = (netmask: string) => ({ persistence: { timeoutSeconds: 300, netmask } });

const CASES: readonly [claim: string, before: VirtualService, after: VirtualService, kinds: string[]][] = [
  ['a server leaves wlc', web([A, B]), web([A]), []],
  ['a server leaves sh', web([A, B], { scheduler: 'sh' }), web([A], { scheduler: 'sh' }), ['hash-order', 'hash-drain']],
  [
    'a server leaves sh with its fallback',
    web([A, B], { scheduler: 'sh', schedulerFlags: ['sh-fallback'] }),
    web([A], { scheduler: 'sh', schedulerFlags: ['sh-fallback'] }),
    ['hash-order'],
  ],
  ['a server joins dh', web([A], { scheduler: 'dh' }), web([A, B], { scheduler: 'dh' }), ['hash-order']],
  ['a server leaves mh', web([A, B], { scheduler: 'mh' }), web([A], { scheduler: 'mh' }), ['hash-drain']],
  [
    'a server leaves a persistent service',
    web([A, B], sticky('255.255.255.255')),
    web([A], sticky('255.255.255.255')),
    ['persistence-drain'],
  ],
  [
    'the netmask of persistence changes',
    web([A], sticky('255.255.255.0')),
    web([A], sticky('255.255.255.255')),
    ['netmask-change'],
  ],
  [
    'a DR server under a strange port leaves',
    web([A, { ...B, port: 8080, forwarding: { method: 'dr' } }]),
    web([A]),
    ['cannot-drain'],
  ],
];

for (const [claim, before, after, kinds] of CASES)
  test(`${claim}: ${kinds.length === 0 ? 'nothing to note' : `the plan notes ${kinds.join(', ')}`}`, () => {
    assert.deepEqual(
      plan([before], [after]).notices.map(({ kind }) => kind),
      kinds,
    );
  });

test('a new service on sh has no order to lose', () => {
  assert.deepEqual(plan([], [web([A, B], { scheduler: 'sh' })]).notices, []);
});

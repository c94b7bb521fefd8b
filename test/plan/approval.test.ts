import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers, highest } from '../../src/plan/approval.ts';
import type { Approval } from '../../src/plan/plan.ts';
import { desired, live, owning, plan, server, service, tcp } from './build.ts';

const WEB = tcp('192.0.2.1');
const TWO = [server('10.0.0.1', 5), server('10.0.0.2', 5)];
const web = (...servers: Parameters<typeof service>[1]) => [service(WEB, servers)];
const DR = { forwarding: { method: 'dr' } } as const;
const TIMEOUTS = { tcp: 900, tcpFin: 120, udp: 300 };
const DAEMON = {
  role: 'master',
  interface: 'eth0',
  syncId: 1,
  maxLength: 0,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
} as const;

const CASES: readonly [needed: Approval, claim: string, made: () => ReturnType<typeof plan>][] = [
  ['none', 'nothing to do', () => plan(web(...TWO), web(...TWO))],
  ['none', 'a service that is as wanted and becomes ours', () => plan(web(...TWO), web(...TWO), { state: owning([]) })],
  ['additive', 'a new service', () => plan([], web(...TWO))],
  ['additive', 'a new server', () => plan(web(...TWO), web(...TWO, server('10.0.0.3')))],
  ['additive', 'a raised weight', () => plan(web(...TWO), web(server('10.0.0.1', 6), server('10.0.0.2', 5)))],
  ['additive', 'a cancelled drain', () => plan(web(server('10.0.0.1', 5), server('10.0.0.2', 0)), web(...TWO))],
  [
    'additive',
    'a new sync daemon',
    () => plan([], [], { live: live([], { syncDaemons: [] }), desired: desired([], { syncDaemons: [DAEMON] }) }),
  ],
  ['safe', 'a lowered weight', () => plan(web(...TWO), web(server('10.0.0.1', 4), server('10.0.0.2', 5)))],
  [
    'safe',
    'a raised weight with another threshold',
    () => plan(web(...TWO), web(server('10.0.0.1', 6, { upperThreshold: 9 }), server('10.0.0.2', 5))),
  ],
  ['safe', 'another scheduler', () => plan(web(...TWO), [service(WEB, TWO, { scheduler: 'rr' })])],
  ['safe', 'a server that drains', () => plan(web(...TWO), web(server('10.0.0.1', 5)))],
  [
    'safe',
    'a server that has drained',
    () =>
      plan(web(server('10.0.0.1', 5), server('10.0.0.2', 0)), web(server('10.0.0.1', 5)), {
        now: 900_000,
        state: owning(web(), {
          drains: [{ service: 'tcp 192.0.2.1:80', server: '10.0.0.2:80', startedAt: 0, drainSeconds: 300, weight: 5 }],
        }),
      }),
  ],
  [
    'safe',
    'other time-outs',
    () => plan([], [], { live: live([], { timeouts: TIMEOUTS }), desired: desired([], { timeouts: { udp: 60 } }) }),
  ],
  ['all', 'a server that goes at once', () => plan(web(...TWO), web(server('10.0.0.1', 5)), { drainSeconds: 0 })],
  [
    'all',
    'a server that cannot be drained',
    () => plan(web(server('10.0.0.1', 5), server('10.0.0.2', 5, { ...DR, port: 81 })), web(server('10.0.0.1', 5))),
  ],
  ['all', 'a service that goes', () => plan([...web(...TWO), service(tcp('192.0.2.2'), [])], web(...TWO))],
  [
    'all',
    'a guard that was overridden',
    () => plan(web(...TWO), web(...TWO, server('10.0.0.3')), { state: owning([]), permissions: { adopt: 'all' } }),
  ],
  ['all', 'a guard that refuses', () => plan(web(...TWO), web(...TWO, server('10.0.0.3')), { state: owning([]) })],
];

for (const [needed, claim, made] of CASES)
  test(`${claim} needs the approval "${needed}"`, () => {
    assert.equal(made().approval, needed);
  });

test('an approval covers itself and all below it', () => {
  const classes: readonly Approval[] = ['none', 'additive', 'safe', 'all'];
  for (const [given, one] of classes.entries())
    for (const [needed, other] of classes.entries())
      assert.equal(covers(one, other), given >= needed, `${one} ${other}`);
  assert.equal(highest(['additive', 'all', 'safe']), 'all');
  assert.equal(highest([]), 'none');
});

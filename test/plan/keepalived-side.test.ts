import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfChange } from '../../src/model/conf-change.ts';
import type { DesiredService } from '../../src/model/desired.ts';
import { emptyState } from '../../src/model/state.ts';
import { serviceKey } from '../../src/model/table.ts';
import { isEmpty } from '../../src/plan/is-empty.ts';
import type { Permissions } from '../../src/plan/guard.ts';
import { desired, live, owning, plan, server, service, tcp } from './build.ts';

const VIP = tcp('192.0.2.1');
const POOL = [server('10.0.0.1'), server('10.0.0.2')];
const CONF: ConfChange = {
  director: 'lb1',
  path: '/etc/keepalived/keepalived.conf',
  action: 'update',
  before: 'old',
  after: 'new',
  isForeign: false,
  impacts: [],
  handedOver: [],
};

function ofKeepalived(servers = POOL, rest: Partial<DesiredService> = {}) {
  return desired([{ ...service(VIP, servers), owner: 'keepalived', ...rest }]);
}

test('a maintenance is told in a plan, and changes nothing of it', () => {
  const maintenance = { since: Date.UTC(2026, 0, 2, 3, 4, 5), author: 'ops', reason: 'kernel upgrade' };
  const told = plan([], [], { state: { ...emptyState, maintenance } });
  assert.deepEqual(
    told.notices.map(({ kind, message }) => [kind, message.replace(/:[^:]*$/, '')]),
    [['maintenance', 'in maintenance since 2026-01-02 03:04:05Z by ops (kernel upgrade)']],
  );
  assert.equal(told.digest, plan([], []).digest);
});

test('a change of keepalived.conf alone makes a plan that is not empty, with a checksum of its own', () => {
  const none = plan([], [], { conf: null });
  const some = plan([], [], { conf: CONF });
  assert.deepEqual([isEmpty(none), isEmpty(some)], [true, false]);
  assert.notEqual(none.digest, some.digest);
  assert.notEqual(some.digest, plan([], [], { conf: { ...CONF, before: 'moved since' } }).digest);
});

const APPROVALS: readonly (readonly [conf: Partial<ConfChange>, approval: string])[] = [
  [{ action: 'comments' }, 'additive'],
  [{ action: 'update' }, 'safe'],
  [{ action: 'create', before: null }, 'safe'],
  [{ impacts: [{ level: 'note', kind: 'x', subject: 'web', message: 'm' }] }, 'safe'],
  [{ impacts: [{ level: 'disruptive', kind: 'x', subject: 'web', message: 'm' }] }, 'all'],
  [{ isForeign: true }, 'all'],
];

for (const [conf, approval] of APPROVALS)
  test(`${JSON.stringify(conf)} needs the approval ${approval}`, () =>
    assert.equal(plan([], [], { conf: { ...CONF, ...conf } }).approval, approval));

const GUARDS: readonly (readonly [conf: Partial<ConfChange>, guard: string, permission: Partial<Permissions>])[] = [
  [
    { impacts: [{ level: 'disruptive', kind: 'x', subject: 'web', message: 'm', hint: 'wait' }] },
    'disruptive-reload',
    { disruptive: true },
  ],
  [{ isForeign: true }, 'foreign-conf', { adopt: ['keepalived.conf'] }],
  [{ isForeign: true }, 'foreign-conf', { adopt: 'all' }],
];

for (const [conf, guard, permissions] of GUARDS)
  test(`${guard} refuses unless ${JSON.stringify(permissions)}`, () => {
    const change = { ...CONF, ...conf };
    assert.deepEqual(
      plan([], [], { conf: change }).hazards.map((hazard) => [hazard.guard, hazard.allowed]),
      [[guard, false]],
    );
    assert.deepEqual(
      plan([], [], { conf: change, permissions }).hazards.map((hazard) => hazard.allowed),
      [true],
    );
  });

test('a service that goes to keepalived is brought to what it will find, and let go only then', () => {
  const before = [service(VIP, [server('10.0.0.1')])];
  const state = owning(before);
  const first = plan(before, [], { desired: ofKeepalived(), state, conf: CONF });
  assert.deepEqual(
    first.steps.map(({ operation }) => operation.op),
    ['add-server'],
  );
  assert.deepEqual(first.released, []);
  const second = plan([service(VIP, POOL)], [], { desired: ofKeepalived(), state, conf: CONF });
  assert.deepEqual([second.steps, second.released.map(({ key }) => key)], [[], [serviceKey(VIP)]]);
});

test('without a look at keepalived it is let go as it is', () => {
  const before = [service(VIP, [server('10.0.0.1')])];
  const { steps, released } = plan(before, [], { desired: ofKeepalived(), state: owning(before) });
  assert.deepEqual([steps, released.length], [[], 1]);
});

test('a service that comes from keepalived is no takeover, although it differs', () => {
  const before = [service(VIP, [server('10.0.0.1')])];
  const conf = { ...CONF, handedOver: [serviceKey(VIP)] };
  const { hazards, adopted } = plan(before, [service(VIP, POOL)], { conf, state: owning([]) });
  assert.deepEqual([hazards, adopted.map(({ key }) => key)], [[], [serviceKey(VIP)]]);
  assert.deepEqual(
    plan(before, [service(VIP, POOL)], { conf: CONF, state: owning([]) }).hazards.map(({ guard }) => guard),
    ['takeover'],
  );
});

const CHECKED = {
  mode: 'all',
  checks: [{ name: null, probe: { kind: 'tcp' }, address: null, port: null, source: null }],
  ...{ intervalSeconds: 5, fastIntervalSeconds: 5, timeoutSeconds: 2, rise: 1, fall: 3, warmupSeconds: 5 },
  onFailure: 'remove',
  flapDamping: null,
} as const;

/** The same with a check for each server. */
function checked(wanted: ReturnType<typeof ofKeepalived>) {
  const services = wanted.services.map((one) => ({
    ...one,
    servers: one.servers.map((real) => ({ ...real, check: CHECKED })),
  }));
  return { ...wanted, services };
}

const FAILED: readonly (readonly [
  what: string,
  table: ReturnType<typeof service>,
  handedOver: string[],
  count: number,
])[] = [
  ['a server is gone', service(VIP, [server('10.0.0.1')]), ['tcp 192.0.2.9:80'], 1],
  ['a server has weight 0', service(VIP, [server('10.0.0.1', 0), server('10.0.0.2')]), ['tcp 192.0.2.9:80'], 1],
  ['all are healthy', service(VIP, POOL), ['tcp 192.0.2.9:80'], 0],
  ['a server is gone, and nothing is handed over', service(VIP, [server('10.0.0.1')]), [], 0],
];

for (const [what, table, handedOver, count] of FAILED)
  test(`a handover while ${what} is refused ${count} times`, () => {
    const { hazards } = plan([table], [], { desired: checked(ofKeepalived()), conf: { ...CONF, handedOver } });
    assert.equal(hazards.length, count);
    for (const { guard, message } of hazards) {
      assert.equal(guard, 'disruptive-reload');
      assert.match(message, /has failed its check, and keepalived would send it connections again/);
    }
  });

const DRIFT: readonly (readonly [what: string, table: ReturnType<typeof service>[], drift: RegExp | null])[] = [
  ['as it should be', [service(VIP, POOL)], null],
  ['gone', [], /in the kernel it is missing/],
  ['of another scheduler', [{ ...service(VIP, POOL), scheduler: 'rr' }], /its scheduler differs/],
  [
    'with a strange server',
    [service(VIP, [...POOL, server('10.0.0.9')])],
    /10\.0\.0\.9:80 is one that it was not told/,
  ],
  ['with another weight', [service(VIP, [server('10.0.0.1', 7), server('10.0.0.2')])], /another weight/],
  ['with a server at weight 0', [service(VIP, [server('10.0.0.1', 0), server('10.0.0.2')])], null],
  ['without a server that has a check', [service(VIP, [server('10.0.0.1')])], null],
];

for (const [what, table, drift] of DRIFT)
  test(`keepalived's service ${what} is ${drift === null ? 'no drift' : 'drift'}`, () => {
    const wanted = checked(ofKeepalived());
    const { notices, steps } = plan(table, [], { desired: wanted, conf: null, state: owning([]) });
    assert.deepEqual(steps, []);
    if (drift === null) assert.deepEqual(notices, []);
    else assert.match(notices.map(({ message }) => message).join(), drift);
  });

test('a server without a check that is missing is drift, since keepalived never takes it out', () => {
  const { notices } = plan([service(VIP, [server('10.0.0.1')])], [], { desired: ofKeepalived(), conf: null });
  assert.match(notices[0]?.message ?? '', /10\.0\.0\.2:80 is missing: a reload does not restore it/);
});

test('while its file is still to change nothing is called drift', () => {
  assert.deepEqual(plan([], [], { desired: ofKeepalived(), conf: CONF }).notices, []);
});

test('where keepalived has services, it sets the time-outs and nobody else does', () => {
  const table = live([], { timeouts: { tcp: 900, tcpFin: 120, udp: 300 } });
  const wanted = { ...ofKeepalived(), timeouts: { tcp: 60 } };
  assert.deepEqual(plan([], [], { live: table, desired: wanted, conf: null }).changes, []);
  assert.equal(plan([], [], { live: table, desired: { ...wanted, services: [] }, conf: null }).changes.length, 1);
});

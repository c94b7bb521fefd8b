import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calls, plan, server, service, tcp } from './build.ts';
import { DISABLE, DRAIN, override } from './override.ts';

/** What a plan is when operators decided something before: over restarts, reboots and releases of the spec. */

const WEB = tcp('192.0.2.1');
const web = (...weights: number[]) =>
  service(
    WEB,
    weights.map((weight, index) => server(`10.0.0.${index + 1}`, weight)),
  );
const guards = (made: ReturnType<typeof plan>) => made.hazards.map(({ guard }) => guard);

test('a server that is drained by hand is quiesced in place, and its weight does not come back', () => {
  const overrides = [override('service-1/rs-2', DRAIN)];
  const first = plan([web(1, 1)], [web(1, 1)], { overrides });
  assert.deepEqual(calls(first), ['edit-server tcp 192.0.2.1:80 10.0.0.2:80']);
  assert.deepEqual(calls(plan([web(1, 0)], [web(1, 1)], { overrides })), []);
  assert.deepEqual(calls(plan([web(1, 0)], [web(1, 1)], { overrides: [] })), [
    'edit-server tcp 192.0.2.1:80 10.0.0.2:80',
  ]);
});

test('one that is disabled leaves as any server that leaves: quiesced, waited for, removed', () => {
  const overrides = [override('service-1/rs-2', DISABLE)];
  const first = plan([web(1, 1)], [web(1, 1)], { overrides });
  assert.deepEqual(
    first.changes.map(({ manner, label }) => `${manner} ${label}`),
    ['quiesce service-1/10.0.0.2:80'],
  );
  assert.equal(first.approval, 'safe');
});

test('after a reboot everything comes back as hands left it, and no guard asks again', () => {
  const overrides = [override('address:10.0.0.1', DRAIN), override('service-1/rs-2', DISABLE)];
  const made = plan([], [web(1, 1)], { overrides });
  assert.deepEqual(calls(made), ['add-service tcp 192.0.2.1:80', 'add-server tcp 192.0.2.1:80 10.0.0.1:80']);
  assert.deepEqual(guards(made), []);
});

test('what was decided and not yet done before a kill is done, and no guard asks again', () => {
  const overrides = [1, 2, 3].map((n) => override(`service-1/rs-${n}`, DRAIN));
  assert.deepEqual(guards(plan([web(1, 1, 1, 1)], [web(1, 1, 1, 1)], { overrides })), []);
  assert.deepEqual(guards(plan([web(1, 1, 1)], [web(1, 1, 1)], { overrides })), []);
});

test('pybal-depool-with-disabled: a spec is measured by what hands left, not by what it says itself', () => {
  const overrides = [override('service-1/rs-2', DRAIN)];
  assert.deepEqual(guards(plan([web(1, 0)], [web(0, 1)], { overrides })), ['empty-service']);
  const three = [override('service-1/rs-3', DRAIN)];
  assert.deepEqual(guards(plan([web(1, 1, 0)], [web(0, 0, 1)], { overrides: three })), ['empty-service', 'max-remove']);
});

test('a server that is drained by hand and then leaves the spec is removed, and the decision is kept and told', () => {
  const overrides = [override('service-1/rs-2', DRAIN)];
  const made = plan([web(1, 0)], [web(1)], { overrides });
  assert.deepEqual(
    made.changes.map(({ manner }) => manner),
    ['wait'],
  );
  assert.deepEqual(made.overrides, overrides);
  assert.ok(made.notices.some(({ kind, subject }) => kind === 'override-idle' && subject === 'o1 (service-1/rs-2)'));
});

test('a service that goes to keepalived is brought to what its file says, and the decision told', () => {
  const overrides = [override('service-1/rs-2', DRAIN)];
  const made = plan([web(1, 0)], [{ ...web(1, 1), owner: 'keepalived' }], { overrides, conf: null });
  assert.deepEqual(calls(made), ['edit-server tcp 192.0.2.1:80 10.0.0.2:80']);
  assert.ok(made.notices.some(({ kind }) => kind === 'override-idle'));
});

test('whoever quiesces a server is told whom the kernel still sends to it', () => {
  const sticky = { ...web(1, 1), scheduler: 'mh', persistence: { timeoutSeconds: 300, netmask: '255.255.255.255' } };
  const made = plan([sticky], [sticky], { overrides: [override('service-1/rs-2', DRAIN)] });
  assert.deepEqual(
    made.notices.map(({ kind }) => kind),
    ['hash-drain', 'persistence-drain'],
  );
});

test('a clock that jumps ends an override, and ends it no more when it is set back', () => {
  const overrides = [override('service-1/rs-2', DRAIN, { expiresAt: 5000 })];
  const at = (now: number) => calls(plan([web(1, 0)], [web(1, 1)], { overrides, now }));
  assert.equal(at(4999).length, 0);
  assert.equal(at(9_000_000).length, 1);
  assert.equal(at(4999).length, 0);
});

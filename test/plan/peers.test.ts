import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationArguments } from '../../src/ipvsadm/argv.ts';
import { parseSave } from '../../src/ipvsadm/parse-save.ts';
import type { VirtualService } from '../../src/model/table.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { calls, live, owning, plan, server, service, type Sketch, tcp } from './build.ts';

/** Mistakes that other tools made, each under the name it has in our list of them, shown not to be ours. */

const VIP = tcp('192.0.2.1');
const web = (servers: VirtualService['servers'], rest: Partial<VirtualService> = {}) => service(VIP, servers, rest);
const ONE = [server('10.0.0.1')];

test('ipvsctl-weight0: spec 0 against kernel 1 is one edit to 0, and not the default', () => {
  const lowered = plan(
    [web([server('10.0.0.1', 1), server('10.0.0.2')])],
    [web([server('10.0.0.1', 0), server('10.0.0.2')])],
  );
  assert.deepEqual(commands(lowered), ['-e -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 0 -x 0 -y 0']);
});

test('ipvsctl-sched-edit-keeps-persistence: another scheduler is told with all that stays', () => {
  const sticky = { persistence: { timeoutSeconds: 300, netmask: '255.255.255.0' } };
  const edited = plan([web(ONE, { ...sticky, scheduler: 'rr' })], [web(ONE, { ...sticky, scheduler: 'wlc' })]);
  assert.deepEqual(commands(edited), ['-E -t 192.0.2.1:80 -s wlc -p 300 -M 255.255.255.0']);
});

test('ipvsman-sched-change, ravel-sched-change-keeps-dests: another scheduler is exactly one -E', () => {
  const edited = plan([web(ONE, { scheduler: 'rr' })], [web(ONE, { scheduler: 'wlc' })]);
  assert.deepEqual(calls(edited), ['edit-service tcp 192.0.2.1:80']);
});

test('ipvsman-tunnel: a tunnel is read as one and edited as one', () => {
  const listing = '-A -t 192.0.2.1:80 -s wlc\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -i -w 1 --tun-type ipip\n';
  const { services } = parseSave(listing);
  const heavier = services.map((one) => ({ ...one, servers: one.servers.map((real) => ({ ...real, weight: 4 })) }));
  assert.deepEqual(commands(plan(services, heavier)), [
    '-e -t 192.0.2.1:80 -r 10.0.0.1:80 -i --tun-type ipip -w 4 -x 0 -y 0',
  ]);
});

test('ravel-forward-change-in-place: another forwarding method is exactly one -e', () => {
  const edited = plan([web(ONE)], [web([server('10.0.0.1', 1, { forwarding: { method: 'dr' } })])]);
  assert.deepEqual(commands(edited), ['-e -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 1 -x 0 -y 0']);
});

test('ravel-masq-delete: a removal names no forwarding method', () => {
  const removed = plan([web([...ONE, server('10.0.0.2')])], [web(ONE)], { drainSeconds: 0 });
  assert.deepEqual(commands(removed), ['-d -t 192.0.2.1:80 -r 10.0.0.2:80']);
});

test('ipvsctl-thresholds-kept: another weight is told with the thresholds that stay', () => {
  const limits = { upperThreshold: 500, lowerThreshold: 100 };
  const edited = plan([web([server('10.0.0.1', 1, limits)])], [web([server('10.0.0.1', 2, limits)])]);
  assert.deepEqual(commands(edited), ['-e -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 2 -x 500 -y 100']);
});

test('ravel-mh-flag-names: flags that ipvsadm names for mh are those of the spec', () => {
  const { services } = parseSave('-A -t 192.0.2.1:80 -s mh -b mh-fallback,mh-port\n');
  const wanted = web([], { scheduler: 'mh', schedulerFlags: ['mh-fallback', 'mh-port'] });
  assert.deepEqual(plan(services, [wanted]).changes, []);
});

test('merlin-one-bad-service-isolated: each service has its own steps, so that one that fails holds up no other', () => {
  const other = service(tcp('192.0.2.2'), ONE);
  const { steps } = plan([], [web(ONE), other]);
  assert.deepEqual(calls({ steps } as Plan), [
    'add-service tcp 192.0.2.1:80',
    'add-server tcp 192.0.2.1:80 10.0.0.1:80',
    'add-service tcp 192.0.2.2:80',
    'add-server tcp 192.0.2.2:80 10.0.0.1:80',
  ]);
});

test('merlin-restart-keeps-weights: a start with an empty memory changes no weight that is as wanted', () => {
  const table = [web([server('10.0.0.1', 7), server('10.0.0.2', 0)])];
  assert.deepEqual(plan(table, table, { state: owning([]) }).steps, []);
});

test('fusis-changed-attr: a changed attribute is an edit, never an add that fails and a delete that does not', () => {
  const before = web([server('10.0.0.1')], { scheduler: 'rr' });
  const after = web([server('10.0.0.1', 1, { upperThreshold: 9 })], { scheduler: 'sed' });
  assert.deepEqual(
    calls(plan([before], [after]))
      .map((call) => call.split(' ')[0])
      .sort(),
    ['edit-server', 'edit-service'],
  );
});

test('kuberouter-drain-timer-live: a server that came back is not removed when its old drain is over', () => {
  const drains = [{ service: 'tcp 192.0.2.1:80', server: '10.0.0.2:80', startedAt: 0, drainSeconds: 30, weight: 1 }];
  const both = [web([server('10.0.0.1'), server('10.0.0.2')])];
  const drained = [web([server('10.0.0.1'), server('10.0.0.2', 0)])];
  const late = { state: owning(both, { drains }), now: 3_600_000 };
  assert.deepEqual(calls(plan(drained, both, { ...late, live: live(drained) })), [
    'edit-server tcp 192.0.2.1:80 10.0.0.2:80',
  ]);
  assert.deepEqual(calls(plan(both, both, { ...late, live: live(both) })), []);
});

test('salt-weight-1-vs-10: 1 and 10 are different weights', () => {
  const edited = plan([web([server('10.0.0.1', 10)])], [web([server('10.0.0.1', 1)])]);
  assert.deepEqual(commands(edited), ['-e -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1 -x 0 -y 0']);
});

test('gen2brain-same-rs-two-vs: one real server in two services is two things, each with its own drain', () => {
  const [first, second]: [Sketch, Sketch] = [
    web([server('10.0.0.1'), server('10.0.0.2')]),
    service(tcp('192.0.2.2'), [server('10.0.0.1'), server('10.0.0.2')]),
  ];
  const leaving = plan([first, second], [web([server('10.0.0.2')]), second]);
  assert.deepEqual(commands(leaving), ['-e -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 0 -x 0 -y 0']);
});

function commands({ steps }: Pick<Plan, 'steps'>): string[] {
  return steps.map(({ operation }) => operationArguments(operation).join(' '));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLAIN_AVAILABILITY } from '../../src/model/availability.ts';
import { checkKey, type Verdicts } from '../../src/model/verdict.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { CHECK, VIP, verdictOf, type Word } from '../health/build.ts';
import { calls, live, plan, server, service, type Sketch } from './build.ts';

const UP: Word = ['up', 5];
const DOWN: Word = ['down', 5];

const ONE = { ...server('10.0.0.1'), check: CHECK };
const TWO = { ...server('10.0.0.2'), check: CHECK };
const WEB: Sketch = { ...service(VIP, []), servers: [ONE, TWO] };
const BOTH = service(VIP, [server('10.0.0.1'), server('10.0.0.2')]);

function verdicts(...words: readonly Word[]): Verdicts {
  return new Map(words.map((word, index) => [checkKey(VIP, server(`10.0.0.${index + 1}`)), verdictOf(word)]));
}

function causes({ changes }: Plan): string[] {
  return changes.map(({ label, cause, approval }) => `${label} ${cause?.kind ?? 'spec'} ${approval}`);
}

test('a server that failed is removed at once, connections or not, and needs nobody to approve it', () => {
  const failed = plan([BOTH], [WEB], {
    verdicts: verdicts(UP, DOWN),
    live: live([BOTH], { active: { '10.0.0.2:80': 50 } }),
  });
  assert.deepEqual(calls(failed), ['delete-server tcp 192.0.2.1:80 10.0.0.2:80']);
  assert.deepEqual(causes(failed), ['service-1/10.0.0.2:80 failed none']);
  assert.equal(failed.approval, 'none');
  assert.deepEqual(failed.hazards, []);
});

test('where the check says so it is quiesced, and stays so without a drain', () => {
  const quiesced = { ...TWO, check: { ...CHECK, onFailure: 'quiesce' as const } };
  const failed = plan([BOTH], [{ ...WEB, servers: [ONE, quiesced] }], { verdicts: verdicts(UP, DOWN) });
  assert.deepEqual(calls(failed), ['edit-server tcp 192.0.2.1:80 10.0.0.2:80']);
  assert.deepEqual(causes(failed), ['service-1/rs-2 failed none']);
});

test('it comes back as soon as it is well, and that only adds', () => {
  const back = plan([service(VIP, [server('10.0.0.1')])], [WEB], { verdicts: verdicts(UP, UP) });
  assert.deepEqual(calls(back), ['add-server tcp 192.0.2.1:80 10.0.0.2:80']);
  assert.equal(back.approval, 'additive');
});

test('without verdicts nobody checks, and every server is wanted', () => {
  assert.deepEqual(calls(plan([service(VIP, [server('10.0.0.1')])], [WEB])), [
    'add-server tcp 192.0.2.1:80 10.0.0.2:80',
  ]);
});

test('a start changes nothing: what nobody asked yet stays as the kernel has it', () => {
  const degraded = service(VIP, [server('10.0.0.1')]);
  assert.deepEqual(calls(plan([degraded], [WEB], { verdicts: new Map() })), []);
});

test('guards judge the spec, so that a pool whose servers all failed is no empty service', () => {
  const availability = { ...PLAIN_AVAILABILITY, minCapacity: { share: 0, of: 'enabled' as const } };
  const none = plan([BOTH], [{ ...WEB, availability }], { verdicts: verdicts(DOWN, DOWN) });
  assert.deepEqual(none.hazards, []);
  assert.equal(calls(none).length, 2);
});

test('and a spec that takes too much is refused, whatever checks say', () => {
  const pool = [1, 2, 3, 4].map((last) => server(`10.0.0.${last}`));
  const spec = plan([service(VIP, pool)], [{ ...WEB, servers: [ONE] }], { verdicts: verdicts(UP) });
  assert.deepEqual(
    spec.hazards.map(({ guard }) => guard),
    ['max-remove'],
  );
});

test('a server that left the spec drains, even where it had failed', () => {
  const left = plan([BOTH], [{ ...WEB, servers: [ONE] }], { verdicts: verdicts(UP, DOWN) });
  assert.deepEqual(calls(left), ['edit-server tcp 192.0.2.1:80 10.0.0.2:80']);
  assert.deepEqual(causes(left), ['service-1/10.0.0.2:80 spec safe']);
});

test('an edit of the spec is approved as ever, also for a server that starts slowly', () => {
  const slow = { ...PLAIN_AVAILABILITY, slowStart: { seconds: 100, steps: 10 } };
  const heavy = { ...ONE, weight: 100, upperThreshold: 7 };
  const edit = plan([service(VIP, [server('10.0.0.1', 5)])], [{ ...WEB, servers: [heavy], availability: slow }], {
    verdicts: new Map([[checkKey(VIP, ONE), { kind: 'up', since: 0, detail: '', weight: null }]]),
  });
  assert.deepEqual(causes(edit), ['service-1/rs-1 ramping safe']);
});

test('a new sorry server serves before the last one stops, and leaves by a drain', () => {
  const sorryServer = {
    ...server('10.0.0.99'),
    name: 'sorry_server',
    origin: { file: 'spec.lvs.yaml', line: 1, column: 1 },
    fieldOrigins: {},
    check: null,
    extra: [],
  };
  const spec = { ...WEB, availability: { ...PLAIN_AVAILABILITY, sorryServer } };
  assert.deepEqual(calls(plan([BOTH], [spec], { verdicts: verdicts(DOWN, DOWN) })), [
    'add-server tcp 192.0.2.1:80 10.0.0.99:80',
    'delete-server tcp 192.0.2.1:80 10.0.0.1:80',
    'delete-server tcp 192.0.2.1:80 10.0.0.2:80',
  ]);
  const sorry = service(VIP, [server('10.0.0.99')]);
  assert.deepEqual(calls(plan([sorry], [spec], { verdicts: verdicts(UP, DOWN) })), [
    'add-server tcp 192.0.2.1:80 10.0.0.1:80',
    'edit-server tcp 192.0.2.1:80 10.0.0.99:80',
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Override, OverrideAction } from '../../src/model/override.ts';
import { idleOverrides, withOverrides } from '../../src/plan/overridden.ts';
import { desired, server, service, tcp } from './build.ts';
import { DISABLE, DRAIN, override } from './override.ts';

const NOW = 1_000_000;
const SPEC = desired([
  { ...service(tcp('192.0.2.1'), [server('10.0.0.1', 4), server('10.0.0.2', 4)]), pool: 'web' },
  service(tcp('192.0.2.2'), [server('10.0.0.2', 4)]),
  { ...service(tcp('192.0.2.3'), [server('10.0.0.2', 4)]), owner: 'keepalived', pool: 'web' },
]);

/** What the services want, in short: `4 4 | 4 | 4`; a server that is to be gone is left out. */
function weights(...overrides: Override[]): string {
  const { services } = withOverrides(SPEC, overrides, NOW);
  return services.map(({ servers }) => servers.map(({ weight }) => weight).join(' ')).join(' | ');
}

const ACTIONS: readonly (readonly [OverrideAction, string])[] = [
  [DRAIN, '4 0 | 4 | 4'],
  [DISABLE, '4 | 4 | 4'],
  [{ kind: 'weight', weight: 9 }, '4 9 | 4 | 4'],
  [{ kind: 'share', percent: 50 }, '4 2 | 4 | 4'],
  [{ kind: 'share', percent: 37 }, '4 1 | 4 | 4'],
  [{ kind: 'share', percent: 1 }, '4 1 | 4 | 4'],
  [{ kind: 'share', percent: 0 }, '4 0 | 4 | 4'],
];

for (const [action, wanted] of ACTIONS)
  test(`${JSON.stringify(action)} of one real server makes the weights ${wanted}`, () => {
    assert.equal(weights(override('service-1/rs-2', action)), wanted);
  });

const TARGETS = { 'pool:web': '0 0 | 4 | 4', 'address:10.0.0.2': '4 0 | 0 | 4', 'service-3/rs-1': '4 4 | 4 | 4' };

for (const [target, wanted] of Object.entries(TARGETS))
  test(`to drain ${target} makes the weights ${wanted}, and leaves keepalived's alone`, () => {
    assert.equal(weights(override(target, DRAIN)), wanted);
  });

test('one whose time is over does nothing, and the one that ends next millisecond still does', () => {
  assert.equal(weights(override('service-1/rs-2', DRAIN, { expiresAt: NOW })), '4 4 | 4 | 4');
  assert.equal(weights(override('service-1/rs-2', DRAIN, { expiresAt: NOW + 1 })), '4 0 | 4 | 4');
});

test('no share and no weight sends connections to a host that was drained, whatever came later', () => {
  const heavy = override('service-1/rs-2', { kind: 'weight', weight: 9 });
  const drained = override('address:10.0.0.2', DRAIN);
  for (const order of [
    [heavy, drained],
    [drained, heavy],
  ])
    assert.equal(weights(...order), '4 0 | 0 | 4');
  assert.equal(weights(override('pool:web', DISABLE), drained), ' | 0 | 4');
});

test('of two weights the newest counts', () => {
  const own = override('service-1/rs-2', { kind: 'weight', weight: 9 });
  const pool = override('pool:web', { kind: 'share', percent: 50 });
  assert.equal(weights(own, pool), '2 2 | 4 | 4');
  assert.equal(weights(pool, own), '2 9 | 4 | 4');
});

test('a weight that was decided says by which override', () => {
  const [web] = withOverrides(SPEC, [override('service-1/rs-2', DRAIN, { id: 'o7' })], NOW).services;
  assert.equal(web?.servers[1]?.fieldOrigins.weight?.file, 'override o7');
});

test('what means nothing that lvsctl writes is told', () => {
  const idle = ['service-1/rs-9', 'web/rs-1', 'pool:other', 'address:10.0.0.9', 'service-3/rs-1'];
  const all = [...idle, 'service-1/rs-1', 'pool:web', 'address:10.0.0.2'].map((target) => override(target, DRAIN));
  assert.deepEqual(idleOverrides(SPEC, all), all.slice(0, idle.length));
});

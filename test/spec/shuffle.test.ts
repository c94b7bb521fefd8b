import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadSpec } from '../../src/spec/load.ts';

const SPEC = {
  version: 1,
  cluster: 'edge',
  defaults: { forwarding: 'dr', scheduler: 'wrr' },
  vrrp: {
    web: { virtual_router_id: 1, vips: ['203.0.113.10/24'] },
    api: { virtual_router_id: 2, vips: ['203.0.113.20/24'] },
  },
  pools: { web: { 'web-1': '10.0.0.21', 'web-2': { weight: 2, address: '10.0.0.22' }, 'web-3': '10.0.0.23' } },
  services: {
    https: { vip: '203.0.113.10', port: 443, pool: 'web', persistence: { timeout: '5m', netmask: '255.255.255.0' } },
    http: { vip: '203.0.113.10', port: 80, pool: 'web', scheduler: 'sh', scheduler_flags: ['sh-port', 'sh-fallback'] },
    dns: { vip: '203.0.113.20', port: 53, protocol: 'udp', servers: { b: '10.0.0.32', a: '10.0.0.31' } },
    mark: { fwmark: 7, servers: { only: '10.0.0.31' } },
    // Two of the same address: an error, but not one whose result depends on the order.
    twin: { fwmark: 7, servers: { other: '10.0.0.32', same: '10.0.0.32' } },
  },
};

test('1,000 shuffles of the keys of one spec mean the same', () => {
  const meaning = desiredOf(SPEC);
  assert.equal(JSON.parse(meaning).services.length, 5);
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(1_000_000)), (numbers) => {
      assert.equal(desiredOf(shuffle(SPEC, numbers)), meaning);
    }),
    { numRuns: 1000 },
  );
});

/** The bytes of what a spec means, but for the places it is written at. */
function desiredOf(spec: unknown): string {
  const { desired } = loadSpec([{ name: 'test.lvs.yaml', text: JSON.stringify(spec) }]);
  return JSON.stringify(desired, (key, value) => (key === 'origin' || key === 'fieldOrigins' ? undefined : value));
}

function shuffle(value: unknown, numbers: Iterator<number>): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => ({
    key,
    inner: shuffle(inner, numbers),
    at: numbers.next().value as number,
  }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, inner }) => [key, inner]));
}

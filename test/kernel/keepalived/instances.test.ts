import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { INSTANCE_ROWS, instanceOf, instanceSpec, NEWER_INSTANCE_ROWS } from '../../keepalived/instance-rows.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { complaintsIn, dumpConf, type Ground, testConf } from './oracle.ts';
import { sectionsOf } from './sections.ts';

const GROUND: Ground = {
  interfaces: {
    eth0: ['192.0.2.11/24', '192.0.2.13/24', '192.0.2.14/24', '2001:db8::11/64'],
    eth1: ['198.51.100.11/24'],
    eth2: ['203.0.113.11/24'],
  },
};

const ROWS = INSTANCE_ROWS.map(({ spec }, index) => [`row-${index}`, instanceOf(index + 2, spec)] as const);

/** All in one file, since a start of keepalived costs more than all that is in it. */
async function confOf(rows: readonly (readonly [string, object])[]): Promise<string> {
  return await renderedConf(specText(instanceSpec(Object.fromEntries([['plain', instanceOf(1)], ...rows]))));
}

test('keepalived takes an instance with each of its keys without a word', async () => {
  // It ends its own test at a script of another user: see traps.test.ts.
  const testable = ROWS.filter((_, index) => INSTANCE_ROWS[index]?.key !== 'notify.user');
  assert.deepEqual(await testConf(await confOf(testable), GROUND), []);
});

describe('the dump of keepalived', () => {
  let instances: ReadonlyMap<string, readonly string[]>;
  before(async () => {
    const dump = await dumpConf(await confOf(ROWS), { ground: GROUND, vrrpOnly: true });
    assert.deepEqual(complaintsIn(dump), []);
    instances = sectionsOf(dump.vrrp, 'VRRP Instance');
  });

  for (const [index, { key, spec, shows }] of INSTANCE_ROWS.entries())
    test(`shows what vrrp.${key} says: ${JSON.stringify(spec)}`, () => {
      const lines = instances.get(`row-${index}`) ?? [];
      assert.deepEqual(
        shows.filter((line) => !lines.includes(line)),
        [],
        lines.join('\n'),
      );
      const without = instances.get('plain') ?? [];
      assert.ok(without.length > 0 && !shows.every((line) => without.includes(line)), 'it would show it anyhow');
    });
});

for (const { key, spec, writes } of NEWER_INSTANCE_ROWS)
  test(`keepalived 2.2.7 does not know vrrp.${key} yet`, async () => {
    const [message = ''] = await testConf(await renderedConf(specText(instanceSpec({ a: instanceOf(1, spec) }))));
    assert.match(message, new RegExp(`Unknown keyword '${writes[0]?.split(' ')[0]}'`));
  });

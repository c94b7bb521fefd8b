import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { GROUP_ROWS, groupSpec, withMembers } from '../../keepalived/group-rows.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { complaintsIn, dumpConf, type Ground, testConf } from './oracle.ts';
import { sectionsOf } from './sections.ts';

const GROUND: Ground = { interfaces: { eth0: ['192.0.2.11/24'], eth1: [], eth2: [] } };

describe('a sync group', () => {
  const groups = GROUP_ROWS.map(({ spec }, index) => [`row-${index}`, spec] as const);
  // keepalived 2.2.7 ends its own test at a script of another user: see traps.test.ts.
  const testable = groups.filter((_, index) => !GROUP_ROWS[index]?.key.endsWith('user'));
  const render = async (some: readonly (readonly [string, object])[]) =>
    await renderedConf(specText(groupSpec(Object.fromEntries([...some, ['plain', {}]]))));
  let sections: ReadonlyMap<string, readonly string[]>;
  let complaints: readonly string[];

  before(async () => {
    const dump = await dumpConf(await render(groups), { ground: GROUND, vrrpOnly: true });
    sections = new Map(
      [...sectionsOf(dump.vrrp, 'VRRP Sync Group')].map(([name, lines]) => [name.replace(/, \w+$/, ''), lines]),
    );
    complaints = complaintsIn(dump);
  });

  test('is taken without a word', async () => {
    assert.deepEqual([await testConf(await render(testable), GROUND), complaints], [[], []]);
  });

  for (const [index, { key, spec, shows }] of GROUP_ROWS.entries())
    test(`shows ${key} in the dump: ${JSON.stringify(spec)}`, () => {
      const lines = sections.get(`row-${index}`) ?? [];
      const wanted = shows.map((line) => withMembers(line, `row-${index}`));
      assert.deepEqual(
        wanted.filter((line) => !lines.includes(line)),
        [],
        lines.join('\n'),
      );
      const without = sections.get('plain') ?? [];
      assert.ok(without.length > 0 && !wanted.every((line) => without.includes(line)), 'it would show it anyhow');
    });
});

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { NEWER_BFD_ROWS, TRACKER_KINDS, trackerSpec } from '../../keepalived/tracker-rows.ts';
import { complaintsIn, dumpConf, testConf } from './oracle.ts';
import { sectionsOf } from './sections.ts';

for (const { kind, heading, least, rows } of TRACKER_KINDS)
  describe(`track.${kind}`, () => {
    // keepalived 2.2.7 ends its own test at a script of another user: see traps.test.ts.
    const trackers = rows.map(({ spec }, index) => [`row-${index}`, { ...least(index), ...spec }] as const);
    const testable = trackers.filter((_, index) => rows[index]?.key !== 'user');
    const plain = ['plain', least(99)] as const;
    let sections: ReadonlyMap<string, readonly string[]>;
    let complaints: readonly string[];

    before(async () => {
      const conf = await renderedConf(specText(trackerSpec(kind, Object.fromEntries([...trackers, plain]))));
      const dump = await dumpConf(conf, { vrrpOnly: true });
      sections = sectionsOf(kind === 'bfd' ? dump.bfd : dump.vrrp, heading);
      complaints = complaintsIn(dump);
    });

    test('is taken without a word', async () => {
      const conf = await renderedConf(specText(trackerSpec(kind, Object.fromEntries([...testable, plain]))));
      assert.deepEqual([await testConf(conf), complaints], [[], []]);
    });

    for (const [index, { key, spec, shows }] of rows.entries()) {
      if (shows.length === 0) continue;
      test(`${key} shows in the dump: ${JSON.stringify(spec)}`, () => {
        const lines = sections.get(`row-${index}`) ?? [];
        assert.deepEqual(
          shows.filter((line) => !lines.includes(line)),
          [],
          lines.join('\n'),
        );
        const without = sections.get('plain') ?? [];
        assert.ok(without.length > 0 && !shows.every((line) => without.includes(line)), 'it would show it anyhow');
      });
    }
  });

test('the weight of a BFD instance shows with the VRRP process', async () => {
  const trackers = {
    a: { neighbor: '192.0.2.97', weight: 5 },
    b: { neighbor: '192.0.2.98', weight: 6, reverse: true },
  };
  const { vrrp } = await dumpConf(await renderedConf(specText(trackerSpec('bfd', trackers))), { vrrpOnly: true });
  const weights = [...sectionsOf(vrrp, 'VRRP Track BFD')].map(([name, lines]) => [name, lines[0]]);
  assert.deepEqual(weights, [
    ['a', 'Weight = 5'],
    ['b', 'Weight = 6 reverse'],
  ]);
});

for (const { key, spec, writes } of NEWER_BFD_ROWS)
  test(`keepalived 2.2.7 does not know ${key} of a BFD instance yet`, async () => {
    const trackers = { a: { neighbor: '192.0.2.97', ...spec } };
    const [message = ''] = await testConf(await renderedConf(specText(trackerSpec('bfd', trackers))));
    assert.match(message, new RegExp(`Unknown keyword '${writes[0]?.split(' ')[0]}'`));
  });

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { desiredOf, renderedConf } from '../../keepalived/rendered.ts';
import { complaintsIn, dumpConf, testConf } from './oracle.ts';
import { sectionsOf } from './sections.ts';

const STARTERS = globSync('templates/specs/*.lvs.yaml')
  .sort()
  .map((file) => [basename(file, '.lvs.yaml'), readFileSync(file, 'utf8')] as const)
  .filter(([, text]) => /^vrrp:/m.test(text));

test('there are starters with VRRP', () => {
  assert.deepEqual(
    STARTERS.map(([name]) => name),
    ['active-active', 'dr'],
  );
});

for (const [name, text] of STARTERS)
  for (const director of ['lb1', 'lb2'])
    test(`keepalived on ${director} takes the starter ${name} without a word`, async () => {
      const conf = await renderedConf(text, director);
      assert.deepEqual(await testConf(conf), []);
      const dump = await dumpConf(conf, { vrrpOnly: true });
      // Without a user it looks for one on dumping, though there are no scripts.
      assert.deepEqual(
        complaintsIn(dump).filter((line) => !/keepalived_script/.test(line)),
        [],
      );
      assert.deepEqual(
        [...sectionsOf(dump.vrrp, 'VRRP Instance').keys()],
        desiredOf(text).keepalived.instances.map((instance) => instance.name),
      );
    });

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testCommand } from '../../src/commands/test.ts';
import { runVerb } from '../commands/run-verb.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';

test('the example of docs/testing.md comes out as it says', async (t) => {
  const page = readFileSync('docs/testing.md', 'utf8');
  const [cases = '', spec = ''] = [...page.matchAll(/```yaml\n([^`]*)```/g)].map(([, block]) => block);
  const shown = /\$ lvsctl test\n([^`]*)```/.exec(page)?.[1];
  const cwd = temporaryDirectory(t);
  writeFileSync(join(cwd, 'edge.lvs-test.yaml'), cases);
  writeFileSync(join(cwd, 'edge.lvs.yaml'), spec);
  const run = await runVerb(testCommand, ['test'], { cwd });
  assert.equal(run.stdout + run.stderr, shown);
  assert.equal(run.exitCode, 0);
});

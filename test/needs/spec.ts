import assert from 'node:assert/strict';
import type { Desired } from '../../src/model/desired.ts';
import { loadSpec } from '../../src/spec/load.ts';

/** What a spec means, of which only the lines that matter to a test are given. */
export function desiredOf(lines: string): Desired {
  const { problems, desired } = loadSpec([
    { name: 'test.lvs.yaml', text: `version: 1\ndefaults: { check: none }\n${lines}` },
  ]);
  assert.deepEqual(problems, [], lines);
  return desired;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reloadImpacts } from '../../src/commands/lint-base.ts';
import { ALL_RULES } from '../../src/lint/all-rules.ts';
import {
  type ChangeExample,
  type Example,
  exampleChange,
  exampleFiles,
  exampleSpecs,
  type SpecsExample,
} from '../../src/lint/example.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { judge } from '../../src/lint/judge.ts';
import { lintTogether } from '../../src/lint/lint-together.ts';
import { reloadFindings } from '../../src/lint/reload-impact.ts';
import { type LoadedSpec, loadSpec } from '../../src/spec/load.ts';

for (const { id, name, examples } of ALL_RULES) {
  test(`${id} ${name}: its bad example has this mistake and no other that matters, its good example has none`, async () => {
    const bad = await findingsOf(examples.bad);
    assert.ok(
      bad.some(({ rule }) => rule === id),
      `no finding of ${id} in ${JSON.stringify(bad)}`,
    );
    assert.deepEqual(
      bad.filter(({ rule, severity }) => rule !== id && severity !== 'info'),
      [],
    );
    assert.deepEqual(await findingsOf(examples.good), []);
  });
}

async function findingsOf(example: Example): Promise<readonly Finding[]> {
  if (typeof example === 'string') return alone(loadSpec(exampleFiles(example)));
  if ('specs' in example) return amongSpecs(example);
  if ('before' in example) return await ofChange(example);
  return alone(loadSpec(exampleFiles(example)));
}

/** What each spec has by itself, and what is between them. */
function amongSpecs(example: SpecsExample): readonly Finding[] {
  const specs = exampleSpecs(example).map((file) => loadSpec([file]));
  return [...specs.flatMap(alone), ...lintTogether(specs)];
}

/** As `lint --base` judges a change: by the keepalived.conf of each director before and after it. */
async function ofChange(example: ChangeExample): Promise<readonly Finding[]> {
  const { before, after } = exampleChange(example);
  const [base, loaded] = [loadSpec([before]), loadSpec([after])];
  const directors = await reloadImpacts(base.desired, loaded.desired);
  return [...alone(base), ...alone(loaded), ...reloadFindings(loaded, { base, directors })];
}

function alone(loaded: LoadedSpec): readonly Finding[] {
  return judge(loaded, { levels: new Map(), comments: true, acts: false }).findings;
}

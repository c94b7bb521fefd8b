import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALL_RULES } from '../../src/lint/all-rules.ts';
import { lint } from '../../src/lint/lint.ts';
import { TOGETHER_RULES } from '../../src/lint/lint-together.ts';
import { READING_RULES } from '../../src/lint/reading-rules.ts';
import { reloadImpactRule } from '../../src/lint/reload-impact.ts';
import { RULES } from '../../src/lint/rules.ts';
import { loadSpec } from '../../src/spec/load.ts';

// A fixture holds good and bad examples side by side; `# expect: LVS102` stands on the line the finding belongs to.
const FIXTURES = new URL('./fixtures/', import.meta.url);

for (const name of readdirSync(FIXTURES).sort()) {
  const rule = RULES.find((candidate) => `${candidate.name}.lvs.yaml` === name);
  const text = readFileSync(new URL(name, FIXTURES), 'utf8');

  test(`${name}: the marked lines have findings, and no other line has`, () => {
    const found = lint(loadSpec([{ name, text }])).map((finding) => `${finding.range.start.line}: ${finding.rule}`);
    assert.deepEqual(found, expectations(text));
    assert.ok(rule !== undefined && text.includes(`# expect: ${rule.id}`), 'a fixture shows the rule it is named for');
  });
}

function expectations(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const marked = /# expect: (LVS\d+)$/.exec(line);
    return marked === null ? [] : [`${index + 1}: ${marked[1]}`];
  });
}

test('every rule has a fixture', () => {
  const fixtures = new Set(readdirSync(FIXTURES));
  assert.deepEqual(
    RULES.filter(({ name }) => !fixtures.has(`${name}.lvs.yaml`)).map(({ name }) => name),
    [],
  );
});

test('numbers and names of rules are unique, and the list is in order', () => {
  const all = [...READING_RULES, ...RULES, ...TOGETHER_RULES, reloadImpactRule];
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  assert.deepEqual(
    all.map(({ id }) => id),
    all.map(({ id }) => id).toSorted(),
  );
});

for (const [folder, rules] of Object.entries({ rules: RULES, 'reading-rules': READING_RULES }))
  test(`every file under ${folder}/ holds a rule of its name that is in the list`, () => {
    const files = readdirSync(new URL(`../../src/lint/${folder}/`, import.meta.url));
    assert.deepEqual(files.toSorted(), rules.map(({ name }) => `${name}.ts`).toSorted());
  });

test('the harm of every rule is told in one to five sentences, each of them short enough to read', () => {
  const bad = ALL_RULES.filter(({ harm }) => {
    const sentences = harm.split(/(?<=[.)])\s+(?=[A-Z]|keepalived|ipvsadm|lvsctl|sh )/);
    return sentences.length > 5 || !harm.endsWith('.') || sentences.some((sentence) => sentence.length > 280);
  });
  assert.deepEqual(
    bad.map(({ id, harm }) => `${id}: ${harm}`),
    [],
  );
});

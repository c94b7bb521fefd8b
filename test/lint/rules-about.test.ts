import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesAbout, rulesByPlace, selectRules } from '../../src/lint/rules-about.ts';
import { RULES } from '../../src/lint/rules.ts';
import { type Field, allFields, specFields } from '../../src/spec/fields.ts';
import { writtenField } from '../../src/spec/find-field.ts';

const ROOT = specFields();
const BY_PLACE = rulesByPlace(ROOT);

const ABOUT: readonly (readonly [field: string, rule: string])[] = [
  ['services.*.persistence', 'persistence-netmask'],
  ['services.*.persistence.netmask', 'persistence-netmask'],
  ['services.*.servers.*.weight', 'large-weight'],
  ['pools.*.*.weight', 'large-weight'],
  ['vrrp.*.vips', 'duplicate-vip'],
  ['track.scripts.*.timeout', 'script-timeout'],
  ['connection_sync.instance', 'preemption-before-sync'],
];

for (const [name, rule] of ABOUT)
  test(`${rule} is about ${name}`, () => {
    const field = fieldOf(name);
    assert.ok(rulesAbout(field, ROOT).some((candidate) => candidate.name === rule));
  });

test('asked for one field or for all of them, the answer is the same', () => {
  for (const field of ['services.*', 'vrrp.*.unicast', 'defaults.check', 'cluster'].map(fieldOf))
    assert.deepEqual(
      rulesAbout(field, ROOT).map(({ id }) => id),
      selectRules(field, BY_PLACE).map(({ id }) => id),
    );
});

test('every rule is about some field', () => {
  const found = new Set(allFields(ROOT).flatMap((field) => selectRules(field, BY_PLACE)));
  assert.deepEqual(
    RULES.filter((rule) => !found.has(rule)).map(({ name }) => name),
    [],
  );
});

function fieldOf(name: string): Field {
  const field = writtenField(ROOT, name);
  assert.ok(field, `there is no ${name}`);
  return field;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL_RULES } from '../../src/lint/all-rules.ts';
import { groupRules } from '../../src/lint/rule-group.ts';

test('every rule is in one group, and the groups keep the order of the numbers', () => {
  assert.deepEqual(
    groupRules(ALL_RULES).flatMap(({ rules }) => rules.map(({ id }) => id)),
    ALL_RULES.map(({ id }) => id),
  );
});

test('a number says what a rule is about', () => {
  const titleOf = (name: string) => groupRules(ALL_RULES).find(({ rules }) => rules.some((rule) => rule.name === name));
  assert.equal(titleOf('unknown-key')?.group.title, 'Reading');
  assert.equal(titleOf('duplicate-service')?.group.title, 'Services');
  assert.equal(titleOf('no-check')?.group.title, 'Checks and owners');
  assert.equal(titleOf('sync-group')?.group.title, 'Directors, VRRP and keepalived');
  assert.equal(titleOf('large-weight')?.group.title, 'Advice on services');
  assert.equal(titleOf('shared-vip')?.group.title, 'The cluster as a whole');
  assert.equal(titleOf('many-vips')?.group.title, 'Advice on VRRP and keepalived');
});

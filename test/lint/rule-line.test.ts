import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleFault } from '../../src/lint/rule-line.ts';
import { BAD_RULES, FATAL_RULE, GOOD_RULES } from './ip-lines.ts';

for (const line of GOOD_RULES)
  test(`a routing rule may say: ${line}`, () => {
    assert.equal(ruleFault(line), undefined);
  });

for (const line of [...BAD_RULES, FATAL_RULE])
  test(`a routing rule may not say: ${line}`, () => {
    assert.notEqual(ruleFault(line), undefined);
  });

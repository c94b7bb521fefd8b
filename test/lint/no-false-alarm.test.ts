import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingsOf } from '../spec/load-text.ts';
import { CLEAN_SPECS } from './clean-specs.ts';

test('there are twelve clean specs', () => {
  assert.equal(Object.keys(CLEAN_SPECS).length, 12);
});

for (const [name, text] of Object.entries(CLEAN_SPECS))
  test(`the clean spec ${name} has neither errors nor warnings`, () => {
    assert.deepEqual(findingsOf(text), []);
  });

const DOCS = new URL('../../docs/', import.meta.url);

/** Examples of the documentation that are specs, and no parts of one. */
const EXAMPLES = readdirSync(DOCS)
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) => {
    const text = readFileSync(new URL(name, DOCS), 'utf8');
    return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].flatMap(([, yaml = '']) =>
      /^version: 1$/m.test(yaml) && /^services:$/m.test(yaml) ? [{ name, yaml }] : [],
    );
  });

test('the documentation has an example that is a whole spec', () => {
  assert.ok(EXAMPLES.length >= 1);
});

for (const [index, { name, yaml }] of EXAMPLES.entries())
  test(`example ${index + 1} of docs, in ${name}, has neither errors nor warnings`, () => {
    assert.deepEqual(findingsOf(yaml), []);
  });

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findingsOf } from '../spec/load-text.ts';

const STARTERS = new URL('../../templates/specs/', import.meta.url);

for (const name of readdirSync(STARTERS))
  test(`the starter ${name} has neither errors nor warnings`, () => {
    assert.deepEqual(findingsOf(readFileSync(new URL(name, STARTERS), 'utf8')), []);
  });

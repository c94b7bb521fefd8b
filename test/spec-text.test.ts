import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lint } from '../src/lint/lint.ts';
import { bareTable } from './bare-table.ts';
import { loadSpec } from '../src/spec/load.ts';
import { tableArbitrary } from './plan/table-arbitrary.ts';
import { specText } from './spec-text.ts';

test('a spec written from a random table is valid, and means that table', () => {
  fc.assert(
    fc.property(fc.option(tableArbitrary()), (table) => {
      const text = specText(table ?? []);
      const loaded = loadSpec([{ name: 'spec.lvs.yaml', text }]);
      const errors = lint(loaded).filter(({ severity, name }) => severity === 'error' && name !== 'empty-spec');
      assert.deepEqual(errors, [], text);
      assert.deepEqual(bareTable(loaded.desired.services), table ?? []);
    }),
    { numRuns: 300 },
  );
});

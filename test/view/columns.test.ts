import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, widest } from '../../src/view/columns.ts';

test('columns are two blanks apart, numbers to the right, and lines end where their text does', () => {
  const rows = [
    ['NAME', 'ACTIVE', 'STATE'],
    ['web', '1,843', 'ok'],
    ['a-longer-one', '7', ''],
  ];
  assert.equal(
    columns(rows, { right: [1] }),
    'NAME          ACTIVE  STATE\nweb            1,843  ok\na-longer-one       7\n',
  );
});

test('a table of 200,000 rows has a width', () => {
  assert.equal(widest(Array.from({ length: 200_000 }, (_, index) => String(index))), 6);
});

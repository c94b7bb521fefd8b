import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrap } from '../../src/view/wrap.ts';

test('text is broken between words, so that no line passes 100 columns', () => {
  const text = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
  const lines = wrap(text, '  ').trimEnd().split('\n');
  assert.ok(lines.length > 3 && lines.every((line) => line.length <= 100 && /^ {2}\S/.test(line)), lines.join('\n'));
  assert.equal(lines.map((line) => line.trim()).join(' '), text);
});

test('a word longer than a line has a line of its own', () => {
  const long = 'x'.repeat(120);
  assert.equal(wrap(`before ${long} after`), `before\n${long}\nafter\n`);
});

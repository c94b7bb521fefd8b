import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleText } from '../../src/view/example-text.ts';

test('a line that nobody reads to its end is cut', () => {
  assert.equal(exampleText(`# ${'x'.repeat(5000)}\nversion: 1\n`), `# ${'x'.repeat(108)} ...\nversion: 1\n`);
});

test('several files stand one after the other, each under its name', () => {
  const files = { 'a.lvs.yaml': 'version: 1\n', 'b.lvs.yaml': 'services: {}\n' };
  assert.equal(exampleText(files), '# a.lvs.yaml\nversion: 1\n\n# b.lvs.yaml\nservices: {}\n');
});

test('one file is shown as it is', () => {
  assert.equal(exampleText({ 'a.lvs.yaml': '- web\n' }), '- web\n');
});

test('what would move the cursor is shown by its number', () => {
  assert.equal(exampleText('a: \u001b[2J\n'), 'a: \\u001b[2J\n');
});

test('several specs stand one after the other, each under its name', () => {
  const specs = { 'a.lvs.yaml': 'cluster: a\n', 'b.lvs.yaml': 'cluster: b\n' };
  assert.equal(exampleText({ specs }), '# a.lvs.yaml\ncluster: a\n\n# b.lvs.yaml\ncluster: b\n');
});

test('a change is shown by what was before it and what is after it', () => {
  assert.equal(exampleText({ before: 'a: 1\n', after: 'a: 2\n' }), '# before\na: 1\n\n# after\na: 2\n');
});
